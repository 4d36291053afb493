import { aSchema, type Schema, type SchemaList } from '#core/schema/index.ts'
import { DatabaseError, type Connection } from '../connection.ts'
import { readAccessMethods, readConversions, readLanguages, readTransforms } from './read/plain/languages.ts'
import { readCollations } from './read/plain/collations.ts'
import { readServers, readUserMappings, readWrappers } from './read/plain/foreign-data.ts'
import { readOperatorClasses } from './read/plain/operator-classes.ts'
import { readCasts, readOperators } from './read/plain/operators.ts'
import { readPublications } from './read/plain/publications.ts'
import { readTextSearch } from './read/plain/text-search.ts'
import { tellLeftovers } from './read/leftovers.ts'
import { readPrivileges } from './read/privileges/privileges.ts'
import { columnsOfTables, readColumns, type ColumnContext } from './read/columns.ts'
import { readComments } from './read/comments.ts'
import { readConstraintRows } from './read/constraint-rows.ts'
import { constraintsOf } from './read/constraints.ts'
import { indexesOf, readClasses, readIndexRows } from './read/indexes.ts'
import { readExtensions, readNamespaces } from './read/namespaces.ts'
import { readPresence } from './read/presence.ts'
import { readRelations } from './read/relations.ts'
import { readRoutineRows, routinesOf } from './read/routines.ts'
import { readSequenceRows, sequencesOf } from './read/sequences.ts'
import { readEventTriggers, readStatistics } from './read/statistics.ts'
import { readParents, tablesOf, viewsOf, type Parts } from './read/tables.ts'
import { keepExtensionPolicies } from './read/extension-policies.ts'
import { readPolicies, readRules, readTriggers } from './read/triggers.ts'
import { readTypeRows, readUserTypes } from './read/user-types.ts'
import type { Asking, Reading } from './reading.ts'
import { selected } from './selection.ts'
import type { IntrospectOptions, Introspection } from './types.ts'

/**
 * Reads a database's catalogs as a schema, in one read-only transaction that sees one moment. What is read is what pg_dump would write; texts are
 * PostgreSQL's own, every name in them with its namespace. PostgreSQL 13 to 18 and PGlite. Rejects with a `DatabaseError`, or with the signal's reason.
 */
export async function introspect(connection: Connection, options: IntrospectOptions = {}): Promise<Introspection> {
  const begun = Promise.all([connection.exec('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY'), connection.query(settings)])
  try {
    const [result] = await Promise.all([readAll(connection, options), begun])
    return result
  } finally {
    await connection.exec('ROLLBACK').catch(() => undefined)
  }
}

/** What makes texts come out the same everywhere. Of this transaction only. */
const settings = `SELECT ${Object.entries({
  search_path: '',
  quote_all_identifiers: 'off',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  extra_float_digits: '1',
  bytea_output: 'hex',
  xmloption: 'content',
  // Compiling a query of the catalogs takes longer than running it.
  jit: 'off',
})
  .map(([name, value]) => `set_config('${name}', '${value}', true)`)
  .join(', ')}`

/** So many queries are asked in all, as near as progress needs to know. */
const STEPS = 24

const TRANSACTION_FAILED = '25P02'

async function readAll(connection: Connection, options: IntrospectOptions): Promise<Introspection> {
  const { server } = connection
  let asked = 0
  let cause: unknown
  const query: Connection['query'] = async (sql, params) => {
    if (options.signal?.aborted) throw options.signal.reason ?? new Error('The introspection was cancelled.')
    const rows = await connection.query(sql, params).catch((error: unknown) => {
      // What was asked for behind a question that failed is refused, too: that says nothing.
      if (!(error instanceof DatabaseError && error.code === TRANSACTION_FAILED)) cause = error
      throw cause ?? error
    })
    asked += 1
    options.onProgress?.(Math.min(0.99, asked / STEPS))
    return rows as never
  }
  const since = (version: number, expression: string, otherwise: string) => (server.number >= version ? expression : otherwise)
  // What is asked for together travels together: the server works while the answers are read.
  const asking: Asking = { query, server, options, since }
  const relationsAsked = readRelations(asking)
  const commentsAsked = readComments(query)
  const namespacesAsked = readNamespaces(query, commentsAsked, options)
  const presenceAsked = readPresence(query)
  const rowsAsked = readRows(asking)
  // Looked at later, unless what is looked at first fails.
  rowsAsked.catch(() => undefined)
  const [relations, namespaces, comments, has] = await Promise.all([relationsAsked, namespacesAsked, commentsAsked, presenceAsked])
  const found = { namespaces: namespaces.byOid, relations, comments, has }
  const reading: Reading = { ...asking, ...found, diagnostics: [], opaque: [] }
  for (const name of namespaces.missing)
    reading.diagnostics.push({ code: 'not-in-database', severity: 'warning', message: `There is no schema "${name}" in the database.` })
  const parts = await Promise.all([
    has('pg_extension') ? readExtensions(query, comments) : [],
    readObjects(reading, rowsAsked),
    together(namespacedReaders(reading)),
    together(isWhole(options) ? globalReaders(reading) : foreignReaders(reading)),
  ])
  const [extensions, ...lists] = parts
  const schema = aSchema({
    namespaces: namespaces.named,
    extensions,
    ...Object.assign({}, ...lists),
    ...(isWhole(options) && (await readGuarded(reading))),
    privileges: await readPrivileges(reading),
    opaque: reading.opaque,
  })
  options.onProgress?.(1)
  return { schema: selected(schema, options, reading.diagnostics), diagnostics: reading.diagnostics, server }
}

/** What can be asked for at once: the server is at it while the next questions are on their way. */
const readRows = (asking: Asking) => Promise.all([readTypeRows(asking), readRoutineRows(asking), readClasses(asking)])

async function readObjects(reading: Reading, rowsAsked: ReturnType<typeof readRows>): Promise<Partial<Schema>> {
  const { has } = reading
  const none = () => []
  const early = Promise.all([rowsAsked, readSequenceRows(reading), readConstraintRows(reading), readColumns(reading)])
  const late = Promise.all([
    readIndexRows(reading),
    has('pg_trigger') ? readTriggers(reading) : none,
    has('pg_rewrite') ? readRules(reading) : none,
    has('pg_policy') ? readPolicies(reading) : none,
    has('pg_inherits') ? readParents(reading) : new Map(),
    has('pg_statistic_ext') ? readStatistics(reading) : [],
    has('pg_extension') && isWhole(reading.options) && keepExtensionPolicies(reading),
  ])
  late.catch(() => undefined)
  const [[typeRows, routineRows, classes], sequenceRows, constraintRows, columns] = await early
  // The server is at the rest while this is made.
  const sequences = sequencesOf(reading, columns, sequenceRows)
  const constraints = await constraintsOf(reading, columns, constraintRows)
  const context: ColumnContext = {
    reading,
    identitySequences: sequences.ofIdentity,
    notNulls: constraints.notNulls,
    sequences: sequences.names,
  }
  const tableColumns = columnsOfTables(context, columns)
  const routines = await routinesOf(reading, routineRows)
  const [indexRows, triggers, rules, policies, parents, statistics] = await late
  const indexes = await indexesOf(reading, columns, indexRows, classes)
  const parts: Parts = { columns, tableColumns, constraints, indexes, triggers, rules, policies, parents }
  return {
    ...(await readUserTypes(reading, columns, typeRows)),
    sequences: sequences.list,
    tables: tablesOf(reading, parts),
    views: viewsOf(context, parts),
    routines,
    statistics,
  }
}

type Readers = { readonly [L in SchemaList]?: Promise<Schema[L]> }

/** What lives in namespaces and belongs to no table. */
const namespacedReaders = (reading: Reading): Readers => {
  const { has } = reading
  const classes = has('pg_opfamily') ? readOperatorClasses(reading) : undefined
  return {
    ...(has('pg_collation') && { collations: readCollations(reading) }),
    ...(has('pg_operator') && { operators: readOperators(reading) }),
    ...(classes && {
      operatorFamilies: classes.then(({ operatorFamilies }) => operatorFamilies),
      operatorClasses: classes.then(({ operatorClasses }) => operatorClasses),
    }),
    ...(has('pg_ts_parser', 'pg_ts_template', 'pg_ts_dict', 'pg_ts_config') && { textSearch: readTextSearch(reading) }),
    ...(has('pg_conversion') && { conversions: readConversions(reading) }),
  }
}

/** What belongs to the database as a whole. */
const globalReaders = (reading: Reading): Readers => {
  const { has } = reading
  return {
    ...(has('pg_cast') && { casts: readCasts(reading) }),
    ...(has('pg_event_trigger') && { eventTriggers: readEventTriggers(reading) }),
    ...(has('pg_language') && { languages: readLanguages(reading) }),
    ...(has('pg_transform') && { transforms: readTransforms(reading) }),
    ...(has('pg_am') && { accessMethods: readAccessMethods(reading) }),
    ...(has('pg_foreign_data_wrapper') && { foreignDataWrappers: readWrappers(reading) }),
    ...(has('pg_foreign_server') && { foreignServers: readServers(reading) }),
    ...(has('pg_publication') && { publications: readPublications(reading) }),
  }
}

/** Of a part of a database: where its foreign tables are. */
const foreignReaders = (reading: Reading): Readers =>
  [...reading.relations.values()].some(({ kind }) => kind === 'f')
    ? { foreignDataWrappers: readWrappers(reading), foreignServers: readServers(reading) }
    : {}

/** What not everybody may see: one after the other, because a refusal must be undone before the transaction goes on. */
async function readGuarded(reading: Reading): Promise<Partial<Schema>> {
  const userMappings = reading.has('pg_foreign_server') ? await readUserMappings(reading) : []
  if (reading.has('pg_subscription', 'pg_seclabel', 'pg_largeobject_metadata')) await tellLeftovers(reading)
  return { userMappings }
}

/** Of a part of a database only what is in its namespaces is read. */
const isWhole = ({ namespaces, tables }: IntrospectOptions): boolean => namespaces === undefined && tables === undefined

async function together(readers: Readers): Promise<Partial<Schema>> {
  const entries = await Promise.all(Object.entries(readers).map(async ([list, read]) => [list, await read] as const))
  return Object.fromEntries(entries)
}
