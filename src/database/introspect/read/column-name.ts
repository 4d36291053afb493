import type { ColumnRow } from './columns.ts'

const SYSTEM_COLUMNS: Readonly<Record<number, string>> = {
  [-1]: 'ctid',
  [-2]: 'xmin',
  [-3]: 'cmin',
  [-4]: 'xmax',
  [-5]: 'cmax',
  [-6]: 'tableoid',
}

/** The name of a relation's column by its number. */
export function columnName(columns: readonly ColumnRow[], number: number): string {
  // Without dropped columns the n-th is number n.
  const direct = columns[number - 1]
  if (direct?.number === number) return direct.name
  return columns.find((column) => column.number === number)?.name ?? SYSTEM_COLUMNS[number] ?? ''
}
