import type { Id } from '#core/project/rows.ts'
import { caps } from '#sync/messages.ts'
import type { Batch } from '#sync/room-types.ts'
import type { LogEntry } from '#sync/types.ts'
import type { Sql } from './database.ts'

/** Where a client's mutations come from: `socket`, `http` or `server`. */
export type SourceOf = (clientId: Id) => string

/** Arguments longer than this (imports) are not kept beside the changes, which say the same. Characters of JSON. */
const ARGUMENTS_KEPT = 256 * 1024

const fields = 'seq, client_id, mutation_id, author_id, author_name, source, name, args, changes, size, at'

/** Adds lines to the log, given as JSON; `source` says where they come from. */
export const logInsert = (source: string): string =>
  `INSERT INTO change_log (project_id, ${fields}) SELECT $1::uuid, ${fields.replaceAll(/\w+/g, 'r.$&')} FROM ${source}`
export const logRecords =
  'AS r(seq bigint, client_id uuid, mutation_id bigint, author_id text, author_name text, source text, name text, args jsonb, changes jsonb, ' +
  'size integer, at timestamptz)'

/** The entries as the JSON lists that `logInsert` reads, about a megabyte each. */
export function logJson(entries: Batch['entries'], sourceOf: SourceOf): readonly string[] {
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
  return groups.map((group) => `[${group.join(',')}]`)
}

function logLine({ seq, clientId, mutationId, author, name, args, changes, at }: Batch['entries'][number], source: string): string {
  const changesText = JSON.stringify(changes)
  const argsText = JSON.stringify(args ?? null)
  const keptArgs = argsText.length > ARGUMENTS_KEPT ? JSON.stringify({ omitted: `${argsText.length} characters` }) : argsText
  const who = { client_id: clientId, mutation_id: mutationId, author_id: author.id, author_name: author.name, source }
  const head = { seq, ...who, name, at, size: changesText.length }
  return `${JSON.stringify(head).slice(0, -1)},"args":${keptArgs},"changes":${changesText}}`
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

/** The change log after `seq`, in order. */
export async function readLog(sql: Sql, projectId: Id, since: number): Promise<LogEntry[]> {
  const lines = await sql<LogLine>(
    'SELECT seq, client_id, mutation_id, author_id, author_name, name, changes, at FROM change_log WHERE project_id = $1 AND seq > $2 ORDER BY seq',
    [projectId, since],
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

/** Catching up by entries pays up to here; beyond, a compressed snapshot is smaller. Characters of JSON. */
const CATCH_UP_SIZE = 2_000_000

/** Whether a client that has the project up to `since` is better served with a snapshot than with the entries after it. */
export async function isTooMuchToCatchUp(sql: Sql, projectId: Id, since: number): Promise<boolean> {
  const [found] = await sql<{ entries: string | number; size: string | number }>(
    'SELECT count(*) AS entries, coalesce(sum(size), 0) AS size FROM change_log WHERE project_id = $1 AND seq > $2',
    [projectId, since],
  )
  return Number(found?.entries ?? 0) > caps.catchUpEntries || Number(found?.size ?? 0) > CATCH_UP_SIZE
}
