import { expect, test } from 'vitest'
import { applyFixes } from './apply-fixes.ts'
import type { Diagnostic } from './diagnostic.ts'

const noticed = (...edits: readonly (readonly [start: number, end: number, text: string])[]): Diagnostic => ({
  code: 'inline-index',
  severity: 'warning',
  message: '',
  fix: { title: '', edits: edits.map(([start, end, text]) => ({ start, end, text })) },
})

test('fixes are carried out together, in whichever order they were noticed', () => {
  expect(applyFixes('a b c', [noticed([4, 5, 'C']), noticed([0, 1, 'A'], [5, 5, '!'])]).text).toBe('A b C!')
})

test('a fix that crosses an earlier one waits, whole', () => {
  const first = noticed([0, 3, 'x'])
  const { text, mended } = applyFixes('a b c', [first, noticed([2, 3, 'y'], [4, 5, 'z'])])
  expect({ text, mended }).toEqual({ text: 'x c', mended: [first] })
})

test('what two fixes share is done once', () => {
  expect(applyFixes('a', [noticed([1, 1, ';']), noticed([1, 1, ';'], [0, 1, 'b'])]).text).toBe('b;')
})
