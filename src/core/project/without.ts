/** A copy of an object without some of its fields. */
export function without<T extends object, K extends keyof T>(value: T, ...fields: readonly K[]): Omit<T, K> {
  const left: Partial<Record<string, unknown>> = {}
  for (const [key, field] of Object.entries(value)) if (!(fields as readonly string[]).includes(key)) left[key] = field
  return left as Omit<T, K>
}
