import { quoteName } from '#core/dialects/postgres.ts'
import type { Column, Constraint, Table } from '#core/schema/index.ts'
import { columnSql, generatedSequence } from './column-sql.ts'
import {
  addConstraintPiece,
  constraintComment,
  constraintUses,
  exclusionNeeds,
  inlineConstraintSql,
  referenceNeeds,
} from './constraint-sql.ts'
import { relationSql, toldSql, type Context } from './context.ts'
import { attachPiece, elementSql, elementUses, indexMakers, indexPiece, indexSettingsPiece } from './index-sql.ts'
import { strength } from './order.ts'
import { asWritten, isAttached, isLeftOut } from './partitions.ts'
import { keyOf, keyOfNamed, type Piece } from './piece.ts'
import type { TextKind } from './scan.ts'
import { closed, foreignOptionsSql, nameSql, optionsSql } from './sql.ts'
import {
  columnStatements,
  defaultWaits,
  isWritten,
  notValidPieces,
  refusesDefault,
  serialColumns,
  waitingDefaults,
} from './table-columns.ts'
import { isPatient, splitConstraints } from './table-constraints.ts'

export interface TablePieces {
  readonly main: readonly Piece[]
  /** What comes after all tables. */
  readonly late: readonly Piece[]
}

/** The pieces of a table but for its triggers, rules and policies: itself, what is added to it afterwards, its indexes. */
export function tablePieces(context: Context, table: Table, place: number): TablePieces {
  const { inline, added } = splitConstraints(context, table, place)
  const main = [mainPiece(context, table, place, inline)]
  for (const index of table.indexes) {
    if (!isLeftOut(context, table, index)) main.push(indexPiece(context, table, asWritten(context, table, index)))
  }
  const settings = indexSettingsPiece(table)
  const late = [
    ...waitingDefaults(context, table),
    ...notValidPieces(context, table),
    ...attachPieces(context, table),
    ...(settings ? [settings] : []),
  ]
  for (const [n, each] of added.entries()) {
    const isLate = each.kind === 'foreignKey' || isPatient(context, table, each)
    const pieces = isLate ? late : main
    pieces.push(addConstraintPiece(context, table, each, added[n - 1]))
  }
  return { main, late }
}

type How = 'own' | 'partitionOf' | 'attach' | 'ofType'

function mainPiece(context: Context, table: Table, place: number, inline: readonly Constraint[]): Piece {
  const how = howMade(context, table)
  const written = how === 'attach' || !table.columns.some(({ inherited }) => inherited) ? undefined : new Set<Column>()
  const serials = serialColumns(context, table)
  const keyed = new Set<string>()
  for (const constraint of inline) if (constraint.kind === 'primaryKey') for (const column of constraint.columns) keyed.add(column)
  const lines: string[] = []
  for (const column of table.columns) {
    if (written && !isWritten(context, table, column)) continue
    written?.add(column)
    const style = {
      serial: serials.get(column)?.type,
      inKey: keyed.has(column.name),
      withoutDefault: defaultWaits(context, table, column),
      refusesDefault: how !== 'attach' && refusesDefault(context, table, column),
    }
    lines.push(columnSql(context, table, column, style))
  }
  for (const constraint of inline) lines.push(inlineConstraintSql(context, table, constraint))
  const needs = [...tableNeeds(table)]
  const uses = tableUses(context, table)
  for (const constraint of inline) {
    needs.push(...referenceNeeds(context, constraint), ...exclusionNeeds(context, constraint))
    uses.push(...constraintUses(constraint))
  }
  const sql = relationSql(table)
  const kind = table.foreign ? 'FOREIGN TABLE' : 'TABLE'
  const attach = how === 'attach' && table.partitionOf
  return {
    key: keyOf('relation', table),
    searchPath: table.searchPath,
    statements: [
      createSql(table, how, lines),
      ...(attach ? [`ALTER TABLE ${nameSql(attach.parent, table.searchPath)} ATTACH PARTITION ${sql} ${closed(attach.bound)}`] : []),
      ...toldSql(context, kind, sql, table),
      ...columnStatements(context, table, written, keyed),
      ...inline.flatMap((constraint) => (constraint.comment === null ? [] : constraintComment(table, constraint))),
    ],
    table: { namespace: table.namespace, name: table.name },
    makes: [
      ['relation', table],
      ['rowType', table],
      ...[...serials.keys()].map((column) => ['relation', generatedSequence(table, column.name)] as const),
    ],
    lists: [['tables', place], ...[...serials.values()].map(({ index }) => ['sequences', index] as const)],
    needs,
    uses,
  }
}

function howMade(context: Context, table: Table): How {
  if (table.partitionOf) return isAttached(context, table) ? 'attach' : 'partitionOf'
  return table.ofType ? 'ofType' : 'own'
}

function tableNeeds(table: Table): NonNullable<Piece['needs']> {
  const parents = [...table.inherits, ...(table.partitionOf ? [table.partitionOf.parent] : []), ...(table.ofType ? [table.ofType] : [])]
  return [
    ...parents.map((parent) => [keyOf('relation', parent), strength.certain] as const),
    ...(table.foreign ? [[keyOfNamed('server', table.foreign.server), strength.certain] as const] : []),
    ...(table.accessMethod === null ? [] : [[keyOfNamed('accessMethod', table.accessMethod), strength.certain] as const]),
  ]
}

function tableUses(context: Context, table: Table): (readonly [text: string, kind: TextKind])[] {
  const uses: (readonly [text: string, kind: TextKind])[] = []
  for (const column of table.columns) {
    const { type, collation, generated, default: value } = column
    uses.push(context.typeUse(type))
    if (collation !== null) uses.push([collation, 'name:collation'])
    if (generated) uses.push([generated.expression, 'expression'])
    if (value !== null && !defaultWaits(context, table, column)) uses.push([value, 'expression'])
  }
  for (const key of table.partitionBy?.keys ?? []) uses.push(...elementUses(key))
  return uses
}

function createSql(table: Table, how: How, lines: readonly string[]): string {
  const kind = table.foreign ? 'FOREIGN TABLE' : table.unlogged ? 'UNLOGGED TABLE' : 'TABLE'
  const head = `CREATE ${kind} ${relationSql(table)}`
  const body = lines.length > 0 ? ` (\n  ${lines.join(',\n  ')}\n)` : ''
  const after = tableClauses(table)
  if (how === 'partitionOf' && table.partitionOf) {
    return `${head} PARTITION OF ${nameSql(table.partitionOf.parent, table.searchPath)}${body}\n  ${[closed(table.partitionOf.bound), ...after].join('\n  ')}`
  }
  const from = how === 'ofType' && table.ofType ? ` OF ${nameSql(table.ofType, table.searchPath)}${body}` : body === '' ? ' ()' : body
  const inherits =
    table.inherits.length > 0 ? [`INHERITS (${table.inherits.map((parent) => nameSql(parent, table.searchPath)).join(', ')})`] : []
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

/** `ALTER INDEX … ATTACH PARTITION` for those indexes that partitions do not get by themselves. */
function attachPieces(context: Context, table: Table): readonly Piece[] {
  const parent = table.partitionOf?.parent
  if (!parent) return []
  const own = [...table.constraints.filter((constraint) => 'attachedTo' in constraint), ...table.indexes].filter(
    (index) => index.attachedTo !== null && !isLeftOut(context, table, index),
  )
  return own.flatMap((index): readonly Piece[] => {
    const child = { namespace: table.namespace, name: index.name }
    const { attachedTo } = index
    if (!attachedTo) return []
    const base = attachPiece(child, attachedTo, keyOf('relation', table), keyOf('relation', parent))
    return [{ ...base, needs: [...(base.needs ?? []), ...indexMakers(table, index.name), ...indexMakers(parent, attachedTo.name)] }]
  })
}
