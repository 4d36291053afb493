import type { ObjectName } from '#core/schema/index.ts'
import type { IndexStmt } from 'libpg-query'
import { all } from './ast.ts'
import type { AnyIndex } from './relation.ts'
import { copy, type ConstraintDraft, type IndexDraft, type TableDraft, type ViewDraft } from './draft.ts'
import { figureColumnName, indexElements } from './index-elements.ts'
import { indexColumnNames, joinColumnNames, storedName } from './naming.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { optionTexts } from './values.ts'

/** Names of expressions among an index's columns, for the names of its copies. */
const expressionNames = new WeakMap<object, readonly (string | null)[]>()

export function createIndex(st: Statement, node: IndexStmt): Handled {
  const { relation: owner, name: ownerName } = indexOwner(st, node)
  const elements = all(node.indexParams, 'IndexElem')
  const names = elements.map((element) => (element.name ? storedName(element.name) : figureColumnName(element.expr)))
  checkColumns(
    owner,
    names.filter((_, n) => elements[n]?.name),
    node.relation?.location,
  )
  const given = node.idxname === undefined ? undefined : storedName(node.idxname)
  if (given !== undefined && st.catalog.relation({ namespace: ownerName.namespace, name: given })) {
    if (node.if_not_exists) return undefined
    throw new Refusal('duplicate-object', `relation "${given}" already exists`, { location: node.relation?.location })
  }
  const include = all(node.indexIncludingParams, 'IndexElem').map((element) => storedName(element.name ?? ''))
  const open = () => st.tokens.find('(', st.token(node.relation?.location))
  const params = indexElements(st, node.indexParams, open)
  const where = node.whereClause ? st.tokens.find('where', st.tokens.close(open())) : -1
  const index: IndexDraft = {
    name:
      given ??
      st.catalog.chooseRelationName(ownerName.namespace, [
        ownerName.name,
        joinColumnNames(indexColumnNames([...names, ...include])),
        'idx',
      ]),
    unique: node.unique === true,
    method: node.accessMethod ?? 'btree',
    elements: params,
    include,
    nullsNotDistinct: node.nulls_not_distinct === true,
    predicate: where < 0 ? null : withoutBrackets(st, where + 1),
    options: optionTexts(node.options),
    tablespace: st.tablespace(node.tableSpace),
    only: node.relation?.inh !== true && 'partitionBy' in owner && owner.partitionBy !== null,
    searchPath: st.searchPath,
    attachedTo: null,
    statistics: {},
    comment: null,
  }
  expressionNames.set(index, names)
  st.catalog.addIndex(owner, index)
  if (node.relation?.inh === true && 'partitionBy' in owner && owner.partitionBy) spreadIndex(st, owner, { kind: 'index', owner, index })
  return undefined
}

/** `WHERE (a > 1)` and `WHERE a > 1` are the same predicate. */
function withoutBrackets(st: Statement, from: number): string {
  const { tokens } = st
  const whole = tokens.word(from) === '(' && tokens.close(from) === tokens.length - 1
  return whole ? st.inside(from) : st.text(from, tokens.length)
}

function indexOwner(st: Statement, node: IndexStmt): { relation: TableDraft | ViewDraft; name: ObjectName } {
  const name = st.find(node.relation)
  const found = name && st.catalog.relation(name)
  if (found?.kind === 'table') return { relation: found.table, name: found.table }
  if (found?.kind === 'view' && found.view.materialized) return { relation: found.view, name: found.view }
  const hint = found ? { hint: 'Indexes belong to tables and materialized views.' } : {}
  throw new Refusal('unknown-table', `relation "${node.relation?.relname ?? ''}" ${found ? 'cannot have an index' : 'does not exist'}`, {
    location: node.relation?.location,
    ...hint,
  })
}

/** The columns of a materialized view are known to PostgreSQL only. */
function checkColumns(owner: TableDraft | ViewDraft, names: readonly (string | null)[], location: number | undefined): void {
  if (!('constraints' in owner)) return
  const missing = names.find((name) => name !== null && !owner.columns.some((column) => column.name === name) && !systemColumns.has(name))
  if (!missing) return
  const candidates = owner.columns.map((column) => column.name)
  throw new Refusal('unknown-column', `column "${missing}" does not exist in "${owner.name}"`, { location, candidates })
}
const systemColumns = new Set(['ctid', 'tableoid', 'xmin', 'xmax', 'cmin', 'cmax'])

/** Gives every partition below a table an index like this one, as PostgreSQL does without ONLY: a fitting one is attached, else one is made. */
export function spreadIndex(st: Statement, parent: TableDraft, index: AnyIndex): void {
  for (const child of st.catalog.childrenOf(parent)) {
    if (!child.partitionOf) continue
    const spread = attachOrMake(st, child, index)
    if (child.partitionBy) spreadIndex(st, child, spread)
  }
}

/** Gives one partition what all indexes of its parent ask for. */
export function inheritIndexes(st: Statement, parent: TableDraft, child: TableDraft): void {
  for (const index of indexesOf(parent)) {
    const spread = attachOrMake(st, child, index)
    if (child.partitionBy) spreadIndex(st, child, spread)
  }
}

/** All indexes of a table: those of constraints first, as they are made first. */
function indexesOf(table: TableDraft): readonly AnyIndex[] {
  const ofConstraints = table.constraints.flatMap((constraint): AnyIndex[] =>
    constraint.kind === 'primaryKey' || constraint.kind === 'unique' || constraint.kind === 'exclusion'
      ? [{ kind: 'constraintIndex', owner: table, constraint }]
      : [],
  )
  return [...ofConstraints, ...table.indexes.map((index): AnyIndex => ({ kind: 'index', owner: table, index }))]
}

function attachOrMake(st: Statement, child: TableDraft, parent: AnyIndex): AnyIndex {
  const attachedTo = { namespace: parent.owner.namespace, name: parent.kind === 'index' ? parent.index.name : parent.constraint.name }
  markOnly(parent)
  const fitting = indexesOf(child).find((candidate) => !attachment(candidate) && sameDefinition(candidate, parent))
  if (fitting) {
    attach(fitting, attachedTo)
    return fitting
  }
  if (parent.kind === 'index') {
    const index = copy(parent.index)
    const names = expressionNames.get(parent.index) ?? index.elements.map((element) => element.column)
    expressionNames.set(index, names)
    index.name = st.catalog.chooseRelationName(child.namespace, [
      child.name,
      joinColumnNames(indexColumnNames([...names, ...index.include])),
      'idx',
    ])
    Object.assign(index, { only: false, attachedTo, comment: null })
    st.catalog.addIndex(child, index)
    return { kind: 'index', owner: child, index }
  }
  const constraint = copy(parent.constraint)
  constraint.name = partitionConstraintName(st, child, constraint)
  Object.assign(constraint, { only: false, attachedTo, comment: null })
  st.catalog.addConstraint(child, constraint)
  return { kind: 'constraintIndex', owner: child, constraint }
}

function partitionConstraintName(st: Statement, child: TableDraft, constraint: ConstraintDraft): string {
  if (constraint.kind === 'primaryKey')
    return st.catalog.chooseRelationName(child.namespace, [child.name, null, 'pkey'], { constraint: true })
  const columns =
    constraint.kind === 'exclusion'
      ? constraint.elements.map(({ element }) => element.column)
      : constraint.kind === 'unique'
        ? [...constraint.columns, ...constraint.include]
        : []
  return st.catalog.chooseRelationName(
    child.namespace,
    [child.name, joinColumnNames(indexColumnNames(columns)), constraint.kind === 'unique' ? 'key' : 'excl'],
    { constraint: true },
  )
}

/** Its partitions' indexes are all listed, so making it must not make them again. */
function markOnly(index: AnyIndex): void {
  if (index.kind === 'index') index.index.only = true
  else if ('only' in index.constraint) index.constraint.only = true
}

const attachment = (index: AnyIndex): ObjectName | null =>
  index.kind === 'index' ? index.index.attachedTo : 'attachedTo' in index.constraint ? index.constraint.attachedTo : null

export function attach(index: AnyIndex, attachedTo: ObjectName | null): void {
  if (index.kind === 'index') index.index.attachedTo = attachedTo
  else if ('attachedTo' in index.constraint) index.constraint.attachedTo = attachedTo
}

/** Same method, keys, uniqueness and predicate, and both or neither behind a constraint. */
function sameDefinition(a: AnyIndex, b: AnyIndex): boolean {
  if (a.kind === 'index' && b.kind === 'index') return gist(a.index) === gist(b.index)
  return a.kind === 'constraintIndex' && b.kind === 'constraintIndex' && gist(a.constraint) === gist(b.constraint)
}

/** What of an index decides whether a partition's fits its parent's. */
function gist(index: IndexDraft | ConstraintDraft): string {
  const gone = { name: '', only: false, attachedTo: null, comment: null, searchPath: null, options: {}, tablespace: null, statistics: {} }
  return JSON.stringify({ ...index, ...gone })
}
