import { quoteName } from '#core/dialects/postgres.ts'
import { passesNotNull, type Column, type ObjectName, type SequenceOptions, type Table } from '#core/schema/index.ts'
import { makeObjectName } from '../import/naming.ts'
import { relationSql, type Context } from './context.ts'
import { closed, commentSql, foreignOptionsSql, inBrackets, isEmpty, nameSql, optionsSql } from './sql.ts'

export interface ColumnStyle {
  /** The serial type that says the column's type, default and sequence at once. */
  readonly serial?: string | undefined
  /** The default is set later. */
  readonly withoutDefault?: boolean
  /** A parent's column has a default that this one does not take over. */
  readonly refusesDefault?: boolean
  /** A primary key in the same statement says NOT NULL already. */
  readonly inKey?: boolean
}

/** A column as a line of CREATE TABLE. */
export function columnSql(context: Context, table: Table, column: Column, style: ColumnStyle = {}): string {
  let sql = `${quoteName(column.name)} ${style.serial ?? context.type(column.type, table.searchPath)}`
  if (!isEmpty(column.foreignOptions)) sql += ` ${foreignOptionsSql(column.foreignOptions)}`
  if (column.collation !== null) sql += ` COLLATE ${column.collation}`
  if (column.generated)
    sql += ` GENERATED ALWAYS AS ${inBrackets(column.generated.expression)} ${column.generated.stored ? 'STORED' : 'VIRTUAL'}`
  if (column.identity) sql += ` ${identitySql(table, column)}`
  if (style.refusesDefault) sql += ' DEFAULT NULL'
  if (column.default !== null && !style.withoutDefault && style.serial === undefined) sql += ` DEFAULT ${context.default(column.default)}`
  return saysNotNull(column, style) ? `${sql} ${notNullSql(column)}` : sql
}

/** Whether NOT NULL is written beside the column. One that is NOT VALID is added to the table later. */
function saysNotNull({ nullable, identity, notNullName, notNullNoInherit, notNullNotValid }: Column, style: ColumnStyle): boolean {
  if (nullable || notNullNotValid) return false
  return notNullName !== null || notNullNoInherit || !(style.inKey || identity || style.serial !== undefined)
}

/** `CONSTRAINT name NOT NULL NO INHERIT`. With `column` as ALTER TABLE … ADD takes it. */
function notNullSql({ notNullName, notNullNoInherit }: Column, column = ''): string {
  const name = notNullName === null ? '' : `CONSTRAINT ${quoteName(notNullName)} `
  return `${name}NOT NULL${column}${notNullNoInherit ? ' NO INHERIT' : ''}`
}

/** NOT NULL that rows of before need not hold to. */
export const notValidSql = (table: Table, column: Column): readonly string[] => [
  `ALTER TABLE ${relationSql(table)}\n  ADD ${notNullSql(column, ` ${quoteName(column.name)}`)} NOT VALID`,
  ...notNullComment(table, column),
]

const notNullComment = (table: Table, { name, notNullName, notNullComment: comment }: Column): readonly string[] =>
  comment === null
    ? none
    : commentSql(`CONSTRAINT ${quoteName(notNullName ?? makeObjectName(table.name, name, 'not_null'))} ON ${relationSql(table)}`, comment)

/** `START WITH 10 INCREMENT BY 2 …`: what differs from the defaults. */
export function sequenceOptionsSql({ start, increment, min, max, cache, cycle }: SequenceOptions): readonly string[] {
  return [
    start !== null && `START WITH ${start}`,
    increment !== null && `INCREMENT BY ${increment}`,
    min !== null && `MINVALUE ${min}`,
    max !== null && `MAXVALUE ${max}`,
    cache !== null && `CACHE ${cache}`,
    cycle && 'CYCLE',
  ].filter((part) => part !== false)
}

/** Settings of a column that CREATE TABLE has no place for in every supported version, and its comment. */
export function columnSettings(table: Table, column: Column): readonly string[] {
  const { storage, compression, statistics, comment } = column
  // Most columns have none of these.
  const plain = storage === null && compression === null && statistics === null && comment === null
  if (plain && column.notNullComment === null && isEmpty(column.options)) return none
  const options = optionsSql(column.options)
  const alter = alterColumn(table, column.name)
  return [
    ...(storage === null ? [] : [`${alter} SET STORAGE ${storage.toUpperCase()}`]),
    ...(compression === null ? [] : [`${alter} SET COMPRESSION ${compression}`]),
    ...(statistics === null ? [] : [`${alter} SET STATISTICS ${statistics}`]),
    ...(options === '' ? [] : [`${alter} SET ${options}`]),
    ...commentSql(`COLUMN ${relationSql(table)}.${quoteName(column.name)}`, comment),
    ...(column.notNullNotValid ? none : notNullComment(table, column)),
  ]
}

const none: readonly never[] = []

/** How an inherited column differs from its parent's: what its table changes in it. `parent` is undefined when the parent is not known. */
export function overrides(table: Table, column: Column, parent: Column | undefined): readonly string[] {
  const alter = alterColumn(table, column.name)
  const before = parent?.generated || parent?.identity ? null : (parent?.default ?? null)
  const statements: string[] = []
  if (column.default !== null && column.default !== before) statements.push(`${alter} SET DEFAULT ${closed(column.default)}`)
  if (column.default === null && before !== null && !column.generated && !column.identity) statements.push(`${alter} DROP DEFAULT`)
  const isNotNull = !column.nullable && !column.notNullNotValid
  const hasNotNull = parent !== undefined && passesNotNull(parent) && !parent.notNullNotValid
  if (isNotNull && !hasNotNull && !column.identity) statements.push(`${alter} SET NOT NULL`)
  return statements
}

/** Inherited columns take storage and compression over; only what differs is said. */
export function inheritedSettings(table: Table, column: Column, parent: Column): readonly string[] {
  return columnSettings(table, {
    ...column,
    storage: column.storage === parent.storage ? null : column.storage,
    compression: column.compression === parent.compression ? null : column.compression,
  })
}

export const setDefaultSql = (table: Table, column: Column): string =>
  `${alterColumn(table, column.name)} SET DEFAULT ${closed(column.default ?? '')}`

/** The name of the sequence that `serial` and identity columns get when nobody else has it. */
export const generatedSequence = (table: ObjectName, column: string): ObjectName => ({
  namespace: table.namespace,
  name: makeObjectName(table.name, column, 'seq'),
})

const alterColumn = (table: Table, column: string): string => `ALTER TABLE ONLY ${relationSql(table)} ALTER COLUMN ${quoteName(column)}`

function identitySql(table: Table, { name, identity }: Column): string {
  if (!identity) return ''
  const own = identity.sequenceName
  const named =
    own === null || own === generatedSequence(table, name).name
      ? []
      : [`SEQUENCE NAME ${nameSql({ namespace: table.namespace, name: own }, table.searchPath)}`]
  const options = [...named, ...sequenceOptionsSql(identity.sequence)]
  return `GENERATED ${identity.kind === 'always' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY${options.length > 0 ? ` (${options.join(' ')})` : ''}`
}
