import type { ExportResult } from '../../format.ts'
import type { Piece } from './piece.ts'

interface Written {
  readonly text: string
  readonly places: NonNullable<ExportResult['places']>
}

/** Puts pieces into one text: a blank line between objects, search paths set where they change, `first` at the top. */
export function writePieces(pieces: readonly Piece[], first: readonly string[]): Written {
  const parts: string[] = first.map((statement) => `${statement};\n`)
  const places: { namespace: string; name: string; start: number; end: number }[] = []
  let length = parts.reduce((sum, part) => sum + part.length, 0)
  let path: string | null = null
  const add = (part: string) => {
    parts.push(part)
    length += part.length
  }
  const setPath = (wanted: string | null) => {
    if (wanted === path) return
    add(`${length > 0 ? '\n' : ''}${wanted === null ? 'RESET search_path' : `SET search_path = ${wanted === '' ? "''" : wanted}`};\n`)
    path = wanted
  }
  for (const piece of pieces) {
    setPath(piece.searchPath ?? null)
    if (length > 0) add('\n')
    for (const [n, statement] of piece.statements.entries()) {
      const start = length
      add(statement)
      add(';\n')
      if (n === 0 && piece.table) places.push({ ...piece.table, start, end: length - 1 })
    }
  }
  setPath(null)
  return { text: parts.join(''), places }
}
