// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import type { DiagnosticGroup } from '../../workers/import/group.ts'
import { GroupCard } from './group-card.tsx'

afterEach(cleanup)

const place = (line: number, message = 'Index … was moved') => ({ source: 0, line, column: 5, start: 0, end: 1, message })
const group: DiagnosticGroup = {
  code: 'inline-index',
  severity: 'warning',
  title: 'Index … was moved',
  hint: 'MySQL’s form.',
  count: 1,
  places: [place(244)],
  fix: null,
}
const files = [{ file: 'a.sql', size: 1, lineCount: 300, width: 80, ticks: [] }]
const show = (shown: DiagnosticGroup, more: { onSpot?: () => void; onFix?: () => void } = {}) =>
  render(<GroupCard group={shown} files={files} spot={null} onSpot={more.onSpot ?? (() => {})} onFix={more.onFix ?? (() => {})} />)

test('a card says what, why and where, and its place leads to the source', () => {
  const onSpot = vi.fn()
  show(group, { onSpot })
  expect(screen.getByRole('heading').textContent).toBe('Index … was moved')
  fireEvent.click(screen.getByRole('button', { name: 'Show 244:5 in the source' }))
  expect(onSpot).toHaveBeenCalledWith({ source: 0, line: 243 })
})

test('what repeats says how often, shows the first places and opens the others', () => {
  show({ ...group, count: 9, places: Array.from({ length: 9 }, (_, at) => place(at + 1)) })
  expect(screen.getByRole('heading').textContent).toContain('9 times')
  expect(screen.getAllByRole('button', { name: /in the source/ })).toHaveLength(6)
  fireEvent.click(screen.getByRole('button', { name: '3 more' }))
  expect(screen.getAllByRole('button', { name: /in the source/ })).toHaveLength(9)
})

test('places that say different things can be read one by one', () => {
  show({ ...group, count: 2, places: [place(1, 'Index a was moved'), place(2, 'Index b was moved')] })
  fireEvent.click(screen.getByRole('button', { name: 'one by one' }))
  expect(screen.getByText('Index b was moved')).toBeDefined()
})

test('one button mends all of them', () => {
  const onFix = vi.fn()
  const sources = [{ source: 0, edits: [{ start: 1, end: 1, text: 'x' }] }]
  show({ ...group, fix: { title: 'Add PARTITION BY', sources } }, { onFix })
  fireEvent.click(screen.getByRole('button', { name: 'Add PARTITION BY' }))
  expect(onFix).toHaveBeenCalledWith(sources)
})
