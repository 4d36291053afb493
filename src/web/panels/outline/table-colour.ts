import type { Id } from '#core/project/rows.ts'
import { Colors, type PaletteName } from '../../canvas/scene/palette.ts'
import { useAll } from '../../state/editor.tsx'

/** The colour that the canvas gives a table: its own, else its namespace's, handed out in the order in which namespaces appear. */
export function useTableColour(id: Id): PaletteName {
  return coloursOf(useAll('table')).get(id) ?? 'blue'
}

/** Worked out once per list: every line of the outline asks. */
const known = new WeakMap<object, ReadonlyMap<Id, PaletteName>>()

function coloursOf(
  tables: readonly { readonly id: Id; readonly color: string | null; readonly namespace: string }[],
): ReadonlyMap<Id, PaletteName> {
  const before = known.get(tables)
  if (before) return before
  const colors = new Colors()
  const fresh = new Map(tables.map((table) => [table.id, colors.of(table)]))
  known.set(tables, fresh)
  return fresh
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
