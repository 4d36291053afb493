import { nextval } from '../import/columns.ts'
import { quoteName } from '#core/dialects/postgres.ts'
import { nameKey, type Column, type Constraint, type ForeignKey, type ObjectName, type Table } from '#core/schema/index.ts'
import { columnSettings, columnSql, generatedSequence, inheritedSettings, overrides, setDefaultSql } from './column-sql.ts'
import { addConstraintPiece, constraintComment, constraintTexts, inlineConstraintSql, keyConstraintOf, referenceNeeds } from './constraint-sql.ts'
import { ownerSql, relationSql, type Context } from './context.ts'
import { attachPiece, elementSql, elementTexts, indexMakers, indexPiece, indexSettingsPiece } from './index-sql.ts'
import { strength } from './order.ts'
import { asWritten, isLeftOut } from './partitions.ts'
import { keyOf, type Piece } from './piece.ts'
import { closed, commentSql, foreignOptionsSql, nameSql, optionsSql } from './sql.ts'

/** The pieces of a table but for its triggers, rules and policies: itself, what is added to it afterwards, its indexes. */
export function tablePieces(context: Context, table: Table, place: number): { readonly main: readonly Piece[]; readonly late: readonly Piece[] } {
  const { inline, added } = splitConstraints(context, table, place)
  const indexes = table.indexes
    .filter((index) => !isLeftOut(context, table, index))
    .map((index) => indexPiece(context, table, asWritten(context, table, index)))
  const main = [mainPiece(context, table, place, inline), ...waitingDefaults(context, table), ...indexes]
  const isForeign = ({ kind }: Constraint) => kind === 'foreignKey'
  const early = added.filter((each) => !isForeign(each)).map((each) => addConstraintPiece(context, table, each))
  const settings = indexSettingsPiece(table)
  const late = [...attachPieces(context, table), ...(settings ? [settings] : []), ...added.filter(isForeign).map((each) => addConstraintPiece(context, table, each))]
  return { main: [...main, ...early], late }
}

/** The name under which a column's own sequence is written as `serial`, when that says exactly the same. */
export function serialType(context: Context, table: Table, column: Column): { readonly type: string; readonly index: number } | undefined {
  const name = generatedSequence(table, column.name)
  const found = context.sequences.get(nameKey(name))
  if (!found || column.default !== nextval(name) || column.nullable || column.inherited || table.searchPath !== null || context.waiting.has(nameKey(table))) return undefined
  const { sequence } = found
  const type = { smallint: 'smallserial', integer: 'serial', bigint: 'bigserial' }[sequence.type]
  const owned = sequence.ownedBy?.namespace === table.namespace && sequence.ownedBy.table === table.name && sequence.ownedBy.column === column.name
  const plain = [sequence.start, sequence.increment, sequence.min, sequence.max, sequence.cache, sequence.comment].every((value) => value === null)
  const owner = !context.privileges || sequence.owner === null
  const isSame = owned && plain && owner && !sequence.cycle && sequence.unlogged === table.unlogged && column.type === sequence.type && !column.notNullName
  return type !== undefined && isSame && context.nameCount(name) === 1 ? { type, index: found.index } : undefined
}

type How = 'own' | 'partitionOf' | 'attach' | 'ofType'

function mainPiece(context: Context, table: Table, place: number, inline: readonly Constraint[]): Piece {
  const how = howMade(context, table)
  const written = how === 'attach' ? table.columns : table.columns.filter((column) => !column.inherited || conflicts(context, table, column))
  const keyed = new Set(inline.flatMap((constraint) => (constraint.kind === 'primaryKey' ? constraint.columns : [])))
  const waits = context.waiting.has(nameKey(table))
  const serials = written.map((column) => serialType(context, table, column))
  const lines = [
    ...(how === 'partitionOf' || how === 'ofType' ? [] : written.map((column, n) => columnSql(context, table, column, { serial: serials[n]?.type, inKey: keyed.has(column.name), withoutDefault: waits }))),
    ...inline.map((constraint) => inlineConstraintSql(context, table, constraint)),
  ]
  const inherited = table.columns.filter((column) => !written.includes(column))
  const settings = table.columns.flatMap((column) => {
    const parent = inherited.includes(column) ? parentColumn(context, table, column.name) : undefined
    const from = column.inherited ? parentColumn(context, table, column.name) : undefined
    const waiting = waits && !column.generated ? { ...column, default: parent?.default ?? null } : column
    return [...(inherited.includes(column) ? overrides(table, waiting, parent) : []), ...(from ? inheritedSettings(context, table, column, from) : columnSettings(context, table, column))]
  })
  const sql = relationSql(table)
  const statements = [
    createSql(table, how, lines),
    ...(how === 'attach' && table.partitionOf ? [`ALTER TABLE ${nameSql(table.partitionOf.parent, table.searchPath)} ATTACH PARTITION ${sql} ${closed(table.partitionOf.bound)}`] : []),
    ...ownerSql(context, table.foreign ? 'FOREIGN TABLE' : 'TABLE', sql, table.owner),
    ...commentSql(`${table.foreign ? 'FOREIGN TABLE' : 'TABLE'} ${sql}`, table.comment),
    ...settings,
    ...inline.flatMap((constraint) => constraintComment(table, constraint)),
  ]
  return {
    key: keyOf('relation', table),
    statements,
    searchPath: table.searchPath,
    table: { namespace: table.namespace, name: table.name },
    makes: [
      ['relation', table],
      ['type', table],
    ],
    lists: [['tables', place], ...serials.flatMap((serial) => (serial ? [['sequences', serial.index] as const] : []))],
    needs: [
      ...[...table.inherits, ...(table.partitionOf ? [table.partitionOf.parent] : [])].map((parent) => [keyOf('relation', parent), strength.certain] as const),
      ...(table.ofType ? [[keyOf('relation', table.ofType), strength.certain] as const] : []),
      ...(table.foreign ? [[keyOf('extension', { namespace: '', name: table.foreign.server }, 'server'), strength.certain] as const] : []),
      ...inline.flatMap((constraint) => referenceNeeds(context, constraint)),
    ],
    uses: [
      ...table.columns.map((column) => [column.type, 'type'] as const),
      ...table.columns.flatMap((column) => [column.collation, column.generated?.expression, waits ? null : column.default].filter((text) => typeof text === 'string').map((text) => [text, 'expression'] as const)),
      ...inline.flatMap(constraintTexts).map((text) => [text, 'expression'] as const),
      ...(table.partitionBy?.keys ?? []).flatMap(elementTexts).map((text) => [text, 'expression'] as const),
    ],
  }
}

function createSql(table: Table, how: How, lines: readonly string[]): string {
  const kind = table.foreign ? 'FOREIGN TABLE' : table.unlogged ? 'UNLOGGED TABLE' : 'TABLE'
  const head = `CREATE ${kind} ${relationSql(table)}`
  const body = lines.length > 0 ? ` (\n${lines.map((line) => `  ${line}`).join(',\n')}\n)` : ''
  const after = tableClauses(table)
  if (how === 'partitionOf' && table.partitionOf) {
    return `${head} PARTITION OF ${nameSql(table.partitionOf.parent, table.searchPath)}${body}\n  ${[closed(table.partitionOf.bound), ...after].join('\n  ')}`
  }
  const from = how === 'ofType' && table.ofType ? ` OF ${nameSql(table.ofType, table.searchPath)}${body}` : body === '' ? ' ()' : body
  const inherits = table.inherits.length > 0 ? [`INHERITS (${table.inherits.map((parent) => nameSql(parent, table.searchPath)).join(', ')})`] : []
  const tail = [...inherits, ...after]
  return tail.length === 0 ? `${head}${from}` : `${head}${from}${body === '' ? '\n  ' : ' '}${tail.join('\n  ')}`
}

function tableClauses({ partitionBy, accessMethod, options, tablespace, foreign }: Table): readonly string[] {
  return [
    partitionBy && `PARTITION BY ${partitionBy.strategy.toUpperCase()} (${partitionBy.keys.map(elementSql).join(', ')})`,
    foreign && `SERVER ${quoteName(foreign.server)}`,
    foreign && foreignOptionsSql(foreign.options),
    accessMethod !== null && `USING ${quoteName(accessMethod)}`,
    optionsSql(options) && `WITH ${optionsSql(options)}`,
    tablespace !== null && `TABLESPACE ${quoteName(tablespace)}`,
  ].filter((clause): clause is string => typeof clause === 'string' && clause !== '')
}

/**
 * Which constraints stand in CREATE TABLE, and which are added later: foreign keys to tables that come later, unvalidated ones, those with ONLY.
 * After the first that is added, the rest is added too: constraints keep their order.
 */
function splitConstraints(context: Context, table: Table, place: number): { readonly inline: readonly Constraint[]; readonly added: readonly Constraint[] } {
  const attached = howAttached(context, table)
  const written = table.constraints.filter((constraint) => !isLeftOut(context, table, constraint) && (attached || constraint.kind !== 'check' || !constraint.inherited))
  const shown = written.map((constraint) => asWritten(context, table, constraint))
  let end = shown.findIndex((constraint) => mustBeAdded(context, table, place, constraint))
  if (end < 0) end = shown.length
  // A foreign key to its own table waits when the key it refers to does.
  for (let n = end - 1; n >= 0; n -= 1) {
    const constraint = shown[n]
    if (constraint?.kind !== 'foreignKey' || !refersTo(constraint, table)) continue
    const key = keyConstraintOf(table, constraint)
    if (!key || shown.findIndex(({ name }) => name === key.name) >= end) end = n
  }
  return { inline: shown.slice(0, end), added: shown.slice(end) }
}

function mustBeAdded(context: Context, table: Table, place: number, constraint: Constraint): boolean {
  if ('only' in constraint && constraint.only) return true
  if (constraint.kind === 'check') return !constraint.validated || context.waiting.has(nameKey(table))
  if (constraint.kind !== 'foreignKey' || refersTo(constraint, table)) return constraint.kind === 'foreignKey' && !constraint.validated
  const target = context.tables.get(nameKey({ namespace: constraint.references.namespace, name: constraint.references.table }))
  return !constraint.validated || !target || target.index > place || context.waiting.has(nameKey(target.table))
}

const refersTo = ({ references }: ForeignKey, table: Table): boolean => references.namespace === table.namespace && references.table === table.name

/** Whether a partition is made as a table of its own and then attached: when PARTITION OF would not give the same. */
function howAttached(context: Context, table: Table): boolean {
  if (!table.partitionOf) return false
  const parent = context.tables.get(nameKey(table.partitionOf.parent))?.table
  if (!parent || parent.columns.length !== table.columns.length) return true
  return !table.columns.every((column, n) => {
    const other = parent.columns[n]
    if (!other || !column.inherited || column.name !== other.name || column.type !== other.type || column.collation !== other.collation) return false
    const sameGenerated = column.generated?.expression === other.generated?.expression && column.generated?.stored === other.generated?.stored
    return sameGenerated && column.identity === null && (!column.nullable || other.nullable) && column.notNullName === null
  })
}

function howMade(context: Context, table: Table): How {
  if (table.partitionOf) return howAttached(context, table) ? 'attach' : 'partitionOf'
  return table.ofType ? 'ofType' : 'own'
}

/** The parent's column that an inherited column comes from. */
function parentColumn(context: Context, table: Table, name: string): Column | undefined {
  const parents: readonly ObjectName[] = table.partitionOf ? [table.partitionOf.parent] : table.inherits
  for (const parent of parents) {
    const column = context.tables.get(nameKey(parent))?.table.columns.find((each) => each.name === name)
    if (column) return column
  }
  return undefined
}

/** Parents that disagree about a default must be overruled in CREATE TABLE itself. */
function conflicts(context: Context, table: Table, column: Column): boolean {
  if (table.inherits.length < 2) return false
  const defaults = table.inherits.flatMap((parent) => context.tables.get(nameKey(parent))?.table.columns.filter(({ name }) => name === column.name) ?? [])
  return new Set(defaults.map((each) => each.default)).size > 1
}

function waitingDefaults(context: Context, table: Table): readonly Piece[] {
  if (!context.waiting.has(nameKey(table))) return []
  return table.columns
    .filter((column) => column.default !== null && column.default !== (column.inherited ? parentColumn(context, table, column.name)?.default : null))
    .map((column) => ({
      key: keyOf('tail', table, `default ${column.name}`),
      searchPath: table.searchPath,
      statements: [setDefaultSql(table, column)],
      needs: [[keyOf('relation', table), strength.certain]],
      uses: [[column.default ?? '', 'expression']],
    }))
}

/** `ALTER INDEX … ATTACH PARTITION` for those indexes that partitions do not get by themselves. */
function attachPieces(context: Context, table: Table): readonly Piece[] {
  const parent = table.partitionOf?.parent
  if (!parent) return []
  const own = [...table.constraints.filter((constraint) => 'attachedTo' in constraint), ...table.indexes].filter((index) => index.attachedTo !== null && !isLeftOut(context, table, index))
  return own.flatMap((index): readonly Piece[] => {
    const child = { namespace: table.namespace, name: index.name }
    const { attachedTo } = index
    if (!attachedTo) return []
    const base = attachPiece(child, attachedTo, keyOf('relation', table), keyOf('relation', parent))
    return [{ ...base, needs: [...(base.needs ?? []), ...indexMakers(table, index.name), ...indexMakers(parent, attachedTo.name)] }]
  })
}
