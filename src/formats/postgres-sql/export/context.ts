import { findType, quoteName, quoteQualified, reservedWords, typeParts } from '#core/dialects/postgres.ts'
import {
  DEFAULT_NAMESPACE,
  nameKey,
  type Column,
  type Constraint,
  type ObjectName,
  type Schema,
  type Sequence,
  type Table,
} from '#core/schema/index.ts'
import { unreachable } from '#core/unreachable.ts'
import { nextval } from '../import/columns.ts'
import { indexColumnNames, joinColumnNames, makeObjectName } from '../import/naming.ts'
import { Tokens } from '../../shared/sql/tokens.ts'
import { defaultSql } from './default-sql.ts'
import { keyOf, type PieceKey } from './piece.ts'
import { remembered } from './remembered.ts'
import { commentSql, nameSql, roleSql, typeSql } from './sql.ts'

/** `serial` or one of its sisters, and the place of the sequence in its list. */
export interface Serial {
  readonly type: string
  readonly index: number
}

/** What the writers need to know of the whole schema. Made once per export. */
export interface Context {
  readonly schema: Schema
  readonly privileges: boolean
  /** Tables with their place in the list. */
  readonly tables: ReadonlyMap<string, { readonly table: Table; readonly index: number }>
  /** Direct partitions by parent. */
  readonly partitions: ReadonlyMap<string, readonly Table[]>
  /** Sequences (by place in their list) that may be written as `serial` without changing the order of their list. */
  readonly serials: ReadonlySet<number>
  /** What `serialTypes` found out, by table. */
  readonly serialTypes: Map<Table, ReadonlyMap<Column, Serial>>
  /** Sequences by namespace and name. */
  readonly sequences: ReadonlyMap<string, { readonly sequence: Sequence; readonly index: number }>
  /** Tables whose defaults and checks must wait, because functions that they call need the table. */
  readonly waiting: ReadonlySet<string>
  /** Columns whose defaults must wait, because they draw from the `serial` of a later table. */
  readonly borrowing: ReadonlySet<Column>
  /** Tables whose checks wait for the functions they call, so that lists keep their order. */
  readonly patient: ReadonlySet<string>
  /** Names of the schema's routines, whatever their namespace. */
  readonly routineNames: ReadonlySet<string>
  /** Whether PostgreSQL or the schema has a type; others come from extensions that may not be there. */
  isKnownType(type: string): boolean
  /** Operator classes by the access method they are for: the keys of their pieces. */
  readonly opclasses: ReadonlyMap<string, readonly PieceKey[]>
  /** A type as SQL writes it under a search path. */
  type(type: string, searchPath: string | null): string
  /** The names of a table's columns. */
  columnNames(table: Table): ReadonlySet<string>
  /** That a column is of a type, as `uses` of a piece has it. */
  typeUse(type: string): readonly [type: string, kind: 'columnType']
  /** A default as CREATE TABLE takes it. */
  default(text: string): string
  /** How often a name is used for relations and constraints of a namespace. */
  nameCount(name: ObjectName): number
}

/** The same schema, with tables whose defaults or checks must wait. */
export const withWaiting = (context: Context, waiting: ReadonlySet<string>, patient: ReadonlySet<string>): Context => ({
  ...context,
  waiting,
  patient,
  serialTypes: waiting.size > 0 ? new Map() : context.serialTypes,
})

/** Whether a table's defaults and checks must wait. In most schemas no table's do. */
export const mustWait = ({ waiting }: Context, table: ObjectName): boolean => waiting.size > 0 && waiting.has(nameKey(table))

/** Looks over the schema once. */
export function makeContext(schema: Schema, privileges: boolean): Context {
  const tables = new Map(schema.tables.map((table, index) => [nameKey(table), { table, index }]))
  const sequences = new Map(schema.sequences.map((sequence, index) => [nameKey(sequence), { sequence, index }]))
  const partitions = new Map<string, Table[]>()
  for (const table of schema.tables) {
    if (!table.partitionOf) continue
    const key = nameKey(table.partitionOf.parent)
    const known = partitions.get(key)
    if (known) known.push(table)
    else partitions.set(key, [table])
  }
  const { enums, domains, compositeTypes, rangeTypes, baseTypes, views } = schema
  const typed = [...enums, ...domains, ...compositeTypes, ...rangeTypes, ...baseTypes, ...schema.tables, ...views]
  const userTypes = new Set(typed.filter(({ namespace }) => namespace === DEFAULT_NAMESPACE).map(({ name }) => quoteName(name)))
  // Asked for only where a type is not PostgreSQL's own.
  let types: ReadonlySet<string> | undefined
  const allTypes = () => (types ??= new Set(typed.flatMap((name) => [quoteQualified(name), quoteQualified(name, { always: true })])))
  const typesUnder = remembered((path: string | null) => remembered((type: string) => typeSql(type, userTypes, path)))
  const counts = countNames(schema)
  const serials = orderedOwned(schema, tables)
  return {
    schema,
    privileges,
    tables,
    partitions,
    sequences,
    serials,
    borrowing: borrowingColumns(schema, tables, serials),
    serialTypes: new Map(),
    waiting: new Set(),
    patient: new Set(),
    opclasses: classesByMethod(schema),
    routineNames: new Set(schema.routines.map(({ name }) => name)),
    isKnownType: remembered(
      (type: string) => /^interval\b/.test(type) || findType(typeParts(type).name) !== undefined || allTypes().has(typeParts(type).name),
    ),
    type: (type, searchPath) => typesUnder(searchPath)(type),
    columnNames: remembered((table: Table) => new Set(table.columns.map(({ name }) => name))),
    typeUse: remembered((type: string) => [type, 'columnType'] as const),
    default: remembered(defaultSql),
    nameCount: ({ namespace, name }) => counts.get(namespace)?.get(name) ?? 0,
  }
}

function classesByMethod({ operatorClasses }: Schema): ReadonlyMap<string, readonly PieceKey[]> {
  const classes = new Map<string, PieceKey[]>()
  for (const opclass of operatorClasses) {
    const key = keyOf('opclass', opclass, opclass.method)
    const known = classes.get(opclass.method)
    if (known) known.push(key)
    else classes.set(opclass.method, [key])
  }
  return classes
}

/**
 * The owned sequences that can be made by their table without changing the order of their list. The others are made apart, before their table,
 * so one that comes later in the list must not belong to an earlier table or column.
 */
function orderedOwned(schema: Schema, tables: Context['tables']): ReadonlySet<number> {
  const kept = new Set<number>()
  let earliest = Infinity
  for (let index = schema.sequences.length - 1; index >= 0; index -= 1) {
    const ownedBy = schema.sequences[index]?.ownedBy
    const owner = ownedBy && tables.get(nameKey({ namespace: ownedBy.namespace, name: ownedBy.table }))
    if (!owner) continue
    const place = owner.index * MAX_COLUMNS + owner.table.columns.findIndex(({ name }) => name === ownedBy.column)
    if (place < earliest) kept.add(index)
    earliest = Math.min(earliest, place)
  }
  return kept
}
/** PostgreSQL allows 1,600. */
const MAX_COLUMNS = 1600

function borrowingColumns(schema: Schema, tables: Context['tables'], serials: ReadonlySet<number>): ReadonlySet<Column> {
  const places = new Map<string, number>()
  for (const index of serials) {
    const sequence = schema.sequences[index]
    const owner = sequence?.ownedBy && tables.get(nameKey({ namespace: sequence.ownedBy.namespace, name: sequence.ownedBy.table }))
    if (sequence && owner) places.set(nextval(sequence), owner.index)
  }
  const found = new Set<Column>()
  // Defaults that go on to children are set with their table.
  const parents = new Set<string>()
  for (const { partitionOf, inherits } of schema.tables) {
    for (const parent of inherits) parents.add(nameKey(parent))
    if (partitionOf) parents.add(nameKey(partitionOf.parent))
  }
  for (const [place, table] of schema.tables.entries()) {
    if (table.partitionOf || table.inherits.length > 0 || (parents.size > 0 && parents.has(nameKey(table)))) continue
    for (const column of table.columns) if (column.default !== null && (places.get(column.default) ?? place) > place) found.add(column)
  }
  return found
}

/** By namespace and name: keys made of both would be thousands of new texts. */
function countNames(schema: Schema): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const counts = new Map<string, Map<string, number>>()
  const count = (namespace: string, name: string) => {
    let names = counts.get(namespace)
    if (!names) counts.set(namespace, (names = new Map()))
    names.set(name, (names.get(name) ?? 0) + 1)
  }
  const { tables, views, sequences, compositeTypes } = schema
  for (const { namespace, name } of [...tables, ...views, ...sequences, ...compositeTypes]) count(namespace, name)
  for (const { namespace, indexes } of [...tables, ...views]) for (const { name } of indexes) count(namespace, name)
  // Checks that come from a parent have its check's name, and come after it.
  for (const { namespace, constraints } of schema.tables) {
    for (const constraint of constraints) if (constraint.kind !== 'check' || !constraint.inherited) count(namespace, constraint.name)
  }
  for (const { defines } of schema.opaque) for (const { namespace, name } of defines) count(namespace, name)
  return counts
}

/** `ALTER … OWNER TO …`, when owners are asked for. */
export const ownerSql = (context: Context, kind: string, target: string, owner: string | null): readonly string[] =>
  context.privileges && owner !== null ? [`ALTER ${kind} ${target} OWNER TO ${roleSql(owner)}`] : []

/** What is said of an object once it is made: its owner, when owners are asked for, and its comment. */
export const toldSql = (
  context: Context,
  kind: string,
  target: string,
  { owner, comment }: { readonly owner: string | null; readonly comment: string | null },
): readonly string[] => [...ownerSql(context, kind, target, owner), ...commentSql(`${kind} ${target}`, comment)]

/** Whether PostgreSQL would surely give a constraint of a table the name it has, so that it need not be written. */
export function hasGeneratedName(context: Context, table: Table, constraint: Constraint): boolean {
  if (context.nameCount({ namespace: table.namespace, name: constraint.name }) !== 1) return false
  switch (constraint.kind) {
    case 'primaryKey':
      return constraint.name === makeObjectName(table.name, null, 'pkey')
    case 'unique':
      return (
        constraint.name ===
        makeObjectName(table.name, joinColumnNames(indexColumnNames([...constraint.columns, ...constraint.include])), 'key')
      )
    case 'foreignKey':
      return constraint.name === makeObjectName(table.name, joinColumnNames(constraint.columns), 'fkey')
    case 'check': {
      if (!constraint.name.endsWith('_check')) return false
      const read = columnsRead(context.columnNames(table), constraint.expression)
      return read !== undefined && constraint.name === makeObjectName(table.name, read.size === 1 ? ([...read][0] ?? null) : null, 'check')
    }
    case 'exclusion':
      return false
    default:
      return unreachable(constraint)
  }
}

/** The columns that an expression reads; undefined when a word could be a column or something else. */
function columnsRead(columns: ReadonlySet<string>, expression: string): ReadonlySet<string> | undefined {
  const tokens = new Tokens(expression)
  const read = new Set<string>()
  for (const [n, token] of tokens.list.entries()) {
    if (token.kind !== 'word' && token.kind !== 'name') continue
    const name = token.kind === 'word' ? token.word : expression.slice(token.start + 1, token.end - 1).replaceAll('""', '"')
    if (!columns.has(name)) continue
    const isClear = !/^(?:\.|:|as)$/.test(tokens.word(n - 1)) && !/^[(.]$/.test(tokens.word(n + 1)) && tokens.list[n + 1]?.kind !== 'string'
    if (!isClear || (token.kind === 'word' && reservedWords.has(name))) return undefined
    read.add(name)
  }
  return read
}

/** The name of a table or view in the texts of a search path. */
export const relationSql = (relation: ObjectName & { readonly searchPath: string | null }): string => nameSql(relation, relation.searchPath)
