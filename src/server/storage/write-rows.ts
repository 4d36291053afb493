import { setImmediate as turn } from 'node:timers/promises'
import type { Change, Id } from '#core/project/rows.ts'
import type { Sql } from './database.ts'
import { foldChanges, type NetChange } from './fold-changes.ts'
import { rowStorages, type RowStorage } from './row-kinds.ts'

/** A change of a row that the database does not have. */
export class RowMissing extends Error {}

/** Rows per statement: bounds the size of one parameter. */
const CHUNK = 2_000

/** Carries changes out on the row tables: new and changed rows parents first, then deletions children first. Throws when a row is not there. */
export async function writeRows(sql: Sql, projectId: Id, changes: Iterable<Change>): Promise<void> {
  const folded = foldChanges(changes)
  const touched = rowStorages.flatMap((storage) => {
    const rows = folded.get(storage.kind)
    return rows ? [{ ...statements(storage), storage, rows: [...rows] }] : []
  })
  for (const { storage, rows, put, patch } of touched) {
    await inChunks(rows, isPut, (chunk) => sql(put, [projectId, JSON.stringify(chunk.map(([id, row]) => record(storage, id, row)))]))
    await inChunks(rows, isPatch, async (chunk) => {
      const found = await sql(patch, [projectId, JSON.stringify(chunk.map(([id, fields]) => ({ id, ...split(storage, fields) })))])
      if (found.length !== chunk.length) throw new RowMissing(`${chunk.length - found.length} rows of ${storage.table} to change are not there`)
    })
  }
  for (const { rows, remove } of touched.reverse()) {
    await inChunks(rows, isDelete, (chunk) => sql(remove, [projectId, chunk.map(([id]) => id)]))
  }
}

type Entry<T> = readonly [Id, T]
const isPut = (change: NetChange) => (change.kind === 'put' ? change.row : null)
const isPatch = (change: NetChange) => (change.kind === 'patch' ? change.fields : null)
const isDelete = (change: NetChange) => (change.kind === 'delete' ? true : null)

async function inChunks<T>(rows: readonly Entry<NetChange>[], pick: (change: NetChange) => T | null, write: (chunk: readonly Entry<T>[]) => Promise<unknown>) {
  const picked = rows.flatMap(([id, change]) => {
    const value = pick(change)
    return value === null ? [] : [[id, value] as const]
  })
  for (let start = 0; start < picked.length; start += CHUNK) {
    // The embedded database works in this process: between two chunks of an import, sockets and pages have their turn.
    if (start > 0) await turn()
    await write(picked.slice(start, start + CHUNK))
  }
}

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

const prepared = new Map<RowStorage, ReturnType<typeof makeStatements>>()
function statements(storage: RowStorage) {
  const found = prepared.get(storage) ?? makeStatements(storage)
  prepared.set(storage, found)
  return found
}

function makeStatements({ table, columns }: RowStorage) {
  const names = columns.map(({ name }) => name)
  const typed = columns.map(({ name, type }) => `${name} ${type}`)
  return {
    put:
      `INSERT INTO ${table} (project_id, id, ${[...names, 'data'].join(', ')}) ` +
      `SELECT $1::uuid, r.id, ${[...names, 'data'].map((name) => `r.${name}`).join(', ')} ` +
      `FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, ${[...typed, 'data jsonb'].join(', ')}) ` +
      `ON CONFLICT (project_id, id) DO UPDATE SET ${[...names, 'data'].map((name) => `${name} = excluded.${name}`).join(', ')}`,
    patch:
      `UPDATE ${table} AS t SET ${columns.map(({ name, type }) => `${name} = ${patched(name, type)}`).join(', ')}, data = t.data || r.data ` +
      `FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, own jsonb, data jsonb) WHERE t.project_id = $1 AND t.id = r.id RETURNING t.id`,
    remove: `DELETE FROM ${table} WHERE project_id = $1 AND id = ANY ($2::uuid[])`,
  }
}

const patched = (name: string, type: string): string => {
  const key = `'${unquote(name)}'`
  return `CASE WHEN r.own ? ${key} THEN (r.own ->> ${key})::${type} ELSE t.${name} END`
}

const unquote = (name: string): string => name.slice(1, -1)
