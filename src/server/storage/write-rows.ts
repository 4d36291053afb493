import { setImmediate as turn } from 'node:timers/promises'
import type { Change, Id } from '#core/project/rows.ts'
import type { Sql } from './database.ts'
import { foldChanges, type NetChange } from './fold-changes.ts'
import { rowStorages, type RowStorage } from './row-kinds.ts'

/** A change of a row that the database does not have. */
export class RowMissing extends Error {}

/** One statement's work on one table. `$1` is the project; the work is a parameter of its own. */
export interface RowWrite {
  readonly kind: 'put' | 'patch' | 'delete'
  readonly storage: RowStorage
  /** JSON for `put` and `patch`, ids for `delete`. */
  readonly parameter: string | readonly Id[]
  readonly count: number
}

/** Rows per statement: bounds the size of one parameter. */
const CHUNK = 2_000

/** What changes come to, in an order that never meets a missing parent: new and changed rows parents first, then deletions children first. */
export function rowWrites(changes: Iterable<Change>): readonly RowWrite[] {
  const folded = foldChanges(changes)
  const touched = rowStorages.flatMap((storage) => {
    const rows = folded.get(storage.kind)
    return rows ? [{ storage, rows: [...rows] }] : []
  })
  const writes = touched.flatMap(({ storage, rows }) => [
    ...chunks(rows, isPut).map((chunk) =>
      written(
        'put',
        storage,
        chunk.map(([id, row]) => record(storage, id, row)),
      ),
    ),
    ...chunks(rows, isPatch).map((chunk) =>
      written(
        'patch',
        storage,
        chunk.map(([id, fields]) => ({ id, ...split(storage, fields) })),
      ),
    ),
  ])
  const deletions = touched.toReversed().flatMap(({ storage, rows }) =>
    chunks(rows, isDelete).map((chunk): RowWrite => ({
      kind: 'delete',
      storage,
      parameter: chunk.map(([id]) => id),
      count: chunk.length,
    })),
  )
  return [...writes, ...deletions]
}

/** Carries the writes out one after the other. Throws when a row to change is not there. */
export async function writeRows(sql: Sql, projectId: Id, writes: readonly RowWrite[]): Promise<void> {
  for (const [index, write] of writes.entries()) {
    // The embedded database works in this process: between two chunks of an import, sockets and pages have their turn.
    if (index > 0) await turn()
    const rows = await sql(rowStatement(write, '$2'), [projectId, write.parameter])
    if (write.kind === 'patch' && rows.length !== write.count) {
      throw new RowMissing(`${write.count - rows.length} rows of ${write.storage.table} to change are not there`)
    }
  }
}

/** The statement of a write whose work is parameter `parameter`. It does nothing when `guard`, a table of one row or none, is empty. */
export function rowStatement({ kind, storage }: Pick<RowWrite, 'kind' | 'storage'>, parameter: string, guard?: string): string {
  const { table, columns } = storage
  const also = guard ? `, ${guard}` : ''
  if (kind === 'delete') {
    return `DELETE FROM ${table} ${guard ? `USING ${guard} ` : ''}WHERE project_id = $1 AND ${table}.id = ANY (${parameter}::uuid[])`
  }
  if (kind === 'patch') {
    return (
      `UPDATE ${table} AS t SET ${columns.map(({ name, type }) => `${name} = ${patched(name, type)}`).join(', ')}, data = t.data || r.data ` +
      `FROM jsonb_to_recordset(${parameter}::jsonb) AS r(id uuid, own jsonb, data jsonb)${also} WHERE t.project_id = $1 AND t.id = r.id RETURNING t.id`
    )
  }
  const names = [...columns.map(({ name }) => name), 'data']
  const typed = [...columns.map(({ name, type }) => `${name} ${type}`), 'data jsonb']
  return (
    `INSERT INTO ${table} (project_id, id, ${names.join(', ')}) SELECT $1::uuid, r.id, ${names.map((name) => `r.${name}`).join(', ')} ` +
    `FROM jsonb_to_recordset(${parameter}::jsonb) AS r(id uuid, ${typed.join(', ')})${also} ` +
    `ON CONFLICT (project_id, id) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`
  )
}

type Entry<T> = readonly [Id, T]
const isPut = (change: NetChange) => (change.kind === 'put' ? change.row : null)
const isPatch = (change: NetChange) => (change.kind === 'patch' ? change.fields : null)
const isDelete = (change: NetChange) => (change.kind === 'delete' ? true : null)

function chunks<T>(rows: readonly Entry<NetChange>[], pick: (change: NetChange) => T | null): readonly (readonly Entry<T>[])[] {
  const picked = rows.flatMap(([id, change]) => {
    const value = pick(change)
    return value === null ? [] : [[id, value] as const]
  })
  return Array.from({ length: Math.ceil(picked.length / CHUNK) }, (_, index) => picked.slice(index * CHUNK, (index + 1) * CHUNK))
}

const written = (kind: 'put' | 'patch', storage: RowStorage, records: readonly object[]): RowWrite => ({
  kind,
  storage,
  parameter: JSON.stringify(records),
  count: records.length,
})

/** A whole row as a record of the table: column values by column name, and `data`. */
function record(storage: RowStorage, id: Id, row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { own, data } = split(storage, row)
  return { ...own, id, data }
}

/** The fields that have a column, by column name, and the rest. */
function split({ columns }: RowStorage, fields: Readonly<Record<string, unknown>>) {
  const data: Record<string, unknown> = { ...fields }
  const own: Record<string, unknown> = {}
  delete data['id']
  for (const { field, name, copy } of columns) {
    if (!Object.hasOwn(fields, field)) continue
    own[unquote(name)] = copy ? copy(fields[field]) : fields[field]
    if (!copy) delete data[field]
  }
  return { own, data }
}

const patched = (name: string, type: string): string => {
  const key = `'${unquote(name)}'`
  return `CASE WHEN r.own ? ${key} THEN (r.own ->> ${key})::${type} ELSE t.${name} END`
}

const unquote = (name: string): string => name.slice(1, -1)
