import { z } from 'zod'
import type { Diagnostic } from '../diagnostic.ts'
import { quoteQualified, unquoteNames } from '../dialects/postgres-names.ts'
import { findType, typeParts } from '../dialects/postgres-types.ts'
import { addHeirs } from '../project/edits/inheritance.ts'
import { addToPrimaryKey, addUnique, brokenReferences, freeId, lanes, nextOrder } from '../project/edits/keys.ts'
import { setNullable } from '../project/edits/nullable.ts'
import { descendantsOf } from '../project/edits/texts.ts'
import { serialType, storedExpression, storedType } from '../project/edits/types.ts'
import { freeName, namespaceOf, relationNamed, typeNamed } from '../project/names.ts'
import type { ColumnRow, Draft, ForeignKeyRow, RowKind, TableRow } from '../project/rows.ts'
import { aColumn, aGenerated, anIdentity, aSequence, DEFAULT_NAMESPACE, displayName } from '../schema/index.ts'
import { id, name, order, text } from './arguments.ts'
import type { MutationContext } from './mutation.ts'
import { refuse, requireFreeId, requireGoodName, warning } from './trouble.ts'
import { requireNoTypeCycle } from './type-users.ts'

/** What `columns.create` and `columns.update` can say of a column besides its name and type. Left out = as it is, or the usual default. */
export const columnFields = {
  isPrimaryKey: z.boolean().optional(),
  isNullable: z.boolean().optional(),
  isUnique: z.boolean().optional(),
  /** An SQL expression: texts need their quotes. null = none. */
  defaultValue: text.nullable().optional(),
  identity: z.enum(['always', 'byDefault']).nullable().optional(),
  /** An SQL expression over other columns. null = not generated. */
  generated: z
    .strictObject({ expression: text, stored: z.boolean().default(true) })
    .nullable()
    .optional(),
  collation: name.nullable().optional(),
  comment: text.nullable().optional(),
  /** Place among the columns; fractions go between. Without it: last. */
  order: order.optional(),
}

export const newColumn = z.strictObject({ id, name, dataType: name, ...columnFields })
export type NewColumn = z.output<typeof newColumn>

/** Adds a column to a table, and to the tables that inherit from it. */
export function addColumn(draft: Draft, table: TableRow, wanted: NewColumn, { limits }: MutationContext): readonly Diagnostic[] {
  const siblings = draft.childrenOf('column', table.id)
  requireOwnColumns(table)
  requireFreeId(draft, 'column', wanted.id)
  requireFreeColumnName(draft, table, wanted.name)
  if (siblings.length >= limits.columnsPerTable) {
    refuse('too-many-columns', `"${displayName(table)}" has ${siblings.length} columns; ${limits.columnsPerTable} are allowed.`)
  }
  const serial = serialType(wanted.dataType)
  const column: ColumnRow = {
    ...aColumn({ name: wanted.name, type: serial ?? requireType(draft, wanted.dataType) }),
    id: wanted.id,
    tableId: table.id,
    order: wanted.order ?? nextOrder(siblings),
  }
  draft.insert('column', column)
  requireNoTypeCycle(draft, table)
  if (serial) addSequence(draft, table, column)
  setColumnFields(draft, table, column.id, wanted)
  const brokenBefore = brokenReferences(draft, table.id)
  if (wanted.isPrimaryKey) addToPrimaryKey(draft, table, column)
  requireReferences(draft, table, brokenBefore)
  const made = draft.get('column', column.id) ?? column
  if (wanted.isUnique) addUnique(draft, table, [made])
  addHeirs(draft, descendantsOf(draft, table.id), made)
  return warnOfType(draft, column.name, column.type)
}

/** Ends the mutation for a partition: it has no columns of its own. */
export function requireOwnColumns(table: TableRow): void {
  if (table.partitionOf)
    refuse('inherited-column', `"${displayName(table)}" is a partition: it has the columns of its parent.`, 'Add the column there.')
}

type Fields = Omit<Partial<NewColumn>, 'id' | 'name' | 'dataType' | 'isPrimaryKey' | 'isUnique'>

/** Sets what the fields say, and refuses what PostgreSQL would refuse. */
export function setColumnFields(draft: Draft, table: TableRow, columnId: string, fields: Fields): void {
  const column = draft.get('column', columnId)
  if (!column) return
  const patch: { -readonly [K in keyof ColumnRow]?: ColumnRow[K] } = {}
  if (fields.isNullable !== undefined) patch.nullable = fields.isNullable
  if (fields.defaultValue !== undefined) patch.default = requireDefault(column.name, fields.defaultValue)
  if (fields.identity !== undefined) {
    patch.identity = fields.identity && { ...(column.identity ?? anIdentity({ kind: fields.identity })), kind: fields.identity }
    if (fields.identity && column.identity === null) patch.nullable = false
  }
  if (fields.generated !== undefined) {
    const expression = fields.generated && requireExpression(column.name, fields.generated.expression)
    patch.generated = fields.generated && expression !== null ? aGenerated({ expression, stored: fields.generated.stored }) : null
  }
  if (fields.collation !== undefined) patch.collation = fields.collation
  if (fields.comment !== undefined) patch.comment = fields.comment === '' ? null : fields.comment
  if (fields.order !== undefined) patch.order = fields.order
  const next = { ...column, ...patch }
  const said = [
    next.default !== null && 'a default',
    next.identity !== null && 'an identity',
    next.generated !== null && 'a formula',
  ].filter(Boolean)
  if (said.length > 1) {
    const hint = 'PostgreSQL allows one of the three: remove the other first.'
    refuse('default-conflict', `The column "${column.name}" cannot have both ${said.join(' and ')}.`, hint)
  }
  if (next.identity && next.nullable)
    refuse('identity-not-null', `The identity column "${column.name}" of "${displayName(table)}" cannot be nullable.`)
  if (next.identity && !['smallint', 'integer', 'bigint'].includes(next.type)) {
    refuse('identity-type', `An identity column must be smallint, integer or bigint, but "${column.name}" is ${next.type}.`)
  }
  draft.update('column', columnId, patch)
  if (next.nullable !== column.nullable) setNullable(draft, next, next.nullable)
}

/** Foreign keys need a key at their other end. Those that had none before are not this edit's fault. */
export function requireReferences(draft: Draft, table: TableRow, brokenBefore: readonly ForeignKeyRow[]): void {
  const broken = brokenReferences(draft, table.id).find((key) => !brokenBefore.some(({ id: known }) => known === key.id))
  if (!broken) return
  refuse(
    'key-in-use',
    `The foreign key "${broken.name}" needs these columns of "${displayName(table)}" to be unique.`,
    'Delete that relationship first.',
  )
}

/** Ends the mutation unless the name is good and free in its table. */
export function requireFreeColumnName(draft: Draft, table: TableRow, wanted: string, except?: string): void {
  requireGoodName(wanted, 'column')
  if (systemColumns.has(wanted))
    refuse('system-column-name', `"${wanted}" is a column that every PostgreSQL table has already.`, 'Choose another name.')
  if (draft.childrenOf('column', table.id).some((one) => one.name === wanted && one.id !== except)) {
    refuse('duplicate-column', `"${displayName(table)}" has a column "${wanted}" already.`, 'Choose another name.')
  }
}

const systemColumns = new Set(['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid'])

/** A type that nobody has heard of is probably misspelt; it may also come with an extension. */
export function warnOfType(draft: Draft, column: string, type: string): readonly Diagnostic[] {
  const { name: spelled } = typeParts(type)
  if (findType(spelled) || spelled.startsWith('interval ')) return []
  const names = unquoteNames(spelled)
  const last = names.at(-1) ?? spelled
  const namespace = names.at(-2) ?? DEFAULT_NAMESPACE
  const isType = (kind: RowKind) => typeKinds.includes(kind) || kind === 'table' || kind === 'view' || kind === 'baseType'
  const isOurs = draft.named(last).some((found) => isType(found.kind) && namespaceOf(draft, found) === namespace)
  if (isOurs || draft.all('opaque').some(({ defines }) => defines.some((defined) => defined.name === last))) return []
  return [
    warning(
      'unknown-type',
      `The type ${type} of "${column}" is neither built into PostgreSQL nor made in this project.`,
      'If an extension brings it, all is well.',
    ),
  ]
}

const typeKinds: readonly RowKind[] = ['enumType', 'domain', 'compositeType', 'rangeType']

/** The type as it is stored; a name of one of the project's own types is quoted where needed. Ends the mutation when it is no type. */
export function requireType(draft: Draft, dataType: string): string {
  const [, bare = dataType, dimensions = ''] = /^(.*?)((?:\[\d*\])*)$/s.exec(dataType.trim()) ?? []
  for (const { kind, id: typeId } of draft.named(bare)) {
    const row = typeKinds.includes(kind) ? draft.get(kind, typeId) : undefined
    if (row && 'namespace' in row && row.namespace !== null && 'name' in row) {
      return `${quoteQualified({ namespace: row.namespace, name: row.name })}${dimensions.replace(/\d+/g, '')}`
    }
  }
  return (
    storedType(dataType) ??
    refuse('bad-type', `"${dataType}" is not a data type.`, 'Write it as in SQL: varchar(255), numeric(10, 2), text[].')
  )
}

function requireExpression(column: string, sql: string): string {
  const stored = storedExpression(sql)
  return (
    stored ??
    refuse('bad-expression', `The expression for "${column}" is not complete: ${sql.slice(0, 80)}`, 'Close its quotes and brackets.')
  )
}

const constants = /^(?:true|false|null|current_\w+|session_user|user|localtime|localtimestamp)$/i

function requireDefault(column: string, sql: string | null): string | null {
  if (sql === null || sql.trim() === '') return null
  if (/^[A-Za-z_]\w*$/.test(sql.trim()) && !constants.test(sql.trim())) {
    refuse(
      'default-is-a-name',
      `The default of "${column}" reads as the name of a column: ${sql}`,
      `Did you mean '${sql.trim()}' in quotes?`,
    )
  }
  return requireExpression(column, sql)
}

/** What `serial` stands for: an owned sequence `table_column_seq`, a default that draws from it, and NOT NULL. */
export function addSequence(draft: Draft, table: TableRow, column: ColumnRow): void {
  const { namespace } = table
  const isTaken = (wanted: string) => [relationNamed, typeNamed].some((find) => find(draft, { namespace, name: wanted }) !== undefined)
  const sequenceName = freeName(isTaken, table.name, column.name, 'seq')
  draft.insert('sequence', {
    ...aSequence({ namespace, name: sequenceName, type: column.type }),
    ownedBy: { tableId: table.id, columnId: column.id },
    id: freeId(draft, 'sequence', column.id, lanes.sequence),
    order: nextOrder(draft.all('sequence')),
  })
  const spelled = quoteQualified({ namespace, name: sequenceName }, { always: true }).replaceAll("'", "''")
  draft.update('column', column.id, { default: `nextval('${spelled}'::regclass)`, nullable: false })
}
