import { z } from 'zod'

// The words in which mutations describe their arguments. Texts that no database can hold (NUL, half a surrogate pair) are refused here.

const storable = (text: string): boolean => !/[\0\p{Surrogate}]/u.test(text)
const unstorable = 'contains a character that cannot be stored'

/** A UUID, made by the caller (version 7). Stored in lower case. */
export const id = z.uuid().toLowerCase()
/** Accepted for the sources' sake; must be the open project. */
export const projectId = z.uuid().optional()
/** A name as people type it. How long it may be is said by the mutation, in bytes. */
export const name = z.string().max(1_000).refine(storable, unstorable)
/** A text of any kind: a comment, an expression. */
export const text = z.string().max(100_000).refine(storable, unstorable)
/** JSON knows no -0: what is stored must be what is sent. */
const positiveZero = (value: number): number => value + 0
/** A place on the diagram, in CSS pixels at zoom 1. */
export const coordinate = z.number().min(-10_000_000).max(10_000_000).transform(positiveZero)
/** What may be changed of anything with a name and a place on the diagram. */
export const namedAndPlaced = {
  id,
  projectId,
  name: name.optional(),
  namespace: name.optional(),
  positionX: coordinate.optional(),
  positionY: coordinate.optional(),
  comment: text.nullable().optional(),
}
export const color = z
  .string()
  .max(40)
  .regex(/^[a-z0-9-]+$/)
  .nullable()
export const order = z.number().min(-1e12).max(1e12).transform(positiveZero)

/** Whether every text in a JSON value can be stored, its keys too. */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return storable(value)
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isStorable)
  return Object.entries(value).every(([key, item]) => storable(key) && isStorable(item))
}
