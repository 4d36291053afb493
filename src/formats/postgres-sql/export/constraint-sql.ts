import { quoteName, quoteNames } from '#core/dialects/postgres.ts'
import { nameKey, type Constraint, type ForeignKey, type ReferentialAction, type Table } from '#core/schema/index.ts'
import { unreachable } from '#core/unreachable.ts'
import { hasGeneratedName, relationSql, type Context } from './context.ts'
import { elementSql, elementUses, methodNeeds, partitionsFirst } from './index-sql.ts'
import { strength } from './order.ts'
import { keyOf, type Piece } from './piece.ts'
import { commentSql, inBrackets, nameSql, optionsSql } from './sql.ts'

/** A constraint as a line of CREATE TABLE. Its name is left out where PostgreSQL would surely give the same. */
export function inlineConstraintSql(context: Context, table: Table, constraint: Constraint): string {
  const named = hasGeneratedName(context, table, constraint) ? '' : `CONSTRAINT ${quoteName(constraint.name)} `
  return `${named}${constraintSql(constraint, table.searchPath, '\n    ')}`
}

/** The piece of a constraint that is added to a table after it is made, and if possible after the one `before` it. */
export function addConstraintPiece(context: Context, table: Table, constraint: Constraint, before: Constraint | undefined): Piece {
  const only = 'only' in constraint && constraint.only ? 'ONLY ' : ''
  const sql = relationSql(table)
  const add = `ALTER TABLE ${only}${sql}\n  ADD CONSTRAINT ${quoteName(constraint.name)} ${constraintSql(constraint, table.searchPath, '\n    ')}`
  const key = { namespace: table.namespace, name: table.name }
  return {
    key: keyOf('constraint', key, constraint.name),
    searchPath: table.searchPath,
    statements: [add, ...constraintComment(table, constraint)],
    needs: [
      [keyOf('relation', table), strength.certain],
      ...(before ? [[keyOf('constraint', key, before.name), strength.weak] as const] : []),
      ...partitionsFirst(context, table, only !== ''),
      ...referenceNeeds(context, constraint),
      ...exclusionNeeds(context, constraint),
    ],
    uses: constraintUses(constraint),
    runs: true,
  }
}

/** `COMMENT ON CONSTRAINT … ON …`, if there is one. */
export const constraintComment = (table: Table, constraint: Constraint): readonly string[] =>
  commentSql(`CONSTRAINT ${quoteName(constraint.name)} ON ${relationSql(table)}`, constraint.comment)

/** What the texts of a constraint name. */
export function constraintUses(constraint: Constraint): NonNullable<Piece['uses']> {
  if (constraint.kind === 'check') return [[constraint.expression, 'expression']]
  if (constraint.kind !== 'exclusion') return none
  return [
    ...constraint.elements.flatMap(({ element, operator }) => [...elementUses(element), [operator, 'name:operator'] as const]),
    ...(constraint.predicate === null ? [] : [[constraint.predicate, 'expression'] as const]),
  ]
}

const none: readonly never[] = []

/** What an exclusion constraint's index is made with. */
export const exclusionNeeds = (context: Context, constraint: Constraint): NonNullable<Piece['needs']> =>
  constraint.kind === 'exclusion' ? methodNeeds(context, constraint.method) : none

/** What a foreign key's target must have before: its key, as a constraint or an index of its own. */
export function referenceNeeds(context: Context, constraint: Constraint): NonNullable<Piece['needs']> {
  if (constraint.kind !== 'foreignKey') return none
  const target = { namespace: constraint.references.namespace, name: constraint.references.table }
  const table = context.tables.get(nameKey(target))?.table
  const key = table && keyConstraintOf(table, constraint)
  const indexes = key ? [] : (table?.indexes.filter(({ unique }) => unique) ?? [])
  return [
    [keyOf('relation', target), strength.certain],
    ...(key ? [[keyOf('constraint', target, key.name), strength.certain] as const] : []),
    ...indexes.map(({ name }) => [keyOf('index', { namespace: target.namespace, name }), strength.certain] as const),
  ]
}

/** The primary key or unique constraint that a foreign key refers to; undefined when that is just an index. */
export function keyConstraintOf(table: Table, { references }: ForeignKey): Constraint | undefined {
  return table.constraints.find(
    (each) => (each.kind === 'primaryKey' || each.kind === 'unique') && haveSame(each.columns, references.columns),
  )
}

/** Whether two lists have the same columns, in any order. Most have one. */
function haveSame(columns: readonly string[], others: readonly string[]): boolean {
  if (columns.length !== others.length) return false
  return columns.length === 1 ? columns[0] === others[0] : [...columns].sort().join('\u0000') === [...others].sort().join('\u0000')
}

function constraintSql(constraint: Constraint, path: string | null, newLine: string): string {
  switch (constraint.kind) {
    case 'primaryKey':
      return `PRIMARY KEY ${keyColumns(constraint)}${indexed(constraint)}${deferral(constraint)}`
    case 'unique':
      return `UNIQUE ${constraint.nullsNotDistinct ? 'NULLS NOT DISTINCT ' : ''}${keyColumns(constraint)}${indexed(constraint)}${deferral(constraint)}`
    case 'foreignKey':
      return foreignKeySql(constraint, path, newLine)
    case 'check': {
      const suffix = `${constraint.noInherit ? ' NO INHERIT' : ''}${deferral(constraint)}${enforcement(constraint)}`
      return `CHECK ${inBrackets(constraint.expression)}${suffix}`
    }
    case 'exclusion': {
      const elements = constraint.elements.map(({ element, operator }) => `${elementSql(element)} WITH ${operator}`).join(', ')
      const method = constraint.method === null ? '' : `USING ${quoteName(constraint.method)} `
      const where = constraint.predicate === null ? '' : ` WHERE ${inBrackets(constraint.predicate)}`
      return `EXCLUDE ${method}(${elements})${indexed(constraint)}${where}${deferral(constraint)}`
    }
    default:
      return unreachable(constraint)
  }
}

function foreignKeySql(key: ForeignKey, path: string | null, newLine: string): string {
  const { namespace, table, columns } = key.references
  const period = (names: readonly string[]): string =>
    key.period
      ? `${names
          .slice(0, -1)
          .map((name) => `${quoteName(name)}, `)
          .join('')}PERIOD ${quoteName(names.at(-1) ?? '')}`
      : quoteNames(names)
  const parts = [
    `FOREIGN KEY (${period(key.columns)})`,
    `REFERENCES ${nameSql({ namespace, name: table }, path)}${columns.length > 0 ? ` (${period(columns)})` : ''}${key.match === 'simple' ? '' : ` MATCH ${key.match.toUpperCase()}`}`,
    key.onUpdate === 'noAction' ? '' : `ON UPDATE ${actions[key.onUpdate]}`,
    key.onDelete === 'noAction'
      ? ''
      : `ON DELETE ${actions[key.onDelete]}${key.onDeleteColumns.length > 0 ? ` (${quoteNames(key.onDeleteColumns)})` : ''}`,
    `${deferral(key)}${enforcement(key)}`.trim(),
  ]
  return parts.filter((part) => part !== '').join(newLine)
}

const actions: Readonly<Record<ReferentialAction, string>> = {
  noAction: 'NO ACTION',
  restrict: 'RESTRICT',
  cascade: 'CASCADE',
  setNull: 'SET NULL',
  setDefault: 'SET DEFAULT',
}

const keyColumns = ({ columns, withoutOverlaps }: { readonly columns: readonly string[]; readonly withoutOverlaps: boolean }): string =>
  `(${quoteNames(columns)}${withoutOverlaps ? ' WITHOUT OVERLAPS' : ''})`

function indexed(constraint: Extract<Constraint, { include: unknown }>): string {
  const include = constraint.include.length > 0 ? ` INCLUDE (${quoteNames(constraint.include)})` : ''
  const options = optionsSql(constraint.options)
  const tablespace = constraint.tablespace === null ? '' : ` USING INDEX TABLESPACE ${quoteName(constraint.tablespace)}`
  return `${include}${options === '' ? '' : ` WITH ${options}`}${tablespace}`
}

const deferral = ({ deferrable, initiallyDeferred }: Constraint): string =>
  initiallyDeferred ? ' DEFERRABLE INITIALLY DEFERRED' : deferrable ? ' DEFERRABLE' : ''

const enforcement = ({ validated, enforced }: { readonly validated: boolean; readonly enforced: boolean }): string =>
  enforced ? (validated ? '' : ' NOT VALID') : ' NOT ENFORCED'
