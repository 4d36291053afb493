import type { CreateSchemaStmt, DefineStmt, DoStmt, Node, RangeVar } from 'libpg-query'
import { alterTable } from './alter-table.ts'
import { all, as, kindOf, type NodeKind, type NodeOf } from './ast.ts'
import { alterBaseType, createBaseType } from './base-types.ts'
import { createCollation } from './collations.ts'
import { comment } from './comments.ts'
import { createForeignTable, createTable } from './create-table.ts'
import { staticBlock } from './do-blocks.ts'
import { unrolledLoop } from './do-loops.ts'
import { drop } from './drop.ts'
import {
  alterServer,
  alterUserMapping,
  alterWrapper,
  createServer,
  createUserMapping,
  createWrapper,
  dropUserMapping,
} from './foreign-data.ts'
import { defaultPrivileges, grant } from './grants.ts'
import { createIndex } from './indexes.ts'
import { createAccessMethod, createConversion, createLanguage, createTransform } from './languages.ts'
import { keepDefinition, keepVerbatim, renameVerbatim } from './opaque.ts'
import { alterOperator, alterOperatorFamily, createCast, createOperator, createOperatorClass, createOperatorFamily } from './operators.ts'
import { alterOwner } from './owners.ts'
import { alterPublication, createPublication } from './publications.ts'
import { rename, setSchema } from './rename.ts'
import { alterFunction, createAggregate, createFunction } from './routines.ts'
import { alterExtension, alterStatistics, createExtension, createNamespace, createStatistics } from './schema-statements.ts'
import { alterSequence, createSequence } from './sequences.ts'
import { computedBlock, discard, keepDynamic, select, transaction, variableSet } from './settings.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { statementKind } from './statement-kind.ts'
import { alterConfiguration, alterDictionary, createTextSearch } from './text-search.ts'
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
  AlterTypeStmt: alterBaseType,
  AlterOperatorStmt: alterOperator,
  CreateOpFamilyStmt: createOperatorFamily,
  AlterOpFamilyStmt: alterOperatorFamily,
  CreateOpClassStmt: createOperatorClass,
  CreateCastStmt: createCast,
  AlterTSDictionaryStmt: alterDictionary,
  AlterTSConfigurationStmt: alterConfiguration,
  CreatePLangStmt: createLanguage,
  CreateTransformStmt: createTransform,
  CreateConversionStmt: createConversion,
  CreateAmStmt: createAccessMethod,
  CreateFdwStmt: createWrapper,
  AlterFdwStmt: alterWrapper,
  CreateForeignServerStmt: createServer,
  AlterForeignServerStmt: alterServer,
  CreateUserMappingStmt: createUserMapping,
  AlterUserMappingStmt: alterUserMapping,
  DropUserMappingStmt: dropUserMapping,
  CreatePublicationStmt: createPublication,
  AlterPublicationStmt: alterPublication,
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
  DiscardStmt: discard,
  TransactionStmt: transaction,
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
  'AlterCollationStmt',
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
  return ignored.has(kind) ? 'ignored' : keepOther(st, kind)
}

/** Statements that belong to a table which is itself kept verbatim are kept too, and go when it is dropped. */
const partsOfTables = new Set<NodeKind>(['AlterTableStmt', 'IndexStmt', 'CreateTrigStmt', 'CreatePolicyStmt', 'RuleStmt', 'RenameStmt'])

function changesVerbatim(st: Statement, kind: NodeKind, node: Node): Handled {
  if (!partsOfTables.has(kind) || (st.session.temporary.size === 0 && !st.catalog.relations.hasOpaque)) return undefined
  const { relation, table, newname, renameType, idxname } = as(node, kind) as {
    relation?: RangeVar
    table?: RangeVar
    newname?: string
    renameType?: string
    idxname?: string
  }
  if (isTemporary(st, relation ?? table)) return 'ignored'
  const name = st.find(relation ?? table)
  if (!name || st.catalog.relation(name)?.kind !== 'opaque') return undefined
  if (newname !== undefined && (renameType === 'OBJECT_TABLE' || renameType === 'OBJECT_INDEX'))
    return renameVerbatim(st, name, { namespace: name.namespace, name: newname })
  const own = idxname === undefined ? undefined : { namespace: name.namespace, name: idxname }
  if (own) st.catalog.addRelation(own, { kind: 'opaque', name: own })
  return keepVerbatim(st, statementKind(st.sql), { late: true, about: own ? [name, own] : [name] })
}

/** A temporary table is no part of the schema, and hides one of its name. */
const isTemporary = (st: Statement, relation: RangeVar | undefined): boolean =>
  relation?.schemaname === undefined && st.session.temporary.has(relation?.relname ?? '')

/** DO: a block that only carries statements out is read like them; any other is kept. */
function doBlock(st: Statement, node: DoStmt): Handled {
  const block = staticBlock(st.sql, node, (sql) => {
    const parsed = st.session.parse(sql)
    return parsed.ok ? parsed.stmts.flatMap(({ stmt }) => (stmt ? [stmt] : [])) : []
  })
  if (!block) return loopOrComputed(st, node)
  for (const { sql, at, node: inner } of block.statements) {
    try {
      dispatch(st.within(sql, at), inner)
    } catch (error) {
      if (!block.guarded || !(error instanceof Refusal) || !error.code.startsWith('duplicate-')) throw error
    }
  }
  return undefined
}

/** A loop over constants is carried out; any other block that computes is kept. */
function loopOrComputed(st: Statement, node: DoStmt): Handled {
  const parsed = (unrolledLoop(node, st.session.parse) ?? []).map((sql) => ({ sql, tree: st.session.parse(sql) }))
  const plain = parsed.length > 0 && parsed.every(({ tree }) => tree.ok && tree.stmts.every(({ stmt }) => stmt && !as(stmt, 'DoStmt')))
  if (!plain) return computedBlock(st, node)
  for (const { sql, tree } of parsed) for (const { stmt } of tree.ok ? tree.stmts : []) if (stmt) dispatch(st.within(sql, 0), stmt)
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
  switch (node.kind) {
    case 'OBJECT_AGGREGATE':
      return createAggregate(st, node)
    case 'OBJECT_TYPE':
      return createBaseType(st, node)
    case 'OBJECT_OPERATOR':
      return createOperator(st, node)
    case 'OBJECT_COLLATION':
      return createCollation(st, node)
    case 'OBJECT_TSPARSER':
      return createTextSearch(st, node, 'parser')
    case 'OBJECT_TSTEMPLATE':
      return createTextSearch(st, node, 'template')
    case 'OBJECT_TSDICTIONARY':
      return createTextSearch(st, node, 'dictionary')
    case 'OBJECT_TSCONFIGURATION':
      return createTextSearch(st, node, 'configuration')
  }
  const what = (node.kind ?? '')
    .replace(/^OBJECT_/, '')
    .replaceAll('_', ' ')
    .replace(/^TS/, 'TEXT SEARCH ')
  return keepDefinition(st, `CREATE ${what}`, st.newNameOf(node.defnames), 'other')
}

/** The statements written inside CREATE SCHEMA. */
function schemaElements(st: Statement, nodes: CreateSchemaStmt['schemaElts']): Handled {
  for (const node of nodes ?? []) dispatch(st, node)
  return undefined
}

/** Kinds without a typed place. */
function keepOther(st: Statement, kind: NodeKind): Handled {
  const reason = kind
    .replace(/Stmt$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toUpperCase()
  return keepVerbatim(st, reason, { late: kind.startsWith('Alter') || kind === 'SecLabelStmt' })
}
