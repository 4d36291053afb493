import fc from 'fast-check'
import { z } from 'zod'
import { schemaShape } from '#core/schema/index.ts'

/** Any schema at all: far from sensible, but all that the model's shapes admit. */
export const anySchema = anyOf(schemaShape).map((value) => schemaShape.parse(value))

/** Any value of a zod type: so that a new field of the model is tested unasked. Texts come from a few, so that names meet. */
function anyOf(type: z.core.$ZodType): fc.Arbitrary<unknown> {
  if (type instanceof z.ZodReadonly || type instanceof z.ZodDefault) return anyOf(type.unwrap())
  if (type instanceof z.ZodNullable) return fc.option(anyOf(type.unwrap()))
  if (type instanceof z.ZodObject)
    return fc.record(Object.fromEntries(Object.entries(type.shape).map(([key, field]) => [key, anyOf(field)])))
  if (type instanceof z.ZodArray) return fc.array(anyOf(type.element), { maxLength: 2 })
  if (type instanceof z.ZodEnum) return fc.constantFrom(...type.options)
  if (type instanceof z.ZodLiteral) return fc.constantFrom(...type.values)
  if (type instanceof z.ZodDiscriminatedUnion) return fc.oneof(...type.options.map(anyOf))
  if (type instanceof z.ZodRecord)
    return fc.dictionary(fc.constantFrom('a', 'b'), anyOf(type.valueType), { maxKeys: 2, noNullPrototype: true })
  if (type instanceof z.ZodBoolean) return fc.boolean()
  if (type instanceof z.ZodNumber) return fc.nat(9)
  if (type instanceof z.ZodString) return fc.constantFrom('a', 'b', 'public', '?a', '["a","b"]', '')
  throw new Error(`no arbitrary for ${type._zod.def.type}`)
}
