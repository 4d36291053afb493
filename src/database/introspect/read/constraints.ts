import type { Constraint, Exclusion, ForeignKey, ReferentialAction } from '#core/schema/index.ts'
import { quoteLiteral, quoteName } from '#core/dialects/postgres.ts'
import { makeObjectName } from '#formats/postgres-sql/import/naming.ts'
import { Tokens } from '#formats/shared/sql/tokens.ts'
import { keyBetween } from '../definitions/keys.ts'
import { fullName } from '../names.ts'
import { optionsOf } from '../options.ts'
import { keep, type Reading } from '../reading.ts'
import { joinIds } from '../sql.ts'
import { columnName, attachedTo, keyColumns, type IndexRow, type IndexRows } from './indexes.ts'
import { grouped, type ColumnRows } from './columns.ts'
import type { Relation } from './relations.ts'

interface ConstraintRow {
  readonly oid: number
  readonly relation: number
  readonly name: string
  readonly kind: 'p' | 'u' | 'x' | 'c' | 'f' | 'n'
  readonly deferrable: boolean
  readonly deferred: boolean
  readonly validated: boolean
  readonly enforced: boolean
  readonly isLocal: boolean
  readonly noInherit: boolean
  readonly index: number
  readonly columns: readonly number[] | null
  readonly foreignRelation: number
  readonly foreignNamespace: string | null
  readonly foreignTable: string | null
  readonly foreignColumns: readonly string[] | null
  readonly onUpdate: string
  readonly onDelete: string
  readonly match: string
  readonly deleteColumns: readonly number[] | null
  readonly period: boolean
  readonly expression: string | null
  readonly definition: string | null
}

export interface Constraints {
  readonly of: (table: Relation, columns: ColumnRows, indexes: IndexRows) => Constraint[]
  /** Names of NOT NULL constraints that PostgreSQL would not have chosen, by relation and column number. */
  readonly notNullNames: ReadonlyMap<string, string>
}

/** All constraints of the tables that are read. What partitions have only because their parent has it is left out, as in dumps. */
export async function readConstraints(reading: Reading, columns: ColumnRows): Promise<Constraints> {
  const { query, since, relations } = reading
  const rows = await query<ConstraintRow>(
    `SELECT k.oid, k.conrelid AS relation, k.conname::text AS name, k.contype::text AS kind, k.condeferrable AS deferrable, k.condeferred AS deferred,
       k.convalidated AS validated, ${since(180_000, 'k.conenforced', 'true')} AS enforced, k.conislocal AS "isLocal", k.connoinherit AS "noInherit",
       k.conindid AS index, k.conkey AS columns, k.confrelid AS "foreignRelation", fn.nspname::text AS "foreignNamespace", f.relname::text AS "foreignTable",
       CASE WHEN k.contype = 'f' THEN (SELECT array_agg(a.attname::text ORDER BY u.n) FROM unnest(k.confkey) WITH ORDINALITY AS u(number, n)
         JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number) END AS "foreignColumns",
       k.confupdtype::text AS "onUpdate", k.confdeltype::text AS "onDelete", k.confmatchtype::text AS match,
       ${since(150_000, 'k.confdelsetcols', 'NULL::int2[]')} AS "deleteColumns", ${since(180_000, 'k.conperiod', 'false')} AS period,
       CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid) END AS expression,
       CASE WHEN k.contype = 'x' THEN pg_get_constraintdef(k.oid) END AS definition
     FROM pg_constraint k ${joinIds('k.conrelid')} LEFT JOIN pg_class f ON f.oid = k.confrelid AND k.contype = 'f' LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
     WHERE k.contype IN ('p', 'u', 'x', 'c', 'f', 'n') AND (k.contype <> 'f' OR k.conparentid = 0)
     ORDER BY k.conrelid, array_position('{c,p,u,x,f,n}'::text[], k.contype::text), k.oid`,
    [[...relations.values()].filter(({ kind }) => kind === 'r' || kind === 'p' || kind === 'f').map(({ oid }) => oid)],
  )
  const byTable = grouped(rows, ({ relation }) => relation)
  return {
    notNullNames: notNullNames(reading, rows, columns),
    of: (table, columnRows, indexes) =>
      (byTable.get(table.oid) ?? []).flatMap((row): Constraint[] => {
        const index = indexes.get(table.oid)?.find(({ oid }) => oid === row.index)
        const constraint = constraintOf(reading, table, row, { columns: columnRows, index })
        return constraint ? [constraint] : []
      }),
  }
}

function notNullNames(reading: Reading, rows: readonly ConstraintRow[], columns: ColumnRows): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const { oid, kind, relation, name, columns: numbers, noInherit, validated } of rows) {
    if (kind !== 'n') continue
    const table = reading.relations.get(relation)
    const number = numbers?.[0] ?? 0
    const column = columnName(columns.get(relation) ?? [], number)
    if (table && name !== makeObjectName(table.name, column, 'not_null')) names.set(`${relation} ${number}`, name)
    if (!table) continue
    const comment = reading.comments('pg_constraint', oid)
    if (comment !== null)
      keep(reading, `COMMENT ON CONSTRAINT ${quoteName(name)} ON ${fullName(table)} IS ${quoteLiteral(comment)}`, 'COMMENT')
    if (noInherit || !validated)
      reading.diagnostics.push({
        code: 'detail-not-read',
        severity: 'warning',
        message: `NOT NULL of ${table.name}.${column} is ${noInherit ? 'NO INHERIT' : 'NOT VALID'}, which the model cannot say.`,
      })
  }
  return names
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = { a: 'noAction', r: 'restrict', c: 'cascade', n: 'setNull', d: 'setDefault' }

function constraintOf(
  reading: Reading,
  table: Relation,
  row: ConstraintRow,
  { columns, index }: { readonly columns: ColumnRows; readonly index: IndexRow | undefined },
): Constraint | undefined {
  const own = columns.get(table.oid) ?? []
  const names = (numbers: readonly number[] | null): string[] => (numbers ?? []).map((number) => columnName(own, number))
  const common = {
    name: row.name,
    deferrable: row.deferrable,
    initiallyDeferred: row.deferred,
    comment: reading.comments('pg_constraint', row.oid),
  }
  switch (row.kind) {
    case 'p':
      return { kind: 'primaryKey', ...common, ...keyParts(row, names), ...indexed(reading, table, columns, index) }
    case 'u':
      return {
        kind: 'unique',
        ...common,
        ...keyParts(row, names),
        nullsNotDistinct: index?.nullsNotDistinct === true,
        ...indexed(reading, table, columns, index),
      }
    case 'x':
      return { kind: 'exclusion', ...common, ...exclusionParts(row, columns, index), ...indexed(reading, table, columns, index) }
    case 'c':
      return {
        kind: 'check',
        ...common,
        expression: (row.expression ?? '').trim(),
        noInherit: row.noInherit,
        inherited: !row.isLocal,
        validated: row.validated,
        enforced: row.enforced,
      }
    case 'f':
      return { kind: 'foreignKey', ...common, ...foreignKeyParts(row, names) }
    case 'n':
      return undefined
  }
}

type Names = (numbers: readonly number[] | null) => string[]

const keyParts = (row: ConstraintRow, names: Names) => ({ columns: names(row.columns), withoutOverlaps: row.period })

const foreignKeyParts = (
  row: ConstraintRow,
  names: Names,
): Omit<ForeignKey, 'kind' | 'name' | 'comment' | 'deferrable' | 'initiallyDeferred'> => ({
  columns: names(row.columns),
  references: { namespace: row.foreignNamespace ?? '', table: row.foreignTable ?? '', columns: row.foreignColumns ?? [] },
  match: row.match === 'f' ? 'full' : row.match === 'p' ? 'partial' : 'simple',
  onDelete: ACTIONS[row.onDelete] ?? 'noAction',
  onUpdate: ACTIONS[row.onUpdate] ?? 'noAction',
  onDeleteColumns: names(row.deleteColumns),
  period: row.period,
  validated: row.validated,
  enforced: row.enforced,
  only: false,
})

/** What constraints that own an index have of it. */
function indexed(reading: Reading, table: Relation, columns: ColumnRows, index: IndexRow | undefined) {
  if (!index) return { include: [], options: {}, tablespace: null, only: false, attachedTo: null }
  const comment = reading.comments('pg_class', index.oid)
  if (comment !== null)
    keep(reading, `COMMENT ON INDEX ${fullName({ namespace: table.namespace, name: index.name })} IS ${quoteLiteral(comment)}`, 'COMMENT')
  return {
    include: keyColumns(index, columns.get(table.oid) ?? []).include.map((name) => name ?? ''),
    options: optionsOf(index.options),
    tablespace: index.tablespace,
    only: index.isPartitioned,
    attachedTo: attachedTo(index),
  }
}

/** `EXCLUDE USING gist (key WITH operator, …) … WHERE (…)`, as `pg_get_constraintdef` prints it. */
function exclusionParts(
  { definition }: ConstraintRow,
  columns: ColumnRows,
  index: IndexRow | undefined,
): Pick<Exclusion, 'method' | 'elements' | 'predicate'> {
  const tokens = new Tokens(definition ?? '')
  const open = tokens.find('(', 0)
  const keys = index ? keyColumns(index, columns.get(index.relation) ?? []).keys : []
  const elements = tokens.elements(open).map(([from, to], n) => {
    let separator = from
    for (let at = tokens.find('with', from, to); at >= 0; at = tokens.find('with', at + 1, to)) separator = at
    return { element: keyBetween(tokens, [from, separator], keys[n] ?? null), operator: tokens.slice(separator + 1, to) }
  })
  const where = tokens.find('where', tokens.close(open))
  const predicate = where < 0 ? null : tokens.slice(where + 2, tokens.close(where + 1))
  return { method: index?.method ?? null, elements, predicate }
}
