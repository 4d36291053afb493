import type { z } from 'zod'
import type { Diagnostic } from '../diagnostic.ts'
import type { Draft, Id } from '../project/rows.ts'

export const roles = ['owner', 'editor', 'viewer'] as const
export type Role = (typeof roles)[number]

/** What a project may grow to. Figures come from `core/limits.ts`. */
export interface Limits {
  readonly tablesPerProject: number
  readonly columnsPerTable: number
}

/** What a mutation may know besides its arguments. The same on client and server, except that only the server's `limits` bind. */
export interface MutationContext {
  readonly projectId: Id
  readonly limits: Limits
}

/**
 * A named edit. Pure: the same draft and arguments give the same edit, so it runs at once on the client and again, with authority, on the server.
 * New ids are arguments, made by the caller.
 */
export interface Mutation<Name extends string = string, Args extends z.ZodType = z.ZodType> {
  readonly name: Name
  /** Who may do it. */
  readonly role: Exclude<Role, 'viewer'>
  /** A strict zod object. */
  readonly args: Args
  /** Edits the draft. A diagnostic of severity `error` refuses the mutation and takes back what it did; others are told to the person. */
  readonly apply: (draft: Draft, args: z.output<Args>, context: MutationContext) => readonly Diagnostic[]
}

/** Declares a mutation; exists for its types. */
export const mutation = <Name extends string, Args extends z.ZodType>(definition: Mutation<Name, Args>): Mutation<Name, Args> => definition
