import type { Batch, CommitResult } from '#sync/room-types.ts'
import { logInsert, logJson, logRecords, type SourceOf } from './change-log.ts'
import { clientRecords, clientsInsert, clientsJson } from './client-state.ts'
import type { Database, Sql } from './database.ts'
import { RowMissing, rowStatement, rowWrites, writeRows, type RowWrite } from './write-rows.ts'

class Conflict extends Error {}

/** Batches up to so many characters of JSON are one statement, which takes half the time; larger ones (imports) go in steps. */
const AT_ONCE = 200_000

/**
 * Writes a batch in one transaction: rows, change log, client states, and the project's `seq`, guarded by the `seq` and the access version that
 * the batch was made under. `conflict` = one of the two has moved on; `rejected` = the data does not fit the tables. Nothing was written then.
 */
export async function commitBatch(database: Database, batch: Batch, aclVersion: number, sourceOf: SourceOf): Promise<CommitResult> {
  const work: Work = {
    batch,
    aclVersion,
    rows: rowWrites(batch.entries.flatMap(({ changes }) => changes)),
    log: logJson(batch.entries, sourceOf),
    clients: clientsJson(batch.clients),
  }
  try {
    await (isSmall(work) ? commitAtOnce(database.prepared, work) : database.transaction((sql) => commitInSteps(sql, work)))
    return 'committed'
  } catch (error) {
    if (error instanceof Conflict) return 'conflict'
    if (error instanceof RowMissing || isDataError(error)) return 'rejected'
    throw error
  }
}

interface Work {
  readonly batch: Batch
  readonly aclVersion: number
  readonly rows: readonly RowWrite[]
  /** JSON lists of log lines. */
  readonly log: readonly string[]
  readonly clients: string
}

/** SQLSTATE classes: 22 data exception, 23 integrity violation, 54 limit exceeded. */
const isDataError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(22|23|54)...$/.test(error.code)

const isSmall = ({ log, rows, clients }: Work): boolean =>
  log.length <= 1 && rows.every(({ count }) => count < 1_000) && (log[0]?.length ?? 0) + clients.length <= AT_ONCE

const MOVE = 'UPDATE projects SET seq = $2, updated_at = now() WHERE id = $1 AND seq = $3 AND acl_version = $4 RETURNING seq'

async function commitInSteps(sql: Sql, { batch, aclVersion, rows, log, clients }: Work): Promise<void> {
  const { projectId, seqBefore, seqAfter } = batch
  if (batch.entries.length > 0) {
    const moved = await sql(MOVE, [projectId, seqAfter, seqBefore, aclVersion])
    if (moved.length === 0) throw new Conflict()
    await writeRows(sql, projectId, rows)
    for (const lines of log) await sql(logInsert(`jsonb_to_recordset($2::jsonb) ${logRecords}`), [projectId, lines])
  }
  if (batch.clients.length > 0) await sql(clientsInsert(`jsonb_to_recordset($2::jsonb) ${clientRecords}`), [projectId, clients])
}

/**
 * The same as one statement, in which everything hangs on the project's row having moved. Foreign keys are looked at when the whole is done, so its
 * parts need no order; a row to change that is not there makes it divide by zero, which undoes all.
 */
async function commitAtOnce(sql: Sql, { batch, aclVersion, rows, log, clients }: Work): Promise<void> {
  const { projectId, seqBefore, seqAfter, entries } = batch
  if (entries.length === 0) {
    if (batch.clients.length > 0) await sql(clientsInsert(`jsonb_to_recordset($2::jsonb) ${clientRecords}`), [projectId, clients])
    return
  }
  const parameters = rows.flatMap((write) => (write.kind === 'patch' ? [write.parameter, write.count] : [write.parameter]))
  const [outcome] = await sql<{ moved: number }>(statementFor(rows), [
    projectId,
    seqAfter,
    seqBefore,
    aclVersion,
    log[0] ?? '[]',
    clients,
    ...parameters,
  ])
  if (outcome?.moved !== 1) throw new Conflict()
}

const statements = new Map<string, string>()
function statementFor(rows: readonly RowWrite[]): string {
  const key = rows.map(({ kind, storage }) => `${kind} ${storage.kind}`).join()
  const statement = statements.get(key) ?? makeStatement(rows)
  statements.set(key, statement)
  return statement
}

function makeStatement(rows: readonly RowWrite[]): string {
  const parts = [
    `moved AS (${MOVE})`,
    `log AS (${logInsert(`jsonb_to_recordset($5::jsonb) ${logRecords}, moved`)})`,
    `clients AS (${clientsInsert(`jsonb_to_recordset($6::jsonb) ${clientRecords}, moved`)})`,
  ]
  const checks: string[] = []
  let next = 7
  for (const write of rows) {
    const name = `write_${next}`
    parts.push(`${name} AS (${rowStatement(write, `$${next}`, 'moved')})`)
    next += 1
    if (write.kind !== 'patch') continue
    checks.push(`/ CASE WHEN NOT EXISTS (SELECT FROM moved) OR (SELECT count(*) FROM ${name}) = $${next}::bigint THEN 1 ELSE 0 END`)
    next += 1
  }
  return `WITH ${parts.join(', ')} SELECT ((SELECT count(*) FROM moved) ${checks.join(' ')})::int AS moved`
}
