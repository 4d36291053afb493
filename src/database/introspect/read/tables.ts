import type { Column, ObjectName, Policy, Rule, Table, View } from '#core/schema/index.ts'
import { Tokens } from '#formats/shared/sql/tokens.ts'
import { exactQuery } from '../definitions/exact-query.ts'
import { keyBetween } from '../definitions/keys.ts'
import { quoteLiteral, quoteName, unquoteNames } from '#core/dialects/postgres.ts'
import { fullName } from '../names.ts'
import { optionsOf } from '../options.ts'
import { keep, nameOf, type Reading } from '../reading.ts'
import { joinIds } from '../sql.ts'
import {
  columnDefault,
  COMPRESSION,
  grouped,
  STORAGE,
  type ColumnContext,
  type ColumnRow,
  type ColumnRows,
  type RareColumn,
} from './columns.ts'
import type { Constraints } from './constraints.ts'
import { ownIndexes, type IndexRow, type IndexRows } from './indexes.ts'
import { isTable, isView, type Relation } from './relation.ts'
import type { Triggers } from './triggers.ts'
import { printed } from '../definitions/printed.ts'

/** All parts of tables and views, by relation. */
export interface Parts {
  readonly columns: ColumnRows
  readonly tableColumns: ReadonlyMap<number, readonly Column[]>
  readonly indexes: IndexRows
  readonly constraints: Constraints
  readonly triggers: Triggers
  readonly rules: (relation: number) => Rule[]
  readonly policies: (relation: number) => Policy[]
  readonly parents: ReadonlyMap<number, readonly ObjectName[]>
}

/** Parents of tables in order: of a partition its table, else those of INHERITS. */
export async function readParents({ query, relations }: Reading): Promise<ReadonlyMap<number, readonly ObjectName[]>> {
  const rows = await query<{ child: number; namespace: string; name: string }>(
    `SELECT h.inhrelid AS child, n.nspname::text AS namespace, c.relname::text AS name FROM pg_inherits h ${joinIds('h.inhrelid')}
       JOIN pg_class c ON c.oid = h.inhparent JOIN pg_namespace n ON n.oid = c.relnamespace ORDER BY h.inhrelid, h.inhseqno`,
    [[...relations.values()].filter(isTable).map(({ oid }) => oid)],
  )
  return new Map([...grouped(rows, ({ child }) => child)].map(([child, parents]) => [child, parents.map(nameOf)]))
}

export function tablesOf(reading: Reading, parts: Parts): Table[] {
  return [...reading.relations.values()].filter(isTable).map((relation) => tableOf(reading, parts, relation))
}

function tableOf(reading: Reading, parts: Parts, relation: Relation): Table {
  const { oid } = relation
  const columns = parts.columns.get(oid) ?? []
  const indexes = parts.indexes.of(oid)
  const parents = parts.parents.get(oid) ?? []
  const [parent] = parents
  // Written out from its name on: an object that begins as a copy of another one grows slowly.
  return {
    namespace: relation.namespace,
    name: relation.name,
    columns: parts.tableColumns.get(oid) ?? [],
    constraints: parts.constraints.of(relation, parts.columns, parts.indexes),
    indexes: ownIndexes(reading, parts.indexes, oid, columns),
    triggers: parts.triggers(oid, columns),
    policies: parts.policies(oid),
    rules: parts.rules(oid),
    unlogged: relation.persistence === 'u',
    rowSecurity: relation.rowSecurity,
    forceRowSecurity: relation.forceRowSecurity,
    replicaIdentity: replicaIdentity(relation, indexes),
    clusteredOn: clusteredOn(indexes),
    partitionBy: relation.partitionKey === null ? null : partitionBy(printed(relation.partitionKey), columns),
    partitionOf: relation.isPartition && parent && relation.bound !== null ? { parent, bound: relation.bound } : null,
    inherits: relation.isPartition ? [] : parents,
    ofType: relation.ofType === null ? null : { namespace: relation.ofTypeNamespace ?? '', name: relation.ofType },
    options: tableOptions(relation),
    accessMethod: ownAccessMethod(relation),
    tablespace: relation.tablespace,
    foreign: relation.server === null ? null : { server: relation.server, options: optionsOf(relation.serverOptions) },
    searchPath: null,
    owner: relation.owner,
    comment: reading.comments('pg_class', oid),
  }
}

const tableOptions = ({ options, toastOptions }: Relation): Table['options'] =>
  toastOptions === null ? optionsOf(options) : { ...optionsOf(options), ...optionsOf(toastOptions, 'toast.') }

/** `heap` is what tables have when nothing is said. */
const ownAccessMethod = ({ accessMethod }: Relation): string | null => (accessMethod === 'heap' ? null : accessMethod)
const clusteredOn = (indexes: readonly IndexRow[]): string | null => indexes.find(({ isClustered }) => isClustered)?.name ?? null

function replicaIdentity({ kind, replicaIdentity: letter }: Relation, indexes: readonly IndexRow[]): Table['replicaIdentity'] {
  if (kind === 'f') return null
  if (letter === 'f') return { kind: 'full', index: null }
  if (letter === 'n') return { kind: 'nothing', index: null }
  const index = letter === 'i' ? indexes.find(({ isReplicaIdentity }) => isReplicaIdentity) : undefined
  return index ? { kind: 'index', index: index.name } : null
}

/** `RANGE (a, lower(b))`, as `pg_get_partkeydef` prints it. */
function partitionBy(text: string, columns: readonly ColumnRow[]): Table['partitionBy'] {
  const tokens = new Tokens(text)
  const names = new Set(columns.map(({ name }) => name))
  const keys = tokens.elements(tokens.find('(', 0)).map(([from, to]) => {
    const [name] = unquoteNames(tokens.slice(from, from + 1))
    const isCall = tokens.word(from) === '(' || ['(', '.'].includes(tokens.word(from + 1))
    return keyBetween(tokens, [from, to], !isCall && name !== undefined && names.has(name) ? name : null)
  })
  const word = tokens.word(0)
  return { strategy: word === 'list' ? 'list' : word === 'hash' ? 'hash' : 'range', keys }
}

export function viewsOf({ reading, sequences }: ColumnContext, parts: Parts): View[] {
  return [...reading.relations.values()].filter(isView).map((relation): View => {
    const { oid } = relation
    const columns = parts.columns.get(oid) ?? []
    const indexes = parts.indexes.of(oid)
    const { check_option: checkOption, ...options } = optionsOf(relation.options)
    for (const { name, rare } of columns) if (rare) keepColumnSettings(reading, relation, name, rare)
    return {
      ...nameOf(relation),
      materialized: relation.kind === 'm',
      recursive: false,
      definition: exactQuery(printed(relation.definition ?? '').replace(/;$/, '')),
      columnNames: [],
      columns: columns.flatMap(({ name, number, expression }) => {
        const comment = reading.comments('pg_class', oid, number)
        return expression === null && comment === null
          ? []
          : [{ name, default: expression === null ? null : columnDefault({ sequences }, expression), comment }]
      }),
      options,
      checkOption: checkOption === 'local' || checkOption === 'cascaded' ? checkOption : null,
      withData: relation.kind === 'v' || relation.populated,
      indexes: ownIndexes(reading, parts.indexes, oid, columns),
      triggers: parts.triggers(oid, columns),
      rules: parts.rules(oid),
      clusteredOn: clusteredOn(indexes),
      accessMethod: ownAccessMethod(relation),
      tablespace: relation.tablespace,
      searchPath: null,
      owner: relation.owner,
      comment: reading.comments('pg_class', oid),
    }
  })
}

/** Settings of a materialized view's column, which have no place of their own. */
function keepColumnSettings(
  reading: Reading,
  view: Relation,
  name: string,
  { statistics, options, storage, compression }: RareColumn,
): void {
  const settings = Object.entries(optionsOf(options)).map(([option, value]) => `${quoteName(option)} = ${quoteLiteral(value)}`)
  const changes = [
    ...(statistics === null ? [] : [`SET STATISTICS ${statistics}`]),
    ...(settings.length === 0 ? [] : [`SET (${settings.join(', ')})`]),
    ...(view.kind !== 'm' || storage === null ? [] : [`SET STORAGE ${STORAGE[storage] ?? 'main'}`]),
    ...(view.kind !== 'm' || compression === null ? [] : [`SET COMPRESSION ${COMPRESSION[compression] ?? compression}`]),
  ]
  for (const change of changes)
    keep(
      reading,
      `ALTER ${view.kind === 'm' ? 'MATERIALIZED VIEW' : 'VIEW'} ${fullName(view)} ALTER COLUMN ${quoteName(name)} ${change}`,
      'ALTER VIEW',
    )
}
