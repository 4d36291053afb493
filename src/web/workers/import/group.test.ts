import { expect, test } from 'vitest'
import type { Diagnostic } from '#core/diagnostic.ts'
import { applyEdits } from '#core/apply-fixes.ts'
import { commonText, groupDiagnostics } from './group.ts'

const noticed = (message: string, at: number, more: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'inline-index',
  severity: 'warning',
  message,
  file: 'a.sql',
  span: { start: at, end: at + 3, line: at, column: 1 },
  ...more,
})

test('what repeats becomes one card that says how often and where', () => {
  const [group, ...others] = groupDiagnostics(
    [noticed('Index a became CREATE INDEX.', 4), noticed('Index b became CREATE INDEX.', 9)],
    ['a.sql'],
  )
  expect(others).toEqual([])
  expect(group).toMatchObject({ title: 'Index … became CREATE INDEX.', count: 2, fix: null })
  expect(group?.places.map(({ line, message }) => [line, message])).toEqual([
    [4, 'Index a became CREATE INDEX.'],
    [9, 'Index b became CREATE INDEX.'],
  ])
})

test('the heaviest comes first, then the most frequent', () => {
  const groups = groupDiagnostics(
    [
      noticed('a', 1, { code: 'forward-reference', severity: 'info' }),
      noticed('b', 2),
      noticed('c', 3, { code: 'psql-variable' }),
      noticed('c', 4, { code: 'psql-variable' }),
      noticed('d', 5, { code: 'syntax-error', severity: 'error' }),
    ],
    ['a.sql'],
  )
  expect(groups.map(({ code }) => code)).toEqual(['syntax-error', 'psql-variable', 'inline-index', 'forward-reference'])
})

test('messages of different lengths keep what they share', () => {
  expect(commonText(['Cannot read x at all', 'Cannot read y and z at all'])).toBe('Cannot read … at all')
  expect(commonText(['same', 'same'])).toBe('same')
  expect(commonText(['The name "a", again', 'The name "b", again'])).toBe('The name …, again')
})

test('messages that share nothing are titled by their code', () => {
  const [group] = groupDiagnostics(
    [noticed('unexpected end', 1, { code: 'syntax-error' }), noticed('no such word: x', 2, { code: 'syntax-error' })],
    ['a.sql'],
  )
  expect(group).toMatchObject({ title: 'Syntax error', hint: '“unexpected end” is the first.' })
})

test('one button mends all of a kind, in their sources, once each', () => {
  const fix = (start: number, text: string) => ({ title: 'Add it', edits: [{ start, end: start, text }] })
  const [group] = groupDiagnostics(
    [noticed('a', 5, { fix: fix(5, 'X') }), noticed('b', 1, { fix: fix(1, 'Y') }), noticed('c', 5, { fix: fix(5, 'X') })],
    ['a.sql'],
  )
  expect(group?.fix).toEqual({
    title: 'Add it (3)',
    sources: [
      {
        source: 0,
        edits: [
          { start: 1, end: 1, text: 'Y' },
          { start: 5, end: 5, text: 'X' },
        ],
      },
    ],
  })
  expect(applyEdits('0123456', group?.fix?.sources[0]?.edits ?? [])).toBe('0Y1234X56')
})

test('insertions at one place are all carried out, in order; a fix that crosses another waits', () => {
  const fix = (...edits: readonly [number, number, string][]) => ({
    title: 'Move it',
    edits: edits.map(([start, end, text]) => ({ start, end, text })),
  })
  const [group] = groupDiagnostics(
    [
      noticed('a', 1, { fix: fix([0, 2, ''], [6, 6, 'A']) }),
      noticed('b', 2, { fix: fix([2, 4, ''], [6, 6, 'B']) }),
      noticed('c', 3, { fix: fix([3, 5, ''], [6, 6, 'C']) }),
    ],
    ['a.sql'],
  )
  expect(group?.fix?.title).toBe('Move it (2)')
  expect(applyEdits('012345', group?.fix?.sources[0]?.edits ?? [])).toBe('45AB')
})
