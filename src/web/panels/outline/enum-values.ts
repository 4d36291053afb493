/** The values of an enum as they are being edited: each keeps its identity while it is renamed and moved. */
export interface EnumValue {
  readonly key: number
  readonly text: string
}

let lastKey = 0
export const enumValue = (text: string): EnumValue => ({ key: ++lastKey, text })

/** Moves a value to another place; places beyond the ends are the ends. */
export function moveValue(values: readonly EnumValue[], from: number, to: number): readonly EnumValue[] {
  const moved = values[from]
  if (!moved) return values
  const rest = values.toSpliced(from, 1)
  return rest.toSpliced(Math.max(0, Math.min(to, rest.length)), 0, moved)
}

/** What stands in the way of these values, or null. PostgreSQL cuts labels at 63 bytes and refuses repeated ones. */
export function troubleWith(values: readonly EnumValue[]): string | null {
  const texts = values.map(({ text }) => text).filter((text) => text !== '')
  const repeated = texts.find((text, at) => texts.indexOf(text) !== at)
  if (repeated !== undefined) return `“${repeated}” is there twice.`
  const long = texts.find((text) => new TextEncoder().encode(text).length > 63)
  return long === undefined ? null : `“${long.slice(0, 20)}…” is longer than 63 bytes.`
}

/** What is saved: empty lines are not values yet. */
export const textsOf = (values: readonly EnumValue[]): readonly string[] => values.map(({ text }) => text).filter((text) => text !== '')

/** The arguments of `enumTypes.update` that turn `before` into `after`: a value that was renamed stays the same value. Null = nothing to do. */
export function enumChange(
  before: readonly string[],
  after: readonly string[],
): { readonly renameValue: { readonly from: string; readonly to: string } } | { readonly values: readonly string[] } | null {
  const changed = after.flatMap((to, at) => (before[at] === to ? [] : [{ from: before[at] ?? '', to }]))
  const [first, ...more] = changed
  if (!first) return before.length === after.length ? null : { values: after }
  const isRename = before.length === after.length && more.length === 0 && !before.includes(first.to)
  return isRename ? { renameValue: first } : { values: after }
}
