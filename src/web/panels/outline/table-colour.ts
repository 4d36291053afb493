import type { Id, Row } from '#core/project/rows.ts'
import { Colors, type PaletteName } from '../../canvas/scene/palette.ts'
import { useAll } from '../../state/editor.tsx'

/** The colour that the canvas gives a table: its own, else its namespace's. */
export function useTableColour(id: Id): PaletteName {
  return coloursOf(useAll('table'), useAll('namespace')).get(id) ?? 'blue'
}

interface Known {
  readonly namespaces: readonly Row<'namespace'>[]
  readonly colours: ReadonlyMap<Id, PaletteName>
}
/** Worked out once per list: every line of the outline asks. */
const known = new WeakMap<readonly Row<'table'>[], Known>()

function coloursOf(tables: readonly Row<'table'>[], namespaces: readonly Row<'namespace'>[]): ReadonlyMap<Id, PaletteName> {
  const before = known.get(tables)
  if (before?.namespaces === namespaces) return before.colours
  const colors = new Colors(namespaces)
  const colours = new Map(tables.map((table) => [table.id, colors.of(table)]))
  known.set(tables, { namespaces, colours })
  return colours
}

const squares: Readonly<Record<PaletteName, string>> = {
  blue: 'bg-blue',
  green: 'bg-green',
  purple: 'bg-purple',
  yellow: 'bg-yellow',
  orange: 'bg-orange',
  pink: 'bg-pink',
  red: 'bg-red',
}
export const squareOf = (colour: PaletteName): string => squares[colour]
