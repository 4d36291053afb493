import { z } from 'zod'
import { fieldsOf } from '../schema/shape.ts'
import { id, isStorable, projectId } from './arguments.ts'
import { refuse } from './trouble.ts'

// Arguments that follow from the shapes of the model, so that a field which the model learns can be edited at once.

/** What `shape()` makes. */
export type AnyShape = z.ZodReadonly<z.ZodObject>

/** Characters that all texts of one edit may have together: a large function body fits, a book does not. */
const LONGEST = 1_000_000

/** Refuses texts that no database can hold, and edits beyond all measure. */
export const soundTexts = <T extends z.ZodType>(type: T): T =>
  type
    .refine(isStorable, 'contains a character that cannot be stored')
    .refine((value) => JSON.stringify(value).length <= LONGEST, `has more than ${LONGEST} characters`)

type Ids = { readonly id: string; readonly projectId?: string | undefined }

/** The arguments of a `create`: the fields of a shape (defaults filled in), an id, and more where given. `omit` leaves fields out. */
export function wholeOf<T extends AnyShape, K extends keyof z.output<T> = never, M extends z.ZodRawShape = Record<never, never>>(
  type: T,
  { omit = [], more }: { readonly omit?: readonly K[]; readonly more?: M } = {},
): z.ZodType<Omit<z.output<T>, K> & Ids & z.output<z.ZodObject<M>>> {
  const fields = Object.entries(fieldsOf(type)).filter(([key]) => !(omit as readonly PropertyKey[]).includes(key))
  const args = soundTexts(z.strictObject({ ...Object.fromEntries(fields), ...more, id, projectId }))
  // The type follows from the shape; the compiler cannot follow the list of fields.
  return args as unknown as z.ZodType<Omit<z.output<T>, K> & Ids & z.output<z.ZodObject<M>>>
}

/** The arguments of an `update`: any of the fields, none filled in, and the id. */
export function patchOf<T extends AnyShape, K extends keyof z.output<T> = never, M extends z.ZodRawShape = Record<never, never>>(
  type: T,
  { omit = [], more }: { readonly omit?: readonly K[]; readonly more?: M } = {},
): z.ZodType<Partial<Omit<z.output<T>, K> & z.output<z.ZodObject<M>>> & Ids> {
  const own = Object.entries(fieldsOf(type)).filter(([key]) => !(omit as readonly PropertyKey[]).includes(key))
  const fields = [...own, ...Object.entries(more ?? {})].map(([key, field]) => [
    key,
    ((field instanceof z.ZodDefault ? field.unwrap() : field) as z.ZodType).optional(),
  ])
  const args = soundTexts(z.strictObject({ ...Object.fromEntries(fields), id, projectId }))
  return args as unknown as z.ZodType<Partial<Omit<z.output<T>, K> & z.output<z.ZodObject<M>>> & Ids>
}

/** The patch of an update's arguments: what is given, without the ids; an empty comment is none. */
export function patchIn<T extends Ids>(args: T): Omit<T, 'id' | 'projectId'> {
  const given = Object.entries(args).filter(([key, value]) => key !== 'id' && key !== 'projectId' && value !== undefined)
  const patch = Object.fromEntries(given.map(([key, value]) => [key, key === 'comment' && value === '' ? null : value]))
  return patch as Omit<T, 'id' | 'projectId'>
}

/** A value as its shape has it, or the mutation ends with the first thing that is wrong. */
export function parsedAs<T extends z.ZodType>(type: T, value: unknown): z.output<T> {
  const parsed = soundTexts(type).safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  return refuse('bad-arguments', issue ? `${issue.path.map(String).join('.')}: ${issue.message}` : 'The value is not as it must be.')
}
