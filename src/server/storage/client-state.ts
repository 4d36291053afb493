import type { Id } from '#core/project/rows.ts'
import type { ClientState } from '#sync/room-types.ts'
import type { MutationResult } from '#sync/types.ts'
import type { Sql } from './database.ts'

type Recent = ClientState['recent'][number]
/** A plain success is `[mutationId, seq]`: most are, and every commit writes the last 64 of them. */
type StoredResult = readonly [mutationId: number, seq: number] | Recent

/** Inserts or replaces client states given as JSON; `source` says where they come from. Somebody else's client id is left alone. */
export const clientsInsert = (source: string): string =>
  'INSERT INTO client_state (project_id, client_id, user_id, last_mutation_id, results) ' +
  `SELECT $1::uuid, r.client, r.person, r.last, r.recent FROM ${source} ` +
  'ON CONFLICT (project_id, client_id) DO UPDATE SET last_mutation_id = excluded.last_mutation_id, results = excluded.results, ' +
  'updated_at = now() WHERE client_state.user_id = excluded.user_id'
export const clientRecords = 'AS r(client uuid, person text, last bigint, recent jsonb)'

/** Client states as the JSON that `clientsInsert` reads. */
export const clientsJson = (clients: readonly ClientState[]): string =>
  JSON.stringify(
    clients.map(({ clientId, authorId, lastMutationId, recent }) => ({
      client: clientId,
      person: authorId,
      last: lastMutationId,
      recent: recent.map(pack),
    })),
  )

/** What is remembered of a client; undefined for one that never wrote here. */
export async function readClient(sql: Sql, projectId: Id, clientId: Id): Promise<ClientState | undefined> {
  const [found] = await sql<{ user_id: string; last_mutation_id: string | number; results: readonly StoredResult[] }>(
    'SELECT user_id, last_mutation_id, results FROM client_state WHERE project_id = $1 AND client_id = $2',
    [projectId, clientId],
  )
  return found && { clientId, authorId: found.user_id, lastMutationId: Number(found.last_mutation_id), recent: found.results.map(unpack) }
}

const pack = (recent: Recent): StoredResult =>
  recent.result.kind === 'ok' && recent.result.diagnostics.length === 0 ? [recent.mutationId, recent.result.seq] : recent

const unpack = (stored: StoredResult): Recent =>
  'mutationId' in stored ? stored : { mutationId: stored[0], result: plainSuccess(stored[1]) }

const plainSuccess = (seq: number): MutationResult => ({ kind: 'ok', seq, diagnostics: [] })
