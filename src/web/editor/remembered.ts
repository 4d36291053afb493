import { useCallback, useSyncExternalStore } from 'react'

/** A flag or a number that this browser remembers under a key. The first paint has `initial`, as the server's page has. */
export function useRemembered<T extends boolean | number>(
  key: string,
  initial: T,
  isValid: (value: unknown) => value is T,
): [T, (next: T | ((before: T) => T)) => void] {
  const read = useCallback(() => {
    const found = recall(key)
    return isValid(found) ? found : initial
  }, [key, initial, isValid])
  const value = useSyncExternalStore(subscribe, read, () => initial)
  const set = useCallback((next: T | ((before: T) => T)) => remember(key, typeof next === 'function' ? next(read()) : next), [key, read])
  return [value, set]
}

export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'
export const isNumberBetween =
  (min: number, max: number) =>
  (value: unknown): value is number =>
    typeof value === 'number' && value >= min && value <= max

const known = new Map<string, unknown>()
const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function recall(key: string): unknown {
  if (!known.has(key)) known.set(key, stored(key))
  return known.get(key)
}

function stored(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(`schemaflow:${key}`) ?? 'null')
  } catch {
    return null
  }
}

function remember(key: string, value: unknown): void {
  known.set(key, value)
  for (const listener of listeners) listener()
  try {
    localStorage.setItem(`schemaflow:${key}`, JSON.stringify(value))
  } catch {
    // Private windows may refuse; then it lasts as long as the page.
  }
}
