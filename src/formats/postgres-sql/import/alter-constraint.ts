import type { AlterTableCmd } from 'libpg-query'
import { as } from './ast.ts'
import type { Alteration } from './alter-column.ts'
import { addNotNull, dropNotNullConstraint, setNotNullInheritance, validateNotNull } from './alter-not-null.ts'
import { addConstraints } from './create-table.ts'
import { checkKeyColumns, checkReferences, readConstraint } from './constraints.ts'
import type { ConstraintDraft, TableDraft } from './draft.ts'
import { spreadIndex } from './indexes.ts'
import { dropSharedForeignKeys, family, inheritCheck } from './partitions.ts'
import { storedName } from './naming.ts'
import { notNullNamed } from './not-null.ts'
import { dropIndexTree, dropReferencing } from './removal.ts'
import { Refusal, type Statement } from './statement.ts'

export function addConstraint(alteration: Alteration): void {
  const { st, table, cmd, recurse } = alteration
  const node = as(cmd.def, 'Constraint') ?? {}
  if (node.contype === 'CONSTR_NOTNULL') return addNotNull(alteration, node)
  checkReferences(st, [node], table)
  const read = readConstraint(st, node, table)
  if (!read) return
  const { draft } = read
  if (draft.kind === 'primaryKey' && table.constraints.some(({ kind }) => kind === 'primaryKey')) {
    throw new Refusal('duplicate-object', `multiple primary keys for table "${table.name}" are not allowed`, { location: node.location })
  }
  checkKeyColumns(table, draft, node.location)
  if (draft.kind === 'foreignKey') {
    draft.validated = node.skip_validation !== true
    draft.only = !recurse && table.partitionBy !== null
  } else if (draft.kind === 'check') draft.validated = node.skip_validation !== true
  else draft.only = !recurse && table.partitionBy !== null
  if (read.usingIndex !== undefined) adoptIndex(st, table, draft, read.usingIndex)
  addConstraints(st, table, [read])
  table.searchPath ??= st.searchPath
  if (draft.kind === 'check') {
    if (recurse && !draft.noInherit) for (const member of family(st, table)) if (member !== table) inheritCheck(st, member, draft)
  } else if (draft.kind === 'foreignKey') {
    if (table.partitionBy) for (const member of family(st, table)) if (member !== table) dropSharedForeignKeys(st, table, member)
  } else if (recurse && table.partitionBy) spreadIndex(st, table, { kind: 'constraintIndex', owner: table, constraint: draft })
}

/** `UNIQUE USING INDEX name`: the index goes, the constraint takes its keys and, without a name of its own, its name. */
function adoptIndex(st: Statement, table: TableDraft, draft: ConstraintDraft, name: string): void {
  const index = table.indexes.find((candidate) => candidate.name === storedName(name))
  if (!index) throw new Refusal('unknown-index', `index "${name}" does not exist`)
  if (draft.kind === 'primaryKey' || draft.kind === 'unique') {
    draft.columns = index.elements.map((element) => element.column ?? '')
    draft.include = [...index.include]
    draft.options = index.options
    draft.tablespace = index.tablespace
  }
  if (draft.name === '') draft.name = index.name
  draft.comment = index.comment
  // The index takes the constraint's name along.
  if (table.clusteredOn === index.name) table.clusteredOn = draft.name
  if (table.replicaIdentity?.index === index.name) table.replicaIdentity.index = draft.name
  st.catalog.removeIndex(table, index)
}

export function dropConstraint(alteration: Alteration): void {
  const { st, table, cmd, recurse } = alteration
  const constraint = table.constraints.find(({ name }) => name === cmd.name)
  if (!constraint) {
    const column = notNullNamed(table, cmd.name)
    if (column) dropNotNullConstraint(alteration, column)
    else if (!cmd.missing_ok)
      throw new Refusal('unknown-constraint', `constraint "${cmd.name ?? ''}" of relation "${table.name}" does not exist`)
    return
  }
  if (constraint.kind === 'check') {
    st.catalog.removeConstraint(table, constraint)
    for (const member of recurse ? family(st, table) : []) {
      const own = member.constraints.find((other) => other.name === constraint.name)
      if (own?.kind === 'check' && own.inherited) st.catalog.removeConstraint(member, own)
    }
    return
  }
  if (constraint.kind === 'foreignKey') {
    st.catalog.removeConstraint(table, constraint)
    return
  }
  if (cmd.behavior === 'DROP_CASCADE') dropReferencing(st, table, constraint)
  dropIndexTree(st, { kind: 'constraintIndex', owner: table, constraint })
}

export function alterConstraint(alteration: Alteration): void {
  const { table, cmd } = alteration
  const change = as(cmd.def, 'ATAlterConstraint') ?? {}
  const column = change.alterInheritability ? notNullNamed(table, change.conname) : undefined
  if (column) return setNotNullInheritance(alteration, column, change.noinherit === true)
  const constraint = named(table, { ...cmd, name: change.conname ?? '' })
  if (constraint.kind !== 'foreignKey' && (change.alterDeferrability || change.alterEnforceability))
    throw new Refusal('wrong-object', `constraint "${constraint.name}" of relation "${table.name}" is not a foreign key constraint`)
  if (change.alterDeferrability) {
    constraint.deferrable = change.deferrable === true
    constraint.initiallyDeferred = change.initdeferred === true
  }
  if (change.alterEnforceability && constraint.kind === 'foreignKey') {
    // What is enforced again is looked at again.
    constraint.enforced = change.is_enforced === true
    constraint.validated = constraint.enforced
  }
}

export function validateConstraint(alteration: Alteration): void {
  const { st, table, cmd, recurse } = alteration
  const column = notNullNamed(table, cmd.name)
  if (column && !table.constraints.some(({ name }) => name === cmd.name)) return validateNotNull(alteration, column)
  const constraint = named(table, cmd)
  if (constraint.kind !== 'foreignKey' && constraint.kind !== 'check') return
  constraint.validated = true
  if (constraint.kind !== 'check' || !recurse) return
  for (const member of family(st, table))
    for (const own of member.constraints) if (own.kind === 'check' && own.name === constraint.name) own.validated = true
}

function named(table: TableDraft, cmd: AlterTableCmd): ConstraintDraft {
  const constraint = table.constraints.find(({ name }) => name === cmd.name)
  if (!constraint) throw new Refusal('unknown-constraint', `constraint "${cmd.name ?? ''}" of relation "${table.name}" does not exist`)
  return constraint
}
