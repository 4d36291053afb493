import { nameKey, type Constraint, type ForeignKey, type Table } from '#core/schema/index.ts'
import { keyConstraintOf } from './constraint-sql.ts'
import { mustWait, type Context } from './context.ts'
import { asWritten, isAttached, isLeftOut } from './partitions.ts'

/**
 * Which constraints stand in CREATE TABLE, and which are added later: foreign keys to tables that come later, unvalidated ones, those with ONLY.
 * After the first that is added, the rest is added too: constraints keep their order. `place` is the table's in its list.
 */
export function splitConstraints(
  context: Context,
  table: Table,
  place: number,
): { readonly inline: readonly Constraint[]; readonly added: readonly Constraint[] } {
  const comesAlong = (constraint: Constraint) => isLeftOut(context, table, constraint) || isTakenOver(context, table, constraint)
  const written = table.constraints.filter((constraint) => !comesAlong(constraint))
  // What comes along from a parent is there once the table is: what follows it in the list is added after that.
  const first = table.constraints.findIndex(comesAlong)
  const follows = first < 0 ? undefined : new Set(table.constraints.slice(first).map(({ name }) => name))
  const shown = written.map((constraint) => asWritten(context, table, constraint))
  let end = shown.findIndex(
    (constraint, n) => follows?.has(constraint.name) || mustBeAdded(context, table, place, constraint) || isDouble(constraint, shown, n),
  )
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

/** A check that comes from the parent is not written, unless the table is attached to it afterwards: then it must have it already. */
const isTakenOver = (context: Context, table: Table, constraint: Constraint): boolean =>
  constraint.kind === 'check' && constraint.inherited && !isAttached(context, table)

/** Of two keys or exclusions that say the same, this one and one before its place, PostgreSQL makes one when both stand in CREATE TABLE. */
function isDouble(constraint: Constraint, all: readonly Constraint[], place: number): boolean {
  const key = place === 0 ? undefined : indexKey(constraint)
  return key !== undefined && all.slice(0, place).some((other) => indexKey(other) === key)
}

/** What the index of a constraint is on (`transformIndexConstraints` of PostgreSQL's parse_utilcmd.c compares a little more). */
function indexKey(constraint: Constraint): string | undefined {
  if (constraint.kind === 'exclusion') return JSON.stringify(constraint.elements)
  return constraint.kind === 'primaryKey' || constraint.kind === 'unique' ? JSON.stringify(constraint.columns) : undefined
}

function mustBeAdded(context: Context, table: Table, place: number, constraint: Constraint): boolean {
  if ('only' in constraint && constraint.only) return true
  if (constraint.kind === 'check') return !constraint.validated || mustWait(context, table) || isPatient(context, table, constraint)
  if (constraint.kind !== 'foreignKey') return false
  if (!constraint.validated) return true
  if (refersTo(constraint, table)) return false
  const target = context.tables.get(nameKey({ namespace: constraint.references.namespace, name: constraint.references.table }))
  return !target || target.index > place || mustWait(context, target.table)
}

/** Whether a constraint waits for a function that it calls. */
export const isPatient = (context: Context, table: Table, constraint: Constraint): boolean =>
  context.patient.size > 0 && context.patient.has(nameKey(table)) && callsRoutine(context, constraint)

/** Whether a check calls a function of the schema. */
export const callsRoutine = ({ routineNames }: Context, constraint: Constraint): boolean =>
  constraint.kind === 'check' &&
  [...constraint.expression.matchAll(/([\w$]+)"?\s*\(/g)].some(
    ([, name = '']) => routineNames.has(name) || routineNames.has(name.toLowerCase()),
  )

const refersTo = ({ references }: ForeignKey, table: Table): boolean =>
  references.namespace === table.namespace && references.table === table.name
