import { nameKey } from '#core/schema/index.ts'
import type { CreateSchemaStmt, DefineStmt, DoStmt, Node, RangeVar } from 'libpg-query'
import { alterTable } from './alter-table.ts'
import { all, as, kindOf, type NodeKind, type NodeOf } from './ast.ts'
import { comment } from './comments.ts'
import { createForeignTable, createTable } from './create-table.ts'
import { staticBlock } from './do-blocks.ts'
import { drop } from './drop.ts'
import { defaultPrivileges, grant } from './grants.ts'
import { createIndex } from './indexes.ts'
import { keepDefinition, keepVerbatim, renameVerbatim } from './opaque.ts'
import { alterOwner } from './owners.ts'
import { rename, setSchema } from './rename.ts'
import { alterFunction, createAggregate, createFunction } from './routines.ts'
import { alterExtension, alterStatistics, createExtension, createNamespace, createStatistics } from './schema-statements.ts'
import { alterSequence, createSequence } from './sequences.ts'
import { computedBlock, keepDynamic, select, variableSet } from './settings.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { statementKind } from './statement-kind.ts'
import { alterEventTrigger, alterPolicy, createEventTrigger, createPolicy, createTrigger } from './triggers.ts'
import { alterComposite } from './alter-composite.ts'
import { alterDomain, alterEnum, createComposite, createDomain, createEnum, createRange } from './user-types.ts'
import { createMaterializedView, createRule, createView } from './views.ts'

type Handler<K extends NodeKind> = (st: Statement, node: NodeOf<K>) => Handled

/** What to do with each kind of statement. What is missing here is kept verbatim. */
const handlers: { readonly [K in NodeKind]?: Handler<K> } = {
  CreateStmt: createTable,
  CreateForeignTableStmt: createForeignTable,
  AlterTableStmt: alterTableOrType,
  IndexStmt: createIndex,
  CreateSeqStmt: createSequence,
  AlterSeqStmt: alterSequence,
  ViewStmt: createView,
  CreateTableAsStmt: createMaterializedView,
  RuleStmt: createRule,
  CreateTrigStmt: createTrigger,
  CreateEventTrigStmt: createEventTrigger,
  AlterEventTrigStmt: alterEventTrigger,
  CreatePolicyStmt: createPolicy,
  AlterPolicyStmt: alterPolicy,
  CreateFunctionStmt: createFunction,
  AlterFunctionStmt: alterFunction,
  CreateEnumStmt: createEnum,
  AlterEnumStmt: alterEnum,
  CreateDomainStmt: createDomain,
  AlterDomainStmt: alterDomain,
  CompositeTypeStmt: createComposite,
  CreateRangeStmt: createRange,
  CreateSchemaStmt: (st, node) => createNamespace(st, node, schemaElements),
  CreateExtensionStmt: createExtension,
  AlterExtensionStmt: alterExtension,
  CreateStatsStmt: createStatistics,
  AlterStatsStmt: alterStatistics,
  DefineStmt: define,
  CommentStmt: comment,
  DropStmt: drop,
  RenameStmt: rename,
  AlterObjectSchemaStmt: setSchema,
  AlterOwnerStmt: alterOwner,
  GrantStmt: grant,
  GrantRoleStmt: () => 'ignored',
  AlterDefaultPrivilegesStmt: defaultPrivileges,
  VariableSetStmt: variableSet,
  SelectStmt: select,
  DoStmt: doBlock,
  CallStmt: (st) => keepDynamic(st, 'CALL'),
  ClusterStmt: (st, node) => {
    const name = st.find(node.relation)
    const relation = name && st.catalog.relation(name)
    if (!node.indexname || (relation?.kind !== 'table' && relation?.kind !== 'view')) return 'ignored'
    const owner = relation.kind === 'table' ? relation.table : relation.view
    owner.clusteredOn = node.indexname
    return undefined
  },
}

/** Statements about data, sessions, roles, databases and servers: no part of a schema. */
const ignored = new Set<string>([
  'AlterDatabaseRefreshCollStmt',
  'AlterDatabaseSetStmt',
  'AlterDatabaseStmt',
  'AlterRoleSetStmt',
  'AlterRoleStmt',
  'AlterSystemStmt',
  'CheckPointStmt',
  'ClosePortalStmt',
  'ConstraintsSetStmt',
  'CopyStmt',
  'CreateRoleStmt',
  'CreateTableSpaceStmt',
  'CreatedbStmt',
  'DeallocateStmt',
  'DeclareCursorStmt',
  'DeleteStmt',
  'DiscardStmt',
  'DropRoleStmt',
  'DropTableSpaceStmt',
  'DropdbStmt',
  'ExecuteStmt',
  'ExplainStmt',
  'FetchStmt',
  'InsertStmt',
  'ListenStmt',
  'LoadStmt',
  'LockStmt',
  'MergeStmt',
  'NotifyStmt',
  'PrepareStmt',
  'ReassignOwnedStmt',
  'DropOwnedStmt',
  'RefreshMatViewStmt',
  'ReindexStmt',
  'TransactionStmt',
  'TruncateStmt',
  'UnlistenStmt',
  'UpdateStmt',
  'VacuumStmt',
  'VariableShowStmt',
])

/** Takes a parsed statement in. Throws a Refusal when it cannot be. */
export function dispatch(st: Statement, node: Node): Handled {
  const kind = kindOf(node)
  st.session.undone?.check(st, node)
  const about = changesVerbatim(st, kind, node)
  if (about) return about
  const handler = handlers[kind] as Handler<NodeKind> | undefined
  if (handler) return handler(st, as(node, kind) ?? ({} as NodeOf<NodeKind>))
  return ignored.has(kind) ? 'ignored' : keepOther(st, kind, node)
}

/** Statements that belong to a table which is itself kept verbatim are kept too, and go when it is dropped. */
const partsOfTables = new Set<NodeKind>(['AlterTableStmt', 'IndexStmt', 'CreateTrigStmt', 'CreatePolicyStmt', 'RuleStmt', 'RenameStmt'])

function changesVerbatim(st: Statement, kind: NodeKind, node: Node): Handled {
  if (!partsOfTables.has(kind)) return undefined
  const { relation, table, newname, renameType, idxname } = as(node, kind) as {
    relation?: RangeVar
    table?: RangeVar
    newname?: string
    renameType?: string
    idxname?: string
  }
  const name = st.find(relation ?? table)
  if (!name || st.catalog.relation(name)?.kind !== 'opaque') return undefined
  if (newname !== undefined && (renameType === 'OBJECT_TABLE' || renameType === 'OBJECT_INDEX'))
    return renameVerbatim(st, name, { namespace: name.namespace, name: newname })
  const own = idxname === undefined ? undefined : { namespace: name.namespace, name: idxname }
  if (own) st.catalog.addRelation(own, { kind: 'opaque', name: own })
  return keepVerbatim(st, statementKind(st.sql), { late: true, about: own ? [name, own] : [name] })
}

/** DO: a block that only carries statements out is read like them; any other is kept. */
function doBlock(st: Statement, node: DoStmt): Handled {
  const block = staticBlock(st.sql, node, (sql) => {
    const parsed = st.session.parse(sql)
    return parsed.ok ? parsed.stmts.flatMap(({ stmt }) => (stmt ? [stmt] : [])) : []
  })
  if (!block) return computedBlock(st, node)
  for (const { sql, at, node: inner } of block.statements) {
    try {
      dispatch(st.within(sql, at), inner)
    } catch (error) {
      if (!block.guarded || !(error instanceof Refusal) || !error.code.startsWith('duplicate-')) throw error
    }
  }
  return undefined
}

/** ALTER TYPE … ADD ATTRIBUTE comes as ALTER TABLE of a composite type. */
function alterTableOrType(st: Statement, node: NodeOf<'AlterTableStmt'>): Handled {
  const name = st.find(node.relation)
  const relation = name && st.catalog.relation(name)
  return relation?.kind === 'composite' ? alterComposite(st, relation.type, all(node.cmds, 'AlterTableCmd')) : alterTable(st, node)
}

/** CREATE AGGREGATE, TYPE, OPERATOR, COLLATION, TEXT SEARCH …: the grammar has one node for them. */
function define(st: Statement, node: DefineStmt): Handled {
  if (node.kind === 'OBJECT_AGGREGATE') return createAggregate(st, node)
  const what = (node.kind ?? '')
    .replace(/^OBJECT_/, '')
    .replaceAll('_', ' ')
    .replace(/^TS/, 'TEXT SEARCH ')
  if (node.kind === 'OBJECT_TYPE') return keepDefinition(st, 'CREATE TYPE', st.newNameOf(node.defnames), 'type')
  const name = st.newNameOf(node.defnames)
  if (node.kind === 'OBJECT_COLLATION') st.catalog.collations.add(nameKey(name))
  return keepDefinition(st, `CREATE ${what}`, name, 'other')
}

/** The statements written inside CREATE SCHEMA. */
function schemaElements(st: Statement, nodes: CreateSchemaStmt['schemaElts']): Handled {
  for (const node of nodes ?? []) dispatch(st, node)
  return undefined
}

/** Kinds without a typed place. What they define is noted where their node says it, so that users of it come later. */
function keepOther(st: Statement, kind: NodeKind, node: Node): Handled {
  const content = (as(node, kind) ?? {}) as Readonly<Record<string, unknown>>
  const parts = content['conversion_name'] ?? content['opfamilyname'] ?? content['opclassname']
  const reason = kind
    .replace(/Stmt$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toUpperCase()
  const late = kind.startsWith('Alter') || kind === 'SecLabelStmt'
  return Array.isArray(parts) ? keepDefinition(st, reason, st.newNameOf(parts as Node[]), 'other') : keepVerbatim(st, reason, { late })
}
