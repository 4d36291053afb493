import type { Id } from '#core/project/rows.ts'
import type { Batch, ClientState, CommitResult } from '#sync/room-types.ts'
import type { LogEntry, MutationResult } from '#sync/types.ts'
import type { Database, Sql } from './database.ts'
import { RowMissing, writeRows } from './write-rows.ts'

/** Arguments longer than this (imports) are not kept beside the changes, which say the same. Characters of JSON. */
const ARGUMENTS_KEPT = 256 * 1024

class Conflict extends Error {}

/** Where a client's mutations come from: `socket`, `http` or `server`. */
export type SourceOf = (clientId: Id) => string

/**
 * Writes a batch in one transaction: rows, change log, client states, and the project's `seq`, guarded by the `seq` and the access version that
 * the batch was made under. `conflict` = one of the two has moved on; `rejected` = the data does not fit the tables. Nothing was written then.
 */
export async function commitBatch(database: Database, batch: Batch, aclVersion: number, sourceOf: SourceOf): Promise<CommitResult> {
  const { projectId, entries, seqBefore, seqAfter } = batch
  try {
    await database.transaction(async (sql) => {
      if (entries.length > 0) {
        const moved = await sql(
          'UPDATE projects SET seq = $2, updated_at = now() WHERE id = $1 AND seq = $3 AND acl_version = $4 RETURNING seq',
          [projectId, seqAfter, seqBefore, aclVersion],
        )
        if (moved.length === 0) throw new Conflict()
        await writeRows(sql, projectId, entries.flatMap(({ changes }) => changes))
        await writeLog(sql, projectId, entries, sourceOf)
      }
      if (batch.clients.length > 0) await writeClients(sql, projectId, batch.clients)
    })
    return 'committed'
  } catch (error) {
    if (error instanceof Conflict) return 'conflict'
    if (error instanceof RowMissing || isDataError(error)) return 'rejected'
    throw error
  }
}

/** SQLSTATE classes: 22 data exception, 23 integrity violation, 54 limit exceeded. */
const isDataError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(22|23|54)...$/.test(error.code)

/** Adds lines to the change log. Each line is one parameter of its own, so that an import does not have to fit in one text with others. */
async function writeLog(sql: Sql, projectId: Id, entries: Batch['entries'], sourceOf: SourceOf): Promise<void> {
  for (const group of groupsOf(entries, sourceOf)) {
    await sql(
      'INSERT INTO change_log (project_id, seq, client_id, mutation_id, author_id, author_name, source, name, args, changes, size, at) ' +
        'SELECT $1::uuid, r.seq, r.client_id, r.mutation_id, r.author_id, r.author_name, r.source, r.name, r.args, r.changes, r.size, r.at ' +
        'FROM jsonb_to_recordset($2::jsonb) AS r(seq bigint, client_id uuid, mutation_id bigint, author_id text, author_name text, source text, name text, ' +
        'args jsonb, changes jsonb, size integer, at timestamptz)',
      [projectId, `[${group.join(',')}]`],
    )
  }
}

/** The entries as JSON texts, gathered up to about a megabyte. */
function groupsOf(entries: Batch['entries'], sourceOf: SourceOf): string[][] {
  const groups: string[][] = []
  let filled = Infinity
  for (const entry of entries) {
    const text = logLine(entry, sourceOf(entry.clientId))
    if (filled + text.length > 1_000_000) {
      groups.push([])
      filled = 0
    }
    groups.at(-1)?.push(text)
    filled += text.length
  }
  return groups
}

function logLine({ seq, clientId, mutationId, author, name, args, changes, at }: Batch['entries'][number], source: string): string {
  const changesText = JSON.stringify(changes)
  const argsText = JSON.stringify(args ?? null)
  const keptArgs = argsText.length > ARGUMENTS_KEPT ? JSON.stringify({ omitted: `${argsText.length} characters` }) : argsText
  const who = { client_id: clientId, mutation_id: mutationId, author_id: author.id, author_name: author.name, source }
  const head = { seq, ...who, name, at, size: changesText.length }
  return `${JSON.stringify(head).slice(0, -1)},"args":${keptArgs},"changes":${changesText}}`
}

async function writeClients(sql: Sql, projectId: Id, clients: readonly ClientState[]): Promise<void> {
  const records = clients.map(({ clientId, authorId, lastMutationId, recent }) => ({ clientId, authorId, lastMutationId, recent }))
  await sql(
    'INSERT INTO client_state (project_id, client_id, user_id, last_mutation_id, results) ' +
      'SELECT $1::uuid, r."clientId", r."authorId", r."lastMutationId", r.recent ' +
      'FROM jsonb_to_recordset($2::jsonb) AS r("clientId" uuid, "authorId" text, "lastMutationId" bigint, recent jsonb) ' +
      'ON CONFLICT (project_id, client_id) DO UPDATE SET last_mutation_id = excluded.last_mutation_id, results = excluded.results, ' +
      'updated_at = now() WHERE client_state.user_id = excluded.user_id',
    [projectId, JSON.stringify(records)],
  )
}

/** What is remembered of a client; undefined for one that never wrote here. */
export async function readClient(sql: Sql, projectId: Id, clientId: Id): Promise<ClientState | undefined> {
  const [found] = await sql<{ user_id: string; last_mutation_id: string; results: { mutationId: number; result: MutationResult }[] }>(
    'SELECT user_id, last_mutation_id, results FROM client_state WHERE project_id = $1 AND client_id = $2',
    [projectId, clientId],
  )
  return found && { clientId, authorId: found.user_id, lastMutationId: Number(found.last_mutation_id), recent: found.results }
}

interface LogLine {
  seq: string | number
  client_id: string
  mutation_id: string | number
  author_id: string
  author_name: string
  name: string
  changes: LogEntry['changes']
  at: Date
}

/** The change log after `seq`, in order; at most `limit` lines. */
export async function readLog(sql: Sql, projectId: Id, since: number, limit = 1_000_000): Promise<LogEntry[]> {
  const lines = await sql<LogLine>(
    'SELECT seq, client_id, mutation_id, author_id, author_name, name, changes, at FROM change_log WHERE project_id = $1 AND seq > $2 ORDER BY seq LIMIT $3',
    [projectId, since, limit],
  )
  return lines.map((line) => ({
    seq: Number(line.seq),
    clientId: line.client_id,
    mutationId: Number(line.mutation_id),
    author: { id: line.author_id, name: line.author_name },
    at: line.at.toISOString(),
    name: line.name,
    changes: line.changes,
  }))
}

/** How much there is to catch up on after `seq`: entries, and their changes' characters of JSON. */
export async function measureLog(sql: Sql, projectId: Id, since: number): Promise<{ entries: number; size: number }> {
  const [found] = await sql<{ entries: string; size: string }>(
    'SELECT count(*) AS entries, coalesce(sum(size), 0) AS size FROM change_log WHERE project_id = $1 AND seq > $2',
    [projectId, since],
  )
  return { entries: Number(found?.entries ?? 0), size: Number(found?.size ?? 0) }
}
