/** Whether two JSON values say the same. Keys may stand in any order; values that a store kept untouched are found equal at once. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => isEqual(item, b[index]))
  if (Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && isEqual(fieldOf(a, key), fieldOf(b, key)))
}

/** One field of an object whose type does not matter here. */
export const fieldOf = (value: object, key: string): unknown => (value as Readonly<Record<string, unknown>>)[key]
