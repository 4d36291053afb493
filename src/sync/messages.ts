import { z } from 'zod'
import type { Diagnostic } from '#core/diagnostic.ts'
import type { Role } from '#core/mutations/mutation.ts'
import type { LogEntry, MutationResult } from './types.ts'

/** Bumped when rows or messages change shape: a tab from before is told to reload. */
export const PROTOCOL_VERSION = 2

/** Caps of what one message may hold. Bytes and counts. */
export const caps = {
  /** Mutations in one `mutate` message. */
  mutationsPerMessage: 64,
  /** What a client puts into one `mutate` message at most, in characters of JSON. A single larger mutation travels alone, by HTTP. */
  charactersPerMessage: 160_000,
  /** A frame that the socket server still accepts, in bytes. */
  socketFrameBytes: 256 * 1024,
  /** A `mutate` request that the HTTP server still accepts (`schema.import`), in bytes. */
  httpBodyBytes: 32 * 1024 * 1024,
  /** Entries that a client missed and still gets one by one; above that it loads a snapshot. */
  catchUpEntries: 5_000,
} as const

const id = z.uuid()

/** Client to server, `join`: "I have this project up to `since` (null: nothing)". Answered with `JoinReply`; live entries start at once. */
export const joinShape = z.strictObject({
  projectId: id,
  clientId: id,
  since: z.number().int().nonnegative().nullable(),
  version: z.number().int(),
})
export type JoinMessage = z.output<typeof joinShape>

export type JoinReply =
  /** Caught up: `entries` are all those after `since`. */
  | {
      readonly kind: 'joined'
      readonly seq: number
      readonly role: Role
      readonly lastMutationId: number
      readonly entries: readonly LogEntry[]
    }
  /** Too far behind (or nothing there yet): load a snapshot, then join again with its `seq`. */
  | { readonly kind: 'snapshot'; readonly seq: number; readonly role: Role }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }

/** Client to server, `mutate`. Ids count from 1 per client without gaps; refused mutations use theirs up too. Answered with `MutateReply`. */
export const mutateShape = z.strictObject({
  clientId: id,
  mutations: z
    .array(z.strictObject({ mutationId: z.number().int().positive(), name: z.string().max(100), args: z.unknown() }))
    .min(1)
    .max(caps.mutationsPerMessage),
})
export interface OutgoingMutation {
  readonly mutationId: number
  readonly name: string
  readonly args: unknown
}
export interface MutateMessage {
  readonly clientId: string
  readonly mutations: readonly OutgoingMutation[]
}

/** `results`: committed or refused, durably. The others changed nothing and used up no mutation id. */
export type MutateReply =
  | {
      readonly kind: 'results'
      readonly results: readonly { readonly mutationId: number; readonly result: MutationResult }[]
      readonly lastMutationId: number
    }
  /** The first mutation does not follow `lastMutationId`: send again from there. */
  | { readonly kind: 'gap'; readonly lastMutationId: number }
  /** Too busy, or the database is away: send the same again after this time. */
  | { readonly kind: 'retry'; readonly afterMs: number; readonly diagnostics: readonly Diagnostic[] }
  /** Not understood, not allowed, or a client id that is somebody else's or too old: sending it again will not help. */
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }

/** Server to client, `entries`: committed mutations, contiguous, in order. */
export interface EntriesMessage {
  readonly entries: readonly LogEntry[]
}
/** Server to client, `resync`: forget what you have and load a snapshot. */
export interface ResyncMessage {
  readonly reason: string
}
/** Server to client, `access`: your role is now this; null = you have been removed. */
export interface AccessMessage {
  readonly role: Role | null
}

/** Names and payloads of all socket events, for `Server<ClientEvents, ServerEvents>` of Socket.IO. The last argument is the acknowledgement. */
export interface ClientEvents {
  join: (message: JoinMessage, reply: (reply: JoinReply) => void) => void
  mutate: (message: MutateMessage, reply: (reply: MutateReply) => void) => void
}
export interface ServerEvents {
  entries: (message: EntriesMessage) => void
  resync: (message: ResyncMessage) => void
  access: (message: AccessMessage) => void
}
