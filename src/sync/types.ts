import type { Diagnostic } from '#core/diagnostic.ts'
import type { Role } from '#core/mutations/mutation.ts'
import type { Change, Id, ProjectView } from '#core/project/rows.ts'

/** One committed mutation: a line of the change log, as clients receive it. `seq` is dense per project. */
export interface LogEntry {
  readonly seq: number
  readonly clientId: Id
  readonly mutationId: number
  readonly author: { readonly id: Id; readonly name: string }
  /** Server time, ISO 8601. */
  readonly at: string
  readonly name: string
  readonly changes: readonly Change[]
}

/** What became of a mutation. `ok` = committed and durable. */
export type MutationResult =
  | { readonly kind: 'ok'; readonly seq: number; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }

/** What the connection is doing, for the quiet chip in the header. */
export type SyncState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving'; readonly pending: number }
  | { readonly kind: 'offline'; readonly pending: number }
  | { readonly kind: 'closed'; readonly reason: string }

/** A client's copy of a project: confirmed rows with the pending mutations replayed on top. No sockets, no timers: the transport feeds it. */
export interface ReplicaApi {
  /** What the person sees: confirmed plus pending. The same object for life; its rows are replaced, never mutated. */
  readonly view: ProjectView
  readonly role: Role
  /** Called after the view changed, with the ids of the rows that did, by kind; `reset` when everything was replaced. */
  subscribe(listener: (touched: Touched) => void): () => void
  /** Runs at once on the view, resolves when the server has answered. Refused at once (and nothing sent) when it cannot apply locally. */
  mutate(name: string, args: unknown): Promise<MutationResult>
  readonly state: SyncState
  onState(listener: (state: SyncState) => void): () => void
}
export interface Touched {
  readonly reset: boolean
  readonly changes: readonly Change[]
}
