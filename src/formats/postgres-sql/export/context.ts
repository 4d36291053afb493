import { findType, quoteName, quoteQualified, reservedWords, typeParts } from '#core/dialects/postgres.ts'
import { DEFAULT_NAMESPACE, nameKey, type Constraint, type ObjectName, type Schema, type Sequence, type Table } from '#core/schema/index.ts'
import { unreachable } from '#core/unreachable.ts'
import { indexColumnNames, joinColumnNames, makeObjectName } from '../import/naming.ts'
import { Tokens } from '../../shared/sql/tokens.ts'
import { nameSql, typeSql } from './sql.ts'

/** What the writers need to know of the whole schema. Made once per export. */
export interface Context {
  readonly schema: Schema
  readonly privileges: boolean
  /** Tables with their place in the list. */
  readonly tables: ReadonlyMap<string, { readonly table: Table; readonly index: number }>
  /** Direct partitions by parent. */
  readonly partitions: ReadonlyMap<string, readonly Table[]>
  /** Sequences by namespace and name. */
  readonly sequences: ReadonlyMap<string, { readonly sequence: Sequence; readonly index: number }>
  /** Tables whose defaults and checks must wait, because functions that they call need the table. */
  readonly waiting: ReadonlySet<string>
  /** Whether PostgreSQL or the schema has a type; others come from extensions that may not be there. */
  isKnownType(type: string): boolean
  /** A type as SQL writes it under a search path. */
  type(type: string, searchPath: string | null): string
  /** How often a name is used for relations and constraints of a namespace. */
  nameCount(name: ObjectName): number
}

/** Looks over the schema once. `waiting` holds keys of tables (see `Context.waiting`). */
export function makeContext(schema: Schema, privileges: boolean, waiting: ReadonlySet<string>): Context {
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
  const typed = [...schema.enums, ...schema.domains, ...schema.compositeTypes, ...schema.rangeTypes, ...schema.tables, ...schema.views]
  const userTypes = new Set(typed.filter(({ namespace }) => namespace === DEFAULT_NAMESPACE).map(({ name }) => quoteName(name)))
  const allTypes = new Set(typed.flatMap((name) => [quoteQualified(name), quoteQualified(name, { always: true })]))
  const counts = countNames(schema)
  return {
    schema,
    privileges,
    tables,
    partitions,
    sequences,
    waiting,
    isKnownType: (type) => findType(typeParts(type).name) !== undefined || allTypes.has(typeParts(type).name) || /^interval\b/.test(type),
    type: (type, searchPath) => typeSql(type, userTypes, searchPath),
    nameCount: (name) => counts.get(nameKey(name)) ?? 0,
  }
}

function countNames(schema: Schema): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  const count = (name: ObjectName) => counts.set(nameKey(name), (counts.get(nameKey(name)) ?? 0) + 1)
  for (const relation of [...schema.tables, ...schema.views, ...schema.sequences, ...schema.compositeTypes]) count(relation)
  for (const { namespace, indexes } of [...schema.tables, ...schema.views]) for (const { name } of indexes) count({ namespace, name })
  for (const { namespace, constraints } of schema.tables) for (const { name } of constraints) count({ namespace, name })
  for (const { defines } of schema.opaque) for (const name of defines) count(name)
  return counts
}

/** `ALTER … OWNER TO …`, when owners are asked for. */
export const ownerSql = (context: Context, kind: string, target: string, owner: string | null): readonly string[] =>
  context.privileges && owner !== null ? [`ALTER ${kind} ${target} OWNER TO ${quoteName(owner)}`] : []

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
      const read = columnsRead(table, constraint.expression)
      return read !== undefined && constraint.name === makeObjectName(table.name, read.size === 1 ? ([...read][0] ?? null) : null, 'check')
    }
    case 'exclusion':
      return false
    default:
      return unreachable(constraint)
  }
}

/** The columns that an expression reads; undefined when a word could be a column or something else. */
function columnsRead(table: Table, expression: string): ReadonlySet<string> | undefined {
  const columns = new Set(table.columns.map(({ name }) => name))
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
