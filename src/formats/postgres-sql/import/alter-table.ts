import { unreachable } from '#core/unreachable.ts'
import { nameKey } from '#core/schema/index.ts'
import type { AlterTableCmd, AlterTableStmt, PartitionCmd, ReplicaIdentityStmt } from 'libpg-query'
import {
  addColumn,
  addIdentity,
  alterType,
  dropColumnCommand,
  dropExpression,
  dropIdentity,
  setColumnOptions,
  setCompression,
  setDefault,
  setExpression,
  setForeignColumnOptions,
  setIdentity,
  setNotNull,
  setStatistics,
  setStorage,
  type Alteration,
} from './alter-column.ts'
import { addConstraint, alterConstraint, dropConstraint, validateConstraint } from './alter-constraint.ts'
import { alterIndex, alterView } from './alter-index-view.ts'
import { all, as } from './ast.ts'
import type { TableDraft } from './draft.ts'
import { keepVerbatim } from './opaque.ts'
import { becomePartition, boundText, nameOf, partitionParent } from './partitions.ts'
import { accessMethodNamed } from './session-settings.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { changedOptions, roleName } from './values.ts'

/** ALTER TABLE and its sisters for indexes, views, sequences and foreign tables, which the grammar gives as one. */
export function alterTable(st: Statement, node: AlterTableStmt): Handled {
  const name = st.find(node.relation)
  const relation = name && st.catalog.relation(name)
  const cmds = all(node.cmds, 'AlterTableCmd')
  if (!relation) {
    if (node.missing_ok) return undefined
    throw new Refusal('unknown-table', `relation "${node.relation?.relname ?? ''}" does not exist`, { location: node.relation?.location })
  }
  if (cmds.every(({ subtype }) => subtype === 'AT_ChangeOwner')) return changeOwner(st, node, cmds[0])
  switch (relation.kind) {
    case 'table':
      return alterParts(st, relation.table, node, cmds)
    case 'index':
    case 'constraintIndex':
      return alterIndex(st, relation, cmds)
    case 'view':
      return alterView(st, relation.view, cmds)
    case 'opaque':
      return keepVerbatim(st, 'ALTER TABLE')
    case 'sequence':
      for (const cmd of cmds)
        if (cmd.subtype === 'AT_SetLogged' || cmd.subtype === 'AT_SetUnLogged')
          relation.sequence.unlogged = cmd.subtype === 'AT_SetUnLogged'
      return undefined
    case 'identity':
    case 'composite':
      throw new Refusal('wrong-object', `"${node.relation?.relname ?? ''}" is not a table`, { location: node.relation?.location })
    default:
      return unreachable(relation)
  }
}

function alterParts(st: Statement, table: TableDraft, node: AlterTableStmt, cmds: readonly AlterTableCmd[]): Handled {
  const recurse = node.relation?.inh === true
  let verbatim: Handled = undefined
  for (const [n, cmd] of cmds.entries()) {
    const handled = alterPart({ st, table, cmd, recurse, from: () => partStart(st, node, n) })
    if (handled === 'verbatim') verbatim = handled
  }
  if (st.textTaken) table.searchPath ??= st.searchPath
  return verbatim
}

/** The token at which the n-th part begins: parts stand between commas. */
function partStart(st: Statement, node: AlterTableStmt, n: number): number {
  let from = st.token(node.relation?.location)
  for (let part = 0; part < n; part += 1) from = st.tokens.elementEnd(from) + 1
  return from
}

const parts: Readonly<Record<string, (alteration: Alteration) => Handled>> = {
  AT_AddColumn: addColumn,
  AT_DropColumn: dropColumnCommand,
  AT_ColumnDefault: setDefault,
  AT_SetNotNull: (alteration) => setNotNull(alteration, false),
  AT_DropNotNull: (alteration) => setNotNull(alteration, true),
  AT_AlterColumnType: alterType,
  AT_SetStatistics: setStatistics,
  AT_SetOptions: (alteration) => setColumnOptions(alteration, false),
  AT_ResetOptions: (alteration) => setColumnOptions(alteration, true),
  AT_AlterColumnGenericOptions: setForeignColumnOptions,
  AT_SetStorage: setStorage,
  AT_SetCompression: setCompression,
  AT_AddIdentity: addIdentity,
  AT_SetIdentity: setIdentity,
  AT_DropIdentity: dropIdentity,
  AT_SetExpression: setExpression,
  AT_DropExpression: dropExpression,
  AT_AddConstraint: addConstraint,
  AT_AddIndexConstraint: addConstraint,
  AT_DropConstraint: dropConstraint,
  AT_AlterConstraint: alterConstraint,
  AT_ValidateConstraint: validateConstraint,
  AT_EnableRowSecurity: ({ table }) => void (table.rowSecurity = true),
  AT_DisableRowSecurity: ({ table }) => void (table.rowSecurity = false),
  AT_ForceRowSecurity: ({ table }) => void (table.forceRowSecurity = true),
  AT_NoForceRowSecurity: ({ table }) => void (table.forceRowSecurity = false),
  AT_SetLogged: ({ table }) => void (table.unlogged = false),
  AT_SetUnLogged: ({ table }) => void (table.unlogged = true),
  AT_SetRelOptions: ({ table, cmd }) => void (table.options = changedOptions(table.options, as(cmd.def, 'List')?.items, false)),
  AT_ResetRelOptions: ({ table, cmd }) => void (table.options = changedOptions(table.options, as(cmd.def, 'List')?.items, true)),
  AT_GenericOptions: ({ table, cmd }) => {
    if (table.foreign) table.foreign.options = changedOptions(table.foreign.options, as(cmd.def, 'List')?.items, false)
  },
  AT_SetTableSpace: ({ table, cmd }) => void (table.tablespace = cmd.name === 'pg_default' ? null : (cmd.name ?? null)),
  AT_SetAccessMethod: ({ table, cmd }) => void (table.accessMethod = accessMethodNamed(cmd.name)),
  AT_ClusterOn: ({ table, cmd }) => void (table.clusteredOn = cmd.name ?? null),
  AT_DropCluster: ({ table }) => void (table.clusteredOn = null),
  AT_ReplicaIdentity: ({ table, cmd }) => replicaIdentity(table, as(cmd.def, 'ReplicaIdentityStmt') ?? {}),
  AT_ChangeOwner: ({ st, table, cmd }) => {
    if (st.session.privileges) table.owner = roleName(cmd.newowner)
  },
  AT_AddInherit: addInherit,
  AT_DropInherit: dropInherit,
  AT_AttachPartition: attachPartition,
  AT_DetachPartition: detachPartition,
  AT_DetachPartitionFinalize: () => undefined,
  AT_AddOf: ({ st, cmd, table }) => {
    const name = st.findOf(as(cmd.def, 'TypeName')?.names)
    if (name) table.ofType = name
  },
  AT_DropOf: ({ table }) => void (table.ofType = null),
  AT_EnableTrig: (alteration) => setFiring(alteration, 'triggers', 'origin'),
  AT_EnableAlwaysTrig: (alteration) => setFiring(alteration, 'triggers', 'always'),
  AT_EnableReplicaTrig: (alteration) => setFiring(alteration, 'triggers', 'replica'),
  AT_DisableTrig: (alteration) => setFiring(alteration, 'triggers', 'disabled'),
  AT_EnableTrigAll: (alteration) => setFiring(alteration, 'triggers', 'origin', true),
  AT_DisableTrigAll: (alteration) => setFiring(alteration, 'triggers', 'disabled', true),
  AT_EnableTrigUser: (alteration) => setFiring(alteration, 'triggers', 'origin', true),
  AT_DisableTrigUser: (alteration) => setFiring(alteration, 'triggers', 'disabled', true),
  AT_EnableRule: (alteration) => setFiring(alteration, 'rules', 'origin'),
  AT_EnableAlwaysRule: (alteration) => setFiring(alteration, 'rules', 'always'),
  AT_EnableReplicaRule: (alteration) => setFiring(alteration, 'rules', 'replica'),
  AT_DisableRule: (alteration) => setFiring(alteration, 'rules', 'disabled'),
}

function alterPart(alteration: Alteration): Handled {
  const part = parts[alteration.cmd.subtype ?? '']
  return part ? part(alteration) : keepVerbatim(alteration.st, 'ALTER TABLE', { late: true })
}

function changeOwner(st: Statement, node: AlterTableStmt, cmd: AlterTableCmd | undefined): Handled {
  if (!st.session.privileges) return 'ignored'
  const name = st.find(node.relation)
  const relation = name && st.catalog.relation(name)
  const owner = roleName(cmd?.newowner)
  if (relation?.kind === 'table') relation.table.owner = owner
  else if (relation?.kind === 'view') relation.view.owner = owner
  else if (relation?.kind === 'sequence') relation.sequence.owner = owner
  else return 'ignored'
  return undefined
}

function replicaIdentity(table: TableDraft, node: ReplicaIdentityStmt): void {
  const kinds = { f: 'full', n: 'nothing', i: 'index' } as const
  const kind =
    node.identity_type === 'f' || node.identity_type === 'n' || node.identity_type === 'i' ? kinds[node.identity_type] : undefined
  table.replicaIdentity = kind ? { kind, index: node.name ?? null } : null
}

function setFiring(
  { st, table, cmd }: Alteration,
  list: 'triggers' | 'rules',
  enabled: TableDraft['triggers'][number]['enabled'],
  every = false,
): Handled {
  const found = table[list].filter(({ name }) => every || name === cmd.name)
  // A partition's copy of its table's trigger has no place of its own.
  if (found.length === 0 && list === 'triggers' && table.partitionOf) return keepVerbatim(st, 'ALTER TABLE', { late: true, about: [table] })
  if (found.length === 0 && !every) throw new Refusal('unknown-part', `"${cmd.name ?? ''}" for table "${table.name}" does not exist`)
  for (const part of found) part.enabled = enabled
  return undefined
}

function addInherit({ st, table, cmd }: Alteration): void {
  const parent = otherTable(st, as(cmd.def, 'RangeVar'))
  if (table.inherits.some((name) => nameKey(name) === nameKey(parent)))
    throw new Refusal('duplicate-object', `"${parent.name}" would be inherited from more than once`)
  table.inherits.push(nameOf(parent))
  st.catalog.addChild(parent, table)
}

function dropInherit({ st, table, cmd }: Alteration): void {
  const parent = otherTable(st, as(cmd.def, 'RangeVar'))
  table.inherits = table.inherits.filter((name) => nameKey(name) !== nameKey(parent))
  st.catalog.removeChild(parent, table)
  standAlone(st, table, parent)
}

function attachPartition({ st, table, cmd }: Alteration): void {
  const part: PartitionCmd = as(cmd.def, 'PartitionCmd') ?? {}
  const child = otherTable(st, part.name)
  partitionParent(st, { schemaname: table.namespace, relname: table.name }, part.bound)
  becomePartition(st, table, child, boundText(st, part.bound))
}

function detachPartition({ st, table, cmd }: Alteration): void {
  const child = otherTable(st, as(cmd.def, 'PartitionCmd')?.name)
  child.partitionOf = null
  st.catalog.removeChild(table, child)
  for (const index of child.indexes) index.attachedTo = null
  for (const constraint of child.constraints) if ('attachedTo' in constraint) constraint.attachedTo = null
  standAlone(st, child, table)
}

/** What came from a parent is the table's own now, unless another parent has it too. */
function standAlone(st: Statement, table: TableDraft, _parent: TableDraft): void {
  const parents = table.inherits.map((name) => st.catalog.table(name))
  for (const column of table.columns)
    column.inherited &&= parents.some((parent) => parent?.columns.some(({ name }) => name === column.name))
  for (const constraint of table.constraints) {
    if (constraint.kind === 'check')
      constraint.inherited &&= parents.some((parent) => parent?.constraints.some(({ name }) => name === constraint.name))
  }
}

function otherTable(st: Statement, relation: PartitionCmd['name']): TableDraft {
  const name = st.find(relation)
  const table = name && st.catalog.table(name)
  if (!table) throw new Refusal('unknown-table', `relation "${relation?.relname ?? ''}" does not exist`, { location: relation?.location })
  return table
}
