import { expect, test } from 'vitest'
import type { OutlineItem } from './outline-items.ts'
import { outlineStep } from './outline-step.ts'

const section = (key: string): OutlineItem => ({ kind: 'section', key, title: key, count: 1, isOpen: true, section: 'namespace' })
const table = (name: string): OutlineItem => ({ kind: 'table', key: name, id: name, namespace: 'public', name })
const items = [section('public'), table('a'), table('b'), section('billing'), table('c')]

test('arrows move, also by the page and to the ends', () => {
  expect(outlineStep('ArrowDown', items, 1, 10)).toEqual({ kind: 'move', to: 2 })
  expect(outlineStep('PageUp', items, 4, 10)).toEqual({ kind: 'move', to: -6 })
  expect(outlineStep('End', items, 0, 10)).toEqual({ kind: 'move', to: 4 })
})

test('Left goes from a table to its section, and folds a section', () => {
  expect(outlineStep('ArrowLeft', items, 4, 10)).toEqual({ kind: 'move', to: 3 })
  expect(outlineStep('ArrowLeft', items, 3, 10)).toEqual({ kind: 'fold', isOpen: false })
  expect(outlineStep('ArrowRight', items, 3, 10)).toEqual({ kind: 'fold', isOpen: true })
})

test('Enter goes there, the space bar adds to the selection, other keys are not ours', () => {
  expect(outlineStep('Enter', items, 1, 10)).toEqual({ kind: 'go' })
  expect(outlineStep(' ', items, 1, 10)).toEqual({ kind: 'add' })
  expect(outlineStep('x', items, 1, 10)).toBeNull()
})
