import { nameKey, type ObjectName } from '#core/schema/index.ts'
import type { Relation } from './relation.ts'
import type { ColumnDraft, ConstraintDraft, IndexDraft, TableDraft, ViewDraft } from './draft.ts'
import { moveVerbatim } from './opaque.ts'
import { movePublished, publishedAs, renameTypeInPlain } from './plain-changes.ts'
import { renameColumn, renameObject } from './rewrite.ts'
import type { Statement } from './statement.ts'
import { userTypeText } from './type-names.ts'
import { freezeStars, renameColumnInViews } from './view-texts.ts'

// What refers to an object that gets a new name: names in the model, and texts.

/** Gives a relation a new name or namespace, with everything that refers to it. */
export function moveRelation(st: Statement, from: ObjectName, relation: Relation, to: ObjectName): void {
  const { catalog } = st
  catalog.relations.delete(nameKey(from))
  catalog.relations.set(nameKey(to), relation)
  if (relation.kind === 'table' || relation.kind === 'view') moveVerbatim(st, from, to)
  switch (relation.kind) {
    case 'table':
      moveTable(st, relation.table, from, to)
      break
    case 'view':
      Object.assign(relation.view, to)
      moveIndexes(st, relation.view, from.namespace, to.namespace)
      rewriteTexts(st, from, to)
      rekeyReads(st, from, to)
      break
    case 'sequence':
      Object.assign(relation.sequence, to)
      rewriteDefaults(st, from, to)
      break
    case 'identity':
      if (relation.column.identity) relation.column.identity.sequenceName = to.name
      break
    case 'index':
      relation.index.name = to.name
      renameIndexUses(st, relation.owner, from, to)
      break
    case 'constraintIndex':
      catalog.countConstraintName(from.namespace, from.name, -1)
      catalog.countConstraintName(to.namespace, to.name, 1)
      relation.constraint.name = to.name
      renameIndexUses(st, relation.owner, from, to)
      break
    case 'composite':
      Object.assign(relation.type, to)
      retypeEverywhere(st, from, to)
      break
    case 'opaque':
      break
  }
}

/** Gives an enum, domain or range type a new name or namespace. */
export function moveType(st: Statement, from: ObjectName, to: ObjectName): void {
  const type = st.catalog.types.get(nameKey(from))
  if (!type) return
  st.catalog.types.delete(nameKey(from))
  st.catalog.types.set(nameKey(to), type.kind === 'opaque' ? { kind: 'opaque', name: to } : type)
  if (type.kind !== 'opaque') Object.assign(type.type, to)
  retypeEverywhere(st, from, to)
}

function moveTable(st: Statement, table: TableDraft, from: ObjectName, to: ObjectName): void {
  const { catalog } = st
  movePublished(st, from, to)
  Object.assign(table, to)
  catalog.moveReferences(from, to)
  const children = catalog.children.get(nameKey(from))
  if (children) {
    catalog.children.delete(nameKey(from))
    catalog.children.set(nameKey(to), children)
    for (const child of children) {
      if (child.partitionOf && nameKey(child.partitionOf.parent) === nameKey(from)) child.partitionOf.parent = to
      child.inherits = child.inherits.map((parent) => (nameKey(parent) === nameKey(from) ? to : parent))
    }
  }
  for (const other of catalog.tables()) {
    for (const constraint of other.constraints) {
      if (
        constraint.kind === 'foreignKey' &&
        constraint.references.table === from.name &&
        constraint.references.namespace === from.namespace
      ) {
        Object.assign(constraint.references, { namespace: to.namespace, table: to.name })
      }
    }
    for (const trigger of other.triggers)
      if (trigger.constraint?.from && nameKey(trigger.constraint.from) === nameKey(from)) trigger.constraint.from = to
  }
  for (const { ownedBy } of catalog.relations.sequences) {
    if (!ownedBy) continue
    if (ownedBy.table === from.name && ownedBy.namespace === from.namespace)
      Object.assign(ownedBy, { namespace: to.namespace, table: to.name })
  }
  for (const statistics of catalog.statistics.values()) if (nameKey(statistics.table) === nameKey(from)) statistics.table = to
  moveIndexes(st, table, from.namespace, to.namespace)
  moveOwned(st, table, from.namespace, to.namespace)
  rewriteTexts(st, from, to)
  rekeyReads(st, from, to)
  retypeEverywhere(st, from, to)
}

/** Indexes and constraints live where their table lives. */
function moveIndexes(st: Statement, owner: TableDraft | ViewDraft, from: string, to: string): void {
  if (from === to) return
  const { relations } = st.catalog
  const names = [...owner.indexes.map(({ name }) => name), ...('constraints' in owner ? owner.constraints.map(({ name }) => name) : [])]
  for (const name of names) {
    const relation = relations.get(nameKey({ namespace: from, name }))
    if (!relation || (relation.kind !== 'index' && relation.kind !== 'constraintIndex')) continue
    relations.delete(nameKey({ namespace: from, name }))
    relations.set(nameKey({ namespace: to, name }), relation)
  }
  if (!('constraints' in owner)) return
  for (const { name } of owner.constraints) {
    st.catalog.countConstraintName(from, name, -1)
    st.catalog.countConstraintName(to, name, 1)
  }
}

/** Sequences that belong to columns move with the table. */
function moveOwned(st: Statement, table: TableDraft, from: string, to: string): void {
  if (from === to) return
  for (const relation of [...st.catalog.relations.values()]) {
    if (
      relation.kind === 'sequence' &&
      relation.sequence.ownedBy?.table === table.name &&
      relation.sequence.ownedBy.namespace === to &&
      relation.sequence.namespace === from
    ) {
      moveRelation(st, { namespace: from, name: relation.sequence.name }, relation, { namespace: to, name: relation.sequence.name })
    } else if (relation.kind === 'identity' && relation.table === table && relation.column.identity?.sequenceName != null) {
      const name = relation.column.identity.sequenceName
      st.catalog.relations.delete(nameKey({ namespace: from, name }))
      st.catalog.relations.set(nameKey({ namespace: to, name }), relation)
    }
  }
}

function renameIndexUses(st: Statement, owner: TableDraft | ViewDraft, from: ObjectName, to: ObjectName): void {
  if (owner.clusteredOn === from.name) owner.clusteredOn = to.name
  if (!('partitionBy' in owner)) return
  if (owner.replicaIdentity?.index === from.name) owner.replicaIdentity.index = to.name
  for (const child of st.catalog.childrenOf(owner)) {
    for (const index of [...child.indexes, ...child.constraints]) {
      if ('attachedTo' in index && index.attachedTo && nameKey(index.attachedTo) === nameKey(from)) index.attachedTo = to
    }
  }
}

function rekeyReads(st: Statement, from: ObjectName, to: ObjectName): void {
  const before = nameKey(from)
  for (const view of st.catalog.viewReads.readersOf(before))
    st.catalog.viewReads.set(view, new Set([...(st.catalog.viewReads.get(view) ?? [])].map((key) => (key === before ? nameKey(to) : key))))
}

/** Queries of views that read the relation, and policies, rules and triggers that may. */
function rewriteTexts(st: Statement, from: ObjectName, to: ObjectName): void {
  const change = (text: string): string => (text.includes(from.name) ? renameObject(text, from, to) : text)
  const key = nameKey(from)
  for (const view of st.catalog.viewReads.readersOf(key)) view.definition = change(view.definition)
  for (const table of [...st.catalog.tables(), ...st.catalog.views()]) {
    for (const rule of table.rules) rule.commands = change(rule.commands)
    if (!('policies' in table)) continue
    for (const policy of table.policies) {
      if (policy.using !== null) policy.using = change(policy.using)
      if (policy.check !== null) policy.check = change(policy.check)
    }
  }
}

/** Defaults call the sequence by its name inside a string. */
function rewriteDefaults(st: Statement, from: ObjectName, to: ObjectName): void {
  for (const table of st.catalog.tables()) {
    for (const column of table.columns) if (column.default?.includes(from.name)) column.default = renameObject(column.default, from, to)
  }
}

/** Columns, arguments and casts spell the type's name. */
function retypeEverywhere(st: Statement, from: ObjectName, to: ObjectName): void {
  const { typeUses } = st.catalog
  if (!typeUses.has(from.name)) return
  typeUses.add(to.name)
  const [old, now] = [userTypeText(from), userTypeText(to)]
  const type = (text: string): string =>
    text === old || text.startsWith(`${old}[`) || text.startsWith(`${old}(`) ? now + text.slice(old.length) : text
  const cast = (text: string): string => (text.includes(from.name) && text.includes('::') ? renameObject(text, from, to) : text)
  renameTypeInPlain(st, from, to)
  for (const user of st.catalog.types.values()) if (user.kind === 'range') user.type.subtype = type(user.type.subtype)
  for (const table of st.catalog.tables()) {
    for (const column of table.columns) {
      column.type = type(column.type)
      if (column.default !== null) column.default = cast(column.default)
      if (column.generated) column.generated.expression = cast(column.generated.expression)
    }
    for (const constraint of table.constraints) if (constraint.kind === 'check') constraint.expression = cast(constraint.expression)
    for (const index of table.indexes) rewriteIndex(index, cast)
  }
  for (const relation of st.catalog.relations.values())
    if (relation.kind === 'composite') for (const attribute of relation.type.attributes) attribute.type = type(attribute.type)
  for (const view of st.catalog.views()) view.definition = cast(view.definition)
  for (const user of st.catalog.types.values()) if (user.kind === 'domain') user.type.type = type(user.type.type)
  for (const routine of [...st.catalog.routines.values()].flat()) {
    if (routine.returns !== null) routine.returns = type(routine.returns)
    for (const argument of [...routine.arguments, ...routine.orderBy]) argument.type = type(argument.type)
  }
}

/** Renames a column in its table and in everything that names it there or in foreign keys elsewhere. */
export function renameColumnEverywhere(st: Statement, table: TableDraft, from: string, to: string): void {
  const list = (names: string[]): string[] => names.map((name) => (name === from ? to : name))
  const text = (expression: string): string => renameColumn(expression, from, to, [table.name, 'new', 'old', 'excluded'])
  const column: ColumnDraft | undefined = table.columns.find(({ name }) => name === from)
  freezeStars(st, table)
  renameColumnInViews(st, table, from, to)
  if (column) column.name = to
  for (const other of table.columns) if (other.generated) other.generated.expression = text(other.generated.expression)
  for (const constraint of table.constraints) renameInConstraint(constraint, list, text)
  for (const index of table.indexes) {
    index.include = list(index.include)
    for (const element of index.elements) if (element.column === from) element.column = to
    rewriteIndex(index, text)
  }
  for (const key of table.partitionBy?.keys ?? []) {
    if (key.column === from) key.column = to
    if (key.expression !== null) key.expression = text(key.expression)
  }
  for (const policy of table.policies) {
    if (policy.using !== null) policy.using = text(policy.using)
    if (policy.check !== null) policy.check = text(policy.check)
  }
  for (const trigger of table.triggers) {
    for (const event of trigger.events) event.columns = list(event.columns)
    if (trigger.when !== null) trigger.when = text(trigger.when)
  }
  for (const other of st.catalog.referringTo(table)) {
    for (const constraint of other.constraints) {
      if (
        constraint.kind === 'foreignKey' &&
        constraint.references.table === table.name &&
        constraint.references.namespace === table.namespace
      )
        constraint.references.columns = list(constraint.references.columns)
    }
  }
  for (const { ownedBy } of st.catalog.relations.sequences)
    if (ownedBy?.table === table.name && ownedBy.namespace === table.namespace && ownedBy.column === from) ownedBy.column = to
  for (const statistics of st.catalog.statistics.values())
    if (nameKey(statistics.table) === nameKey(table)) statistics.elements = statistics.elements.map(text)
  for (const entry of publishedAs(st, table)) {
    entry.columns = list(entry.columns)
    if (entry.where !== null) entry.where = text(entry.where)
  }
}

function renameInConstraint(constraint: ConstraintDraft, list: (names: string[]) => string[], text: (expression: string) => string): void {
  switch (constraint.kind) {
    case 'primaryKey':
    case 'unique':
      constraint.columns = list(constraint.columns)
      constraint.include = list(constraint.include)
      break
    case 'foreignKey':
      constraint.columns = list(constraint.columns)
      constraint.onDeleteColumns = list(constraint.onDeleteColumns)
      break
    case 'check':
      constraint.expression = text(constraint.expression)
      break
    case 'exclusion':
      for (const { element } of constraint.elements) {
        if (element.column !== null) [element.column = null] = list([element.column])
        if (element.expression !== null) element.expression = text(element.expression)
      }
      if (constraint.predicate !== null) constraint.predicate = text(constraint.predicate)
  }
}

function rewriteIndex(index: IndexDraft, text: (expression: string) => string): void {
  for (const element of index.elements) if (element.expression !== null) element.expression = text(element.expression)
  if (index.predicate !== null) index.predicate = text(index.predicate)
}
