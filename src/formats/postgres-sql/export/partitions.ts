import { nameKey, type Constraint, type Index, type ObjectName, type Table } from '#core/schema/index.ts'
import { reservedWords } from '#core/dialects/postgres.ts'
import { isPlainCall } from './index-sql.ts'
import { indexColumnNames, joinColumnNames, makeObjectName } from '../import/naming.ts'
import { mustWait, type Context } from './context.ts'

// An index of a partitioned table has a copy in every partition. PostgreSQL makes the copies itself; where they are just what it would make
// (name included), only the parent's index is written.

type AnyIndex = Index | Constraint
type Owning = Extract<Constraint, { attachedTo: unknown }>

/** Whether an index of a partition is not written, because its parent's index brings it along. */
export function isLeftOut(context: Context, table: Table, index: AnyIndex): boolean {
  const parent = table.partitionOf && context.tables.get(nameKey(table.partitionOf.parent))?.table
  if (!parent || !('attachedTo' in index) || !index.attachedTo) return false
  const { namespace, name } = index.attachedTo
  const origin = namespace === parent.namespace ? [...parent.indexes, ...parent.constraints].find((each) => each.name === name) : undefined
  return origin !== undefined && (isSpread(context, parent, origin) || isLeftOut(context, parent, origin))
}

const cache = new WeakMap<Context, Map<AnyIndex, boolean>>()

/** Whether a partition is made as a table of its own and then attached: when PARTITION OF would not give the same. */
export function isAttached(context: Context, table: Table): boolean {
  if (!table.partitionOf) return false
  const parent = context.tables.get(nameKey(table.partitionOf.parent))?.table
  if (!parent || parent.columns.length !== table.columns.length) return true
  return !table.columns.every((column, n) => {
    const other = parent.columns[n]
    if (!other || !column.inherited || column.name !== other.name || column.type !== other.type || column.collation !== other.collation)
      return false
    const sameGenerated =
      column.generated?.expression === other.generated?.expression && column.generated?.stored === other.generated?.stored
    return sameGenerated && column.identity === null && (!column.nullable || other.nullable) && column.notNullName === null
  })
}

/** An index or constraint as it is to be written: with ONLY when its copies are written out, without when PostgreSQL makes them. */
export function asWritten<T extends AnyIndex>(context: Context, table: Table, index: T): T {
  if (!owns(index) || !hasCopies(context, table, index.name)) return index
  return { ...index, only: !isSpread(context, table, index) }
}

function hasCopies(context: Context, table: Table, name: string): boolean {
  if (context.partitions.size === 0) return false
  const children = context.partitions.get(nameKey(table)) ?? []
  if (children.length === 0) return false
  const origin = nameKey({ namespace: table.namespace, name })
  return children.some((child) =>
    [...child.indexes, ...child.constraints].some((each) => owns(each) && each.attachedTo && nameKey(each.attachedTo) === origin),
  )
}

/** Whether all copies of an index are as PostgreSQL makes them. */
function isSpread(context: Context, table: Table, index: AnyIndex): boolean {
  if (!owns(index)) return false
  const known = cache.get(context) ?? new Map<AnyIndex, boolean>()
  cache.set(context, known)
  const found = known.get(index)
  if (found !== undefined) return found
  const children = context.partitions.get(nameKey(table)) ?? []
  const result =
    children.length > 0 && children.every((child) => hasPlainCopy(context, child, { namespace: table.namespace, name: index.name }, index))
  known.set(index, result)
  return result
}

function hasPlainCopy(context: Context, child: Table, origin: ObjectName, index: Index | Owning): boolean {
  if (child.foreign || mustWait(context, child)) return false
  const copies = [...child.indexes, ...child.constraints]
    .filter(owns)
    .filter(({ attachedTo }) => attachedTo && nameKey(attachedTo) === nameKey(origin))
  const [copy] = copies
  if (!copy || copies.length > 1 || copy.comment !== null || copy.name !== copyName(child, copy)) return false
  if (context.nameCount({ namespace: child.namespace, name: copy.name }) !== 1 || gist(copy) !== gist(index)) return false
  // On a partition that is partitioned itself the copy has copies of its own.
  return child.partitionBy ? isSpread(context, child, copy) || !hasPartitions(context, child) : true
}

const hasPartitions = (context: Context, table: Table): boolean => (context.partitions.get(nameKey(table)) ?? []).length > 0

const owns = (index: AnyIndex): index is Index | Owning => 'attachedTo' in index

/** The name PostgreSQL gives to the copy of an index; '' when we cannot tell for sure. */
function copyName(table: Table, index: Index | Owning): string {
  if (!('kind' in index)) {
    const columns = index.elements.map(({ column, expression }) => column ?? callName(expression ?? ''))
    if (columns.includes(null)) return ''
    return makeObjectName(table.name, joinColumnNames(indexColumnNames([...columns, ...index.include])), 'idx')
  }
  if (index.kind === 'primaryKey') return makeObjectName(table.name, null, 'pkey')
  if (index.kind === 'unique')
    return makeObjectName(table.name, joinColumnNames(indexColumnNames([...index.columns, ...index.include])), 'key')
  return ''
}

/** The name that a function call gives to its column of an index; null for what is not, or not surely, a plain call. */
function callName(expression: string): string | null {
  const name = isPlainCall(expression) ? (/^(?:[a-z_][a-z0-9_]*\.)?([a-z_][a-z0-9_]*)\(/.exec(expression)?.[1] ?? null) : null
  return name !== null && reservedWords.has(name) ? null : name
}

function gist(index: Index | Owning): string {
  return JSON.stringify({ ...index, name: '', only: false, attachedTo: null, comment: null, searchPath: null })
}
