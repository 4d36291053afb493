import { unreachable } from '#core/unreachable.ts'
import { quoteName } from '#core/dialects/postgres.ts'
import type { Exclusion, ObjectName, ReferentialAction } from '#core/schema/index.ts'
import { isEqual } from '#core/project/equal.ts'
import type { Constraint as ConstraintNode } from 'libpg-query'
import { all, items, strings, walk } from './ast.ts'
import type { ConstraintDraft, Draft, TableDraft } from './draft.ts'
import { figureColumnName, indexElement } from './index-elements.ts'
import { indexColumnNames, joinColumnNames, storedName } from './naming.ts'
import { causeOf } from './causes.ts'
import { Refusal, type Statement } from './statement.ts'
import { optionTexts } from './values.ts'

/** A constraint as it is written: not yet named where the source does not name it. */
export interface ReadConstraint {
  readonly draft: ConstraintDraft
  readonly node: ConstraintNode
  /** The index to be made a constraint: `UNIQUE USING INDEX name`. */
  readonly usingIndex: string | undefined
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = { a: 'noAction', r: 'restrict', c: 'cascade', n: 'setNull', d: 'setDefault' }

/** Reads a column's or a table's constraint; undefined for the kinds that are properties of a column. `table` is the one it will belong to. */
export function readConstraint(st: Statement, node: ConstraintNode, table: ObjectName, column?: string): ReadConstraint | undefined {
  const draft = readDraft(st, node, table, column)
  return draft && { draft, node, usingIndex: node.indexname }
}

// Written out, and not made by the factories: there are many of them.
function readDraft(st: Statement, node: ConstraintNode, table: ObjectName, column: string | undefined): ConstraintDraft | undefined {
  const columns = (nodes: ConstraintNode['keys']): string[] =>
    nodes ? strings(nodes).map(storedName) : column === undefined ? [] : [column]
  const name = storedName(node.conname ?? '')
  const deferrable = node.deferrable === true
  const initiallyDeferred = node.initdeferred === true
  switch (node.contype) {
    case 'CONSTR_PRIMARY':
      return {
        kind: 'primaryKey',
        name,
        deferrable,
        initiallyDeferred,
        comment: null,
        columns: columns(node.keys),
        withoutOverlaps: node.without_overlaps === true,
        ...indexed(st, node),
      }
    case 'CONSTR_UNIQUE':
      return {
        kind: 'unique',
        name,
        deferrable,
        initiallyDeferred,
        comment: null,
        columns: columns(node.keys),
        nullsNotDistinct: node.nulls_not_distinct === true,
        withoutOverlaps: node.without_overlaps === true,
        ...indexed(st, node),
      }
    case 'CONSTR_CHECK':
      return {
        kind: 'check',
        name,
        deferrable,
        initiallyDeferred,
        comment: null,
        expression: checkExpression(st, node),
        noInherit: node.is_no_inherit === true,
        inherited: false,
        validated: node.initially_valid === true,
        enforced: node.is_enforced === true,
      }
    case 'CONSTR_EXCLUSION':
      return { kind: 'exclusion', name, deferrable, initiallyDeferred, comment: null, ...exclusionParts(st, node), ...indexed(st, node) }
    case 'CONSTR_FOREIGN':
      return readForeignKey(st, node, table, columns(node.fk_attrs))
    default:
      return undefined
  }
}

function readForeignKey(st: Statement, node: ConstraintNode, table: ObjectName, columns: string[]): ConstraintDraft {
  return {
    kind: 'foreignKey',
    name: storedName(node.conname ?? ''),
    deferrable: node.deferrable === true,
    initiallyDeferred: node.initdeferred === true,
    comment: null,
    columns,
    references: referenced(st, node, table),
    match: node.fk_matchtype === 'f' ? 'full' : node.fk_matchtype === 'p' ? 'partial' : 'simple',
    onDelete: ACTIONS[node.fk_del_action ?? 'a'] ?? 'noAction',
    onUpdate: ACTIONS[node.fk_upd_action ?? 'a'] ?? 'noAction',
    onDeleteColumns: strings(node.fk_del_set_cols).map(storedName),
    period: node.fk_with_period === true,
    validated: node.initially_valid === true,
    enforced: node.is_enforced === true,
    only: false,
  }
}

/** What constraints that own an index add. */
const indexed = (st: Statement, node: ConstraintNode) => ({
  include: strings(node.including).map(storedName),
  options: optionTexts(node.options),
  tablespace: st.tablespace(node.indexspace),
  only: false,
  attachedTo: null,
})

function checkExpression(st: Statement, node: ConstraintNode): string {
  const check = st.tokens.find('check', st.token(node.location))
  return st.inside(check + 1)
}

function exclusionParts(st: Statement, node: ConstraintNode): Pick<Draft<Exclusion>, 'method' | 'elements' | 'predicate'> {
  const { tokens } = st
  const open = tokens.find('(', tokens.find('exclude', st.token(node.location)))
  const ranges = tokens.elements(open)
  const elements = (node.exclusions ?? []).map((pair, n) => {
    const [from, to] = ranges[n] ?? [open, open]
    const separator = lastWith(st, from, to)
    const [element] = all(items(pair), 'IndexElem')
    return { element: indexElement(st, element ?? {}, from, separator), operator: tokens.slice(separator + 1, to) }
  })
  let predicate: string | null = null
  if (node.where_clause) {
    const where = tokens.find('where', tokens.close(open))
    predicate = st.inside(where + 1)
  }
  return { method: node.access_method ?? null, elements, predicate }
}

/** The WITH before an exclusion's operator: the last one outside brackets. */
function lastWith(st: Statement, from: number, to: number): number {
  let found = from
  for (let at = st.tokens.find('with', from, to); at >= 0; at = st.tokens.find('with', at + 1, to)) found = at
  return found
}

/** The referenced table and its columns; without columns it is the primary key's, known once that table is. */
function referenced(st: Statement, node: ConstraintNode, table: ObjectName): { namespace: string; table: string; columns: string[] } {
  const found = referencedTable(st, node, table)
  const own = found ?? {
    namespace: node.pktable?.schemaname ?? st.session.path.creation ?? 'public',
    name: storedName(node.pktable?.relname ?? ''),
  }
  return { namespace: own.namespace, table: own.name, columns: strings(node.pk_attrs).map(storedName) }
}

/** The table a foreign key points to: the one being made, or one there is. */
export function referencedTable(st: Statement, node: ConstraintNode, table: ObjectName): ObjectName | undefined {
  const { schemaname, relname } = node.pktable ?? {}
  const found = st.find(node.pktable)
  if (found) return found
  const own =
    relname === table.name && (schemaname === undefined ? st.session.path.names.includes(table.namespace) : schemaname === table.namespace)
  return own ? table : undefined
}

/** What must be true before anything is changed: foreign keys point to tables that are there (unless we may put things in order). */
export function checkReferences(st: Statement, nodes: readonly ConstraintNode[], table: ObjectName): void {
  if (!st.session.strict) return
  for (const node of nodes) {
    if (node.contype !== 'CONSTR_FOREIGN') continue
    const found = referencedTable(st, node, table)
    const missing = found && missingColumn(st, found, strings(node.pk_attrs).map(storedName))
    if (missing) throw missing
    if (found) continue
    throw new Refusal('unknown-table', `relation "${node.pktable?.relname ?? ''}" does not exist`, { location: node.pktable?.location })
  }
}

/** A foreign key's columns are there on the other side. */
function missingColumn(st: Statement, target: ObjectName, names: readonly string[]): Refusal | undefined {
  const table = st.catalog.table(target)
  const missing = table && names.find((name) => !table.columns.some((column) => column.name === name))
  if (!table || missing === undefined) return undefined
  const candidates = table.columns.map(({ name }) => name)
  return new Refusal('unknown-column', `column "${missing}" referenced in foreign key does not exist in "${table.name}"`, { candidates })
}

/** The columns of keys are those of the table. */
export function checkKeyColumns(table: TableDraft, draft: ConstraintDraft, location: number | undefined): void {
  if (draft.kind !== 'primaryKey' && draft.kind !== 'unique' && draft.kind !== 'foreignKey') return
  const missing = draft.columns.find((name) => !table.columns.some((column) => column.name === name))
  if (missing === undefined) return
  const candidates = table.columns.map(({ name }) => name)
  throw new Refusal('unknown-column', `column "${missing}" named in key does not exist`, { location, candidates })
}

/** Names a constraint as PostgreSQL would when it has no name. */
export function nameConstraint(st: Statement, table: TableDraft, { draft, node }: ReadConstraint): void {
  if (draft.name !== '') return
  const { namespace, name } = table
  switch (draft.kind) {
    case 'primaryKey':
      draft.name = st.catalog.chooseRelationName(namespace, [name, null, 'pkey'], { constraint: true })
      return
    case 'unique':
      draft.name = st.catalog.chooseRelationName(
        namespace,
        [name, joinColumnNames(indexColumnNames([...draft.columns, ...draft.include])), 'key'],
        { constraint: true },
      )
      return
    case 'exclusion': {
      const names = draft.elements.map(
        ({ element }, n) => element.column ?? figureColumnName(all(items(node.exclusions?.[n]), 'IndexElem')[0]?.expr),
      )
      draft.name = st.catalog.chooseRelationName(
        namespace,
        [name, joinColumnNames(indexColumnNames([...names, ...draft.include])), 'excl'],
        {
          constraint: true,
        },
      )
      return
    }
    case 'foreignKey':
      draft.name = st.catalog.chooseConstraintName(namespace, name, joinColumnNames(draft.columns), 'fkey')
      return
    case 'check':
      draft.name = st.catalog.chooseConstraintName(namespace, name, onlyColumn(table, node), 'check')
      return
    default:
      return unreachable(draft)
  }
}

/** The one column a check reads, or null when it reads none or several. */
function onlyColumn(table: TableDraft, node: ConstraintNode): string | null {
  const read = new Set<string>()
  walk(node.raw_expr, (kind, content) => {
    if (kind !== 'ColumnRef') return
    const name = strings((content as { fields?: ConstraintNode['keys'] }).fields).at(-1) ?? '*'
    read.add(name)
  })
  const [only] = read
  return read.size === 1 && only !== undefined && table.columns.some((column) => column.name === only) ? only : null
}

/** Fills in the columns a foreign key points to when only the table was named; what cannot be found yet is looked up at the end. */
export function resolveReference(st: Statement, table: TableDraft, { draft, node }: ReadConstraint): void {
  if (draft.kind !== 'foreignKey') return
  const target = referencedTable(st, node, table)
  const location = node.pktable?.location
  if (target) {
    fillReference(st, table, draft, target)
    checkReferenced(st, table, draft, location)
    return
  }
  st.session.later.push(() => {
    const found = st.catalog.table({ namespace: draft.references.namespace, name: draft.references.table })
    const name = node.pktable?.relname ?? ''
    if (found) {
      fillReference(st, table, draft, found)
      if (!checkReferenced(st, table, draft, location)) return
      st.tell('info', 'forward-reference', `"${quoteName(table.name)}" refers to "${name}", which is created later.`, {
        location,
        hint: 'PostgreSQL itself would refuse this order. Export puts it right.',
      })
      return
    }
    if (table.constraints.includes(draft)) st.catalog.removeConstraint(table, draft)
    if (st.session.refused.explains(name, st)) return
    const cause = causeOf(st, new Refusal('unknown-table', `table "${name}" does not exist`, { location }))
    st.tell('error', 'unknown-table', `Foreign key ${draft.name}: table "${name}" does not exist.`, {
      ...(cause.start === undefined ? { location } : { place: st.place(cause.start, cause.length) }),
      hint: cause.hint ?? 'Create the table, or import the file that does.',
    })
  })
}

/** A foreign key to a column that is not there is left out; the rest of the statement is taken. */
function checkReferenced(
  st: Statement,
  table: TableDraft,
  draft: Extract<ConstraintDraft, { kind: 'foreignKey' }>,
  location: number | undefined,
): boolean {
  const target = { namespace: draft.references.namespace, name: draft.references.table }
  const missing = missingColumn(st, target, draft.references.columns)
  if (!missing) return true
  if (table.constraints.includes(draft)) st.catalog.removeConstraint(table, draft)
  const name = /"([^"]+)"/.exec(missing.message)?.[1] ?? ''
  if (st.session.refused.explains(`${target.name}.${name}`, st)) return false
  const { start, length, hint } = causeOf(st, missing)
  st.tell('error', 'unknown-column', `Foreign key ${draft.name}: ${missing.message}.`, {
    ...(start === undefined ? { location } : { place: st.place(start, length) }),
    ...(hint !== undefined && { hint }),
  })
  return false
}

function fillReference(
  st: Statement,
  table: TableDraft,
  draft: Extract<ConstraintDraft, { kind: 'foreignKey' }>,
  target: ObjectName,
): void {
  st.catalog.noteReference(table, target)
  draft.references.namespace = target.namespace
  draft.references.table = target.name
  if (draft.references.columns.length > 0) return
  const key = st.catalog.table(target)?.constraints.find((constraint) => constraint.kind === 'primaryKey')
  if (key?.kind === 'primaryKey') draft.references.columns = [...key.columns]
}

/** Two index constraints that say the same: PostgreSQL makes one of them (transformIndexConstraints). */
export function sameIndex(a: ConstraintDraft, b: ConstraintDraft): boolean {
  if (a.kind === 'exclusion' && b.kind === 'exclusion') return isEqual({ ...a, name: '' }, { ...b, name: '' })
  const keyed = (c: ConstraintDraft) => (c.kind === 'primaryKey' || c.kind === 'unique' ? c : undefined)
  const [x, y] = [keyed(a), keyed(b)]
  if (!x || !y || x.deferrable !== y.deferrable || x.initiallyDeferred !== y.initiallyDeferred) return false
  const distinct = (c: ConstraintDraft) => c.kind === 'unique' && c.nullsNotDistinct
  return distinct(x) === distinct(y) && [x, y].map((c) => [c.columns, c.include].join('|')).every((text, _, [first]) => text === first)
}
