import { columnNameOf } from '#core/project/schema.ts'
import { displayName } from '#core/schema/names.ts'
import type { Choice, FormContext } from '../fields.ts'

// Small words that specs share.

export const choices = (...labels: readonly (readonly [value: unknown, label: string])[]): readonly Choice[] =>
  labels.map(([value, label]) => ({ value, label }))

/** `a, b` for the ids of columns. */
export const columnNames = ({ view }: FormContext, ids: unknown): string =>
  Array.isArray(ids) ? ids.map((id: unknown) => columnNameOf(view, String(id))).join(', ') : ''

/** A text of values that may be missing. */
export const joined = (...parts: readonly (string | false | null | undefined)[]): string => parts.filter(Boolean).join(' · ')

export const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

/** The first line of a text, short enough for a list. */
export const short = (text: unknown): string => (typeof text === 'string' ? text.trim().replace(/\s+/g, ' ').slice(0, 120) : '')

/** `schema.name`, without the default schema. */
export function named(value: unknown): string {
  const [namespace, name] = [field(value, 'namespace'), field(value, 'name')]
  return typeof name !== 'string' ? '' : typeof namespace === 'string' ? displayName({ namespace, name }) : name
}
