import { unreachable } from '#core/unreachable.ts'
import { byteLength } from '../shared/orm/defaults.ts'
import { lineComment } from '../shared/code/literals.ts'
import type { CodeWriter } from '../shared/code/writer.ts'

/** One line of a block: a comment, a field in columns, an empty line, or a line as it is. */
export type Row =
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'field'; readonly cells: readonly string[] }
  | { readonly kind: 'gap' }
  | { readonly kind: 'line'; readonly text: string }

export const field = (...cells: readonly string[]): Row => ({ kind: 'field', cells: cells.filter((cell) => cell !== '') })
export const gap: Row = { kind: 'gap' }

/** A comment's rows, or none. */
export const comment = (text: string | null): readonly Row[] => (text === null ? [] : [{ kind: 'comment', text }])

/** Writes `model User { … }` as `prisma format` does: fields in columns, aligned from one empty line to the next. */
export function writeBlock(code: CodeWriter, head: string, rows: readonly Row[]): void {
  code.line(`${head} {`).indented(() => {
    for (const group of groups(tidied(rows))) {
      const widths = columnWidths(group)
      for (const row of group) code.line(...rowLines(row, widths))
    }
  })
  code.line('}')
}

function rowLines(row: Row, widths: readonly number[]): readonly string[] {
  switch (row.kind) {
    case 'comment':
      return lineComment('///', row.text)
    case 'gap':
      return ['']
    case 'line':
      return [row.text]
    case 'field':
      return [
        row.cells
          .map((cell, at) => (at === row.cells.length - 1 ? cell : cell + ' '.repeat(Math.max(0, (widths[at] ?? 0) - byteLength(cell)))))
          .join(' '),
      ]
    default:
      return unreachable(row)
  }
}

/** No empty line at the beginning (but before lines that follow no field), at the end, or after another. */
function tidied(rows: readonly Row[]): readonly Row[] {
  const hasFields = rows.some(({ kind }) => kind === 'field')
  return rows.filter(
    (row, at) =>
      row.kind !== 'gap' ||
      ((at > 0 || !hasFields) && at < rows.length - 1 && rows[at - 1]?.kind !== 'gap' && rows.slice(at).some(({ kind }) => kind !== 'gap')),
  )
}

function groups(rows: readonly Row[]): readonly (readonly Row[])[] {
  const result: Row[][] = [[]]
  for (const row of rows) {
    if (row.kind === 'gap') result.push([row], [])
    else result.at(-1)?.push(row)
  }
  return result
}

function columnWidths(rows: readonly Row[]): readonly number[] {
  const widths: number[] = []
  for (const row of rows) {
    if (row.kind !== 'field') continue
    row.cells.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, byteLength(cell))))
  }
  return widths
}

/** A comment over a block. */
export function writeComment(code: CodeWriter, text: string): void {
  code.line(...lineComment('///', text))
}
