import { z } from 'zod'

// The few words in which the model is written down. Every field is always present in memory; what equals its default is left out of JSON.

/** An object that refuses unknown keys, so that a misspelt field is an error and not a loss. */
export const shape = <S extends z.ZodRawShape>(fields: S) => z.strictObject(fields).readonly()
/** A list, empty by default. */
export const list = <T extends z.ZodType>(item: T) => z.array(item).readonly().default([])
/** A value that may be absent: null by default. */
export const maybe = <T extends z.ZodType>(type: T) => type.nullable().default(null)
/** A yes or no, no by default. */
export const flag = z.boolean().default(false)
/** Text as it stands in the source: an expression, a query, a body. Never re-invented. */
export const sqlText = z.string()
/** Storage or foreign data options: name to value, both as text, in source order. */
export const options = withEveryKey(z.record(z.string(), z.string())).readonly().default({})

type Shape = ReturnType<typeof shape>

/**
 * Makes the factory of a shape: fills every field that has a default. Cheap (no validation): for code that is already typed.
 * `aTable({ name: 'users' })` states only what matters.
 */
export function factory<T extends Shape>(type: T): (init: z.input<T>) => z.output<T> {
  const defaults: Record<string, unknown> = {}
  for (const [key, field] of Object.entries(fieldsOf(type))) {
    if (field instanceof z.ZodDefault) defaults[key] = field.def.defaultValue
  }
  // The one cast of the model: defaults plus required input is the output by the definition of the shape.
  return (init) => ({ ...defaults, ...(init as object) }) as z.output<T>
}

/** zod leaves out a key called `__proto__`, for safety. Here it is a name like any other, and becomes a plain property. */
function withEveryKey<T extends z.ZodRecord>(type: T): T {
  const { run } = type._zod
  type._zod.run = (payload, context) => {
    const input = payload.value
    const result = run(payload, context)
    if (result instanceof Promise || typeof input !== 'object' || input === null || !Object.hasOwn(input, '__proto__')) return result
    const value: unknown = Object.getOwnPropertyDescriptor(input, '__proto__')?.value
    if (typeof value === 'string')
      Object.defineProperty(result.value, '__proto__', { value, enumerable: true, configurable: true, writable: true })
    return result
  }
  return type
}

/** The fields of a shape by name. */
export function fieldsOf(type: Shape): z.ZodRawShape {
  return type.unwrap().shape
}
