import { DEFAULT_NAMESPACE, nameKey, type Column, type ObjectName, type Table } from '#core/schema/index.ts'
import { nextval } from '../import/columns.ts'
import { columnSettings, generatedSequence, inheritedSettings, notValidSql, overrides, setDefaultSql } from './column-sql.ts'
import { mustWait, type Context, type Serial } from './context.ts'
import { strength } from './order.ts'
import { keyOf, type Piece } from './piece.ts'

/** The columns whose default and own sequence can be written as `serial`, because that says exactly the same. */
export function serialColumns(context: Context, table: Table): ReadonlyMap<Column, Serial> {
  const known = context.serialTypes.get(table)
  if (known) return known
  let found: Map<Column, Serial> | undefined
  for (const column of table.columns) {
    const serial = serialOf(context, table, column)
    if (serial) (found ??= new Map()).set(column, serial)
  }
  context.serialTypes.set(table, found ?? noSerials)
  return found ?? noSerials
}
const noSerials: ReadonlyMap<Column, Serial> = new Map()

function serialOf(context: Context, table: Table, column: Column): Serial | undefined {
  if (column.default === null || column.nullable || column.inherited || column.notNullName !== null) return undefined
  if (column.notNullNoInherit || column.notNullNotValid) return undefined
  // Said before anything is made up: most defaults are something else.
  return column.default.startsWith('nextval(') ? serialDrawing(context, table, column) : undefined
}

/** The `serial` that a column is whose default draws from a sequence. */
function serialDrawing(context: Context, table: Table, column: Column): Serial | undefined {
  // Under another path the names of `public` mean something else.
  if (table.searchPath !== null && table.namespace === DEFAULT_NAMESPACE) return undefined
  const name = generatedSequence(table, column.name)
  const found = context.sequences.get(nameKey(name))
  if (
    !found ||
    !context.serials.has(found.index) ||
    column.default !== nextval(name) ||
    context.nameCount(name) !== 1 ||
    mustWait(context, table)
  )
    return undefined
  // Should the table fail for want of an extension, its sequence does not.
  if (!table.columns.every(({ type }) => context.isKnownType(type))) return undefined
  const { sequence } = found
  const { ownedBy } = sequence
  const isOwned = ownedBy?.namespace === table.namespace && ownedBy.table === table.name && ownedBy.column === column.name
  const isPlain = [sequence.start, sequence.increment, sequence.min, sequence.max, sequence.cache, sequence.comment].every(
    (value) => value === null,
  )
  const isSame = isOwned && isPlain && !sequence.cycle && sequence.unlogged === table.unlogged && column.type === sequence.type
  const type = { smallint: 'smallserial', integer: 'serial', bigint: 'bigserial' }[sequence.type]
  return type !== undefined && isSame && (!context.privileges || sequence.owner === null) ? { type, index: found.index } : undefined
}

/** The parent's column that an inherited column comes from. */
export function parentColumn(context: Context, table: Table, name: string): Column | undefined {
  const parents: readonly ObjectName[] = table.partitionOf ? [table.partitionOf.parent] : table.inherits
  for (const parent of parents) {
    const column = context.tables.get(nameKey(parent))?.table.columns.find((each) => each.name === name)
    if (column) return column
  }
  return undefined
}

/** Whether a column has no default although a parent's has one, which it would take over: said by DEFAULT NULL. */
export function refusesDefault(context: Context, table: Table, column: Column): boolean {
  if (table.inherits.length === 0 || column.default !== null || column.generated || column.identity) return false
  return table.inherits.some((parent) =>
    context.tables.get(nameKey(parent))?.table.columns.some((each) => each.name === column.name && each.default !== null),
  )
}

/** Whether a column stands in CREATE TABLE: its own ones do, and those whose parents disagree about the default. */
export function isWritten(context: Context, table: Table, column: Column): boolean {
  if (!column.inherited) return true
  if (table.inherits.length < 2) return false
  const defaults = table.inherits.flatMap(
    (parent) => context.tables.get(nameKey(parent))?.table.columns.filter(({ name }) => name === column.name) ?? [],
  )
  return new Set(defaults.map((each) => each.default)).size > 1
}

/** What is said of a table's columns after CREATE TABLE. `written` are those that it lists (undefined: all), `keyed` those of a primary key in it. */
export function columnStatements(
  context: Context,
  table: Table,
  written: ReadonlySet<Column> | undefined,
  keyed: ReadonlySet<string>,
): readonly string[] {
  const statements: string[] = []
  for (const column of table.columns) {
    const parent = column.inherited ? parentColumn(context, table, column.name) : undefined
    const settings = parent ? inheritedSettings(table, column, parent) : columnSettings(table, column)
    if (written && !written.has(column)) {
      const changed = defaultWaits(context, table, column) ? { ...column, default: parent?.default ?? null } : column
      const now = keyed.has(column.name) ? { ...changed, nullable: true } : changed
      statements.push(...overrides(table, now, parent))
    }
    statements.push(...settings)
  }
  return statements
}

/** Whether a column's default is set after its table is made. */
export const defaultWaits = (context: Context, table: Table, column: Column): boolean =>
  column.default !== null && (context.borrowing.has(column) || mustWait(context, table))

/** NOT NULL that is not valid is added once all tables are there: tables that inherit it would have it valid else. */
export function notValidPieces(context: Context, table: Table): readonly Piece[] {
  const added = table.columns.filter(
    (column) => column.notNullNotValid && !(column.inherited && parentColumn(context, table, column.name)?.notNullNotValid),
  )
  return added.map((column) => ({
    searchPath: table.searchPath,
    statements: notValidSql(table, column),
    needs: [[keyOf('relation', table), strength.certain]],
    runs: true,
  }))
}

/** Defaults that are set once the functions they call, or the sequences they draw from, are there. */
export function waitingDefaults(context: Context, table: Table): readonly Piece[] {
  const changed = table.columns.filter(
    (column) =>
      defaultWaits(context, table, column) &&
      column.default !== null &&
      column.default !== (column.inherited ? parentColumn(context, table, column.name)?.default : null),
  )
  return changed.map((column) => ({
    searchPath: table.searchPath,
    statements: [setDefaultSql(table, column)],
    needs: [[keyOf('relation', table), strength.certain]],
    uses: [[column.default ?? '', 'expression']],
  }))
}
