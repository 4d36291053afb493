import { unreachable } from '#core/unreachable.ts'
import type { Check, Constraint, ForeignKey, PrimaryKey, ReferentialAction, Table, Unique } from '#core/schema/index.ts'
import { array, call, chain, layOut, object, tallObject, type Call, type Code } from '../shared/code/layout.ts'
import { tsString } from '../shared/code/literals.ts'
import { columnOf, pathOf } from '../shared/orm/catalog.ts'
import { constraintLosses } from '../shared/orm/common-losses.ts'
import { sameMembers } from '../shared/orm/relationships.ts'
import { loseWhole, target, type Context } from './context.ts'
import { inlineKey, inlineUnique, isRepeated } from './columns.ts'
import { sqlCode } from './defaults.ts'
import { canKey, canPack, canWrite, packable } from './kit.ts'

/** The constraints that stand in the table's third argument. */
export function constraintEntries(context: Context, table: Table): readonly Code[] {
  return table.constraints.flatMap((constraint) => {
    constraintLosses(table, constraint, target, context.losses)
    return entryCode(context, table, constraint) ?? []
  })
}

function entryCode(context: Context, table: Table, constraint: Constraint): Code | undefined {
  if (constraint.kind === 'exclusion') return undefined
  const columns = constraint.kind === 'check' ? [] : constraint.columns
  if (!canWrite(constraint.name) || !columns.every((name) => columnOf(table, name))) return loseName(context, table, constraint)
  switch (constraint.kind) {
    case 'primaryKey':
      return inlineKey(table) === constraint ? undefined : primaryKeyCode(context, table, constraint)
    case 'unique':
      return columns[0] !== undefined && inlineUnique(table, columns[0]) === constraint ? undefined : uniqueCode(context, table, constraint)
    case 'check':
      return checkCode(context, table, constraint)
    case 'foreignKey':
      return foreignKeyCode(context, table, constraint)
    default:
      return unreachable(constraint)
  }
}

function primaryKeyCode(context: Context, table: Table, { name, columns }: PrimaryKey): Code | undefined {
  if (![name, ...columns].every(canPack)) return loseName(context, table, { kind: 'primaryKey', name })
  return call(context.imports.use('primaryKey'), object({ name: tsString(name), columns: array(fieldList(context, table, columns)) }))
}

function uniqueCode(context: Context, table: Table, constraint: Unique): Code | undefined {
  const { name, columns, nullsNotDistinct } = constraint
  if (!canKey(name) || !columns.every(canPack)) return loseName(context, table, { kind: 'unique', name })
  if (isRepeated(table, constraint)) {
    const message = 'PostgreSQL would drop the second key over the same columns from one CREATE TABLE: it is declared as a unique index.'
    context.losses.add('constraint-as-index', 'unique', pathOf(table, name), message)
    return chain(call(context.imports.use('uniqueIndex'), tsString(name)), [call('.on', ...fieldList(context, table, columns))])
  }
  const on = call('.on', ...fieldList(context, table, columns))
  return chain(call(context.imports.use('unique'), tsString(name)), nullsNotDistinct ? [on, call('.nullsNotDistinct')] : [on])
}

function checkCode(context: Context, table: Table, check: Check): Code | undefined {
  const text = packable(check.expression, [';'])
  if (text === undefined || check.name.includes(';')) return loseName(context, table, check)
  const forbidden = context.forbids(text)
  if (forbidden) return loseWhole(context, 'check', pathOf(table, check.name), forbidden)
  if (check.noInherit) context.losses.add('no-inherit', 'check', pathOf(table, check.name), `${target.name} cannot say NO INHERIT.`)
  return call(context.imports.use('check'), tsString(check.name), sqlCode(context, text, table.searchPath))
}

function foreignKeyCode(context: Context, table: Table, foreignKey: ForeignKey): Code | undefined {
  const { references, columns, name } = foreignKey
  const other = context.catalog.table({ namespace: references.namespace, name: references.table })
  const path = pathOf(table, name)
  if (!other || !references.columns.every((column) => columnOf(other, column))) {
    const message = `The foreign key leads to ${references.namespace}.${references.table}, which is not declared here.`
    context.losses.add('foreign-key-target', 'foreignKey', path, message)
    return undefined
  }
  const packed = [name, table.name, other.name, other.namespace, ...columns, ...references.columns]
  if (!packed.every(canPack) || !isKeyWritten(other, references.columns)) return loseName(context, table, foreignKey)
  const there = other === table ? 'table' : context.id(other)
  const far = references.columns.map((column) => `${there}.${context.field(other, column)}`)
  const parts = { name: tsString(name), columns: array(fieldList(context, table, columns)), foreignColumns: array(far) }
  const actions = [...actionCode('.onDelete', foreignKey.onDelete), ...actionCode('.onUpdate', foreignKey.onUpdate)]
  const fn = context.imports.use('foreignKey')
  const short = chain(call(fn, object(parts)), actions)
  if (!layOut('    ', short, ',').includes('\n')) return short
  return chain(call(fn, tallObject(Object.entries(parts).map(([key, value]) => ({ key: `${key}:`, value })))), actions)
}

/** Whether the key that a foreign key refers to is in the output. */
const isKeyWritten = (table: Table, columns: readonly string[]): boolean =>
  table.constraints.some(
    (one) => (one.kind === 'primaryKey' || one.kind === 'unique') && sameMembers(one.columns, columns) && canKey(one.name),
  ) ||
  table.indexes.some(
    (index) =>
      index.unique &&
      canKey(index.name) &&
      sameMembers(
        index.elements.map(({ column }) => column ?? ''),
        columns,
      ),
  )

const actionWords: Readonly<Record<ReferentialAction, string | null>> = {
  noAction: null,
  restrict: 'restrict',
  cascade: 'cascade',
  setNull: 'set null',
  setDefault: 'set default',
}
const actionCode = (method: string, action: ReferentialAction): readonly Call[] => {
  const sql = actionWords[action]
  return sql === null ? [] : [call(method, tsString(sql))]
}

const fieldList = (context: Context, table: Table, columns: readonly string[]): readonly string[] =>
  columns.map((column) => `table.${context.field(table, column)}`)

function loseName(context: Context, table: Table, { kind, name }: { readonly kind: string; readonly name: string }): undefined {
  return loseWhole(context, kind, pathOf(table, name))
}

/** The tables whose types depend on each other through foreign keys: TypeScript needs to be told the type of their third argument. */
export function tablesInCycles(context: Context): ReadonlySet<Table> {
  const edges = new Map(context.tables.map((table) => [table, targetsOf(context, table)]))
  const order: Table[] = []
  const seen = new Set<Table>()
  for (const table of context.tables) visit(table, edges, seen, (done) => order.push(done))
  const back = new Map<Table, Table[]>(context.tables.map((table) => [table, []]))
  for (const [from, targets] of edges) for (const to of targets) back.get(to)?.push(from)
  const grouped = new Set<Table>()
  const cyclic = new Set<Table>()
  for (const table of order.reverse()) {
    const group: Table[] = []
    visit(table, back, grouped, (done) => group.push(done))
    if (group.length > 1) for (const member of group) cyclic.add(member)
  }
  return cyclic
}

function targetsOf(context: Context, table: Table): readonly Table[] {
  return table.constraints.flatMap((constraint) => {
    if (constraint.kind !== 'foreignKey') return []
    const { namespace, table: name } = constraint.references
    const other = context.catalog.table({ namespace, name })
    return other && other !== table ? [other] : []
  })
}

/** Depth first without recursion: chains of foreign keys may be as long as the schema. */
function visit(start: Table, edges: ReadonlyMap<Table, readonly Table[]>, seen: Set<Table>, leave: (table: Table) => void): void {
  if (seen.has(start)) return
  seen.add(start)
  const stack = [{ table: start, next: 0 }]
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const child = edges.get(top.table)?.[top.next]
    top.next += 1
    if (child === undefined) {
      leave(top.table)
      stack.pop()
    } else if (!seen.has(child)) {
      seen.add(child)
      stack.push({ table: child, next: 0 })
    }
  }
}
