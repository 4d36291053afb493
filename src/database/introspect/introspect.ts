import { aSchema, type Schema } from '#core/schema/index.ts'
import type { Connection } from '../connection.ts'
import { readAccessMethods, readConversions, readLanguages, readTransforms } from './read/plain/languages.ts'
import { readCollations } from './read/plain/collations.ts'
import { readServers, readUserMappings, readWrappers } from './read/plain/foreign-data.ts'
import { readOperatorClasses } from './read/plain/operator-classes.ts'
import { readCasts, readOperators } from './read/plain/operators.ts'
import { readPublications } from './read/plain/publications.ts'
import { readTextSearch } from './read/plain/text-search.ts'
import { tellLeftovers } from './read/leftovers.ts'
import { readPrivileges } from './read/privileges/privileges.ts'
import { readColumns, type ColumnContext } from './read/columns.ts'
import { readComments } from './read/comments.ts'
import { readConstraints } from './read/constraints.ts'
import { readIndexes } from './read/indexes.ts'
import { readExtensions, readNamespaces } from './read/namespaces.ts'
import { readRelations } from './read/relations.ts'
import { readRoutines } from './read/routines.ts'
import { readSequences } from './read/sequences.ts'
import { readEventTriggers, readStatistics } from './read/statistics.ts'
import { readParents, tablesOf, viewsOf, type Parts } from './read/tables.ts'
import { readPolicies, readRules, readTriggers } from './read/triggers.ts'
import { readUserTypes } from './read/user-types.ts'
import type { Reading } from './reading.ts'
import { selected } from './selection.ts'
import type { IntrospectOptions, Introspection } from './types.ts'

/**
 * Reads a database's catalogs as a schema, in one read-only transaction that sees one moment. What is read is what pg_dump would write; texts are
 * PostgreSQL's own, every name in them with its namespace. PostgreSQL 13 to 18 and PGlite. Rejects with a `DatabaseError`, or with the signal's reason.
 */
export async function introspect(connection: Connection, options: IntrospectOptions = {}): Promise<Introspection> {
  await connection.exec('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    await connection.query(settings)
    return await readAll(connection, options)
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
})
  .map(([name, value]) => `set_config('${name}', '${value}', true)`)
  .join(', ')}`

/** So many queries are asked in all, as near as progress needs to know. */
const STEPS = 36

async function readAll(connection: Connection, options: IntrospectOptions): Promise<Introspection> {
  const { server } = connection
  let asked = 0
  const query: Connection['query'] = async (sql, params) => {
    if (options.signal?.aborted) throw options.signal.reason ?? new Error('The introspection was cancelled.')
    const rows = await connection.query(sql, params)
    asked += 1
    options.onProgress?.(Math.min(0.99, asked / STEPS))
    return rows as never
  }
  const comments = await readComments(query)
  const namespaces = await readNamespaces(query, comments, options)
  const frame = {
    query,
    server,
    options,
    diagnostics: [],
    opaque: [],
    namespaces: namespaces.byOid,
    comments,
    since: (version: number, expression: string, otherwise: string) => (server.number >= version ? expression : otherwise),
  }
  const reading: Reading = { ...frame, relations: await readRelations(frame) }
  for (const name of namespaces.missing)
    reading.diagnostics.push({ code: 'not-in-database', severity: 'warning', message: `There is no schema "${name}" in the database.` })
  const schema = aSchema({
    namespaces: namespaces.named,
    extensions: await readExtensions(query, comments),
    ...(await readObjects(reading)),
    ...(await readNamespaced(reading)),
    ...(isWhole(options) ? await readGlobal(reading) : {}),
    privileges: await readPrivileges(reading),
    opaque: reading.opaque,
  })
  options.onProgress?.(1)
  return { schema: selected(schema, options, reading.diagnostics), diagnostics: reading.diagnostics, server }
}

async function readObjects(reading: Reading): Promise<Partial<Schema>> {
  const columns = await readColumns(reading)
  const sequences = await readSequences(reading, columns)
  const constraints = await readConstraints(reading, columns)
  const parts: Parts = {
    columns,
    constraints,
    indexes: await readIndexes(reading),
    triggers: await readTriggers(reading),
    rules: await readRules(reading),
    policies: await readPolicies(reading),
    parents: await readParents(reading),
  }
  const context: ColumnContext = {
    reading,
    identitySequences: sequences.ofIdentity,
    notNullNames: constraints.notNullNames,
    sequences: sequences.names,
  }
  return {
    ...(await readUserTypes(reading, columns)),
    sequences: sequences.list,
    tables: tablesOf(context, parts),
    views: viewsOf(context, parts),
    routines: await readRoutines(reading),
    statistics: await readStatistics(reading),
  }
}

/** What lives in namespaces and belongs to no table. */
async function readNamespaced(reading: Reading): Promise<Partial<Schema>> {
  return {
    collations: await readCollations(reading),
    operators: await readOperators(reading),
    ...(await readOperatorClasses(reading)),
    textSearch: await readTextSearch(reading),
    conversions: await readConversions(reading),
  }
}

/** Of a part of a database only what is in its namespaces is read. */
const isWhole = ({ namespaces, tables }: IntrospectOptions): boolean => namespaces === undefined && tables === undefined

/** What belongs to the database as a whole. */
async function readGlobal(reading: Reading): Promise<Partial<Schema>> {
  const schema = {
    casts: await readCasts(reading),
    eventTriggers: await readEventTriggers(reading),
    languages: await readLanguages(reading),
    transforms: await readTransforms(reading),
    accessMethods: await readAccessMethods(reading),
    foreignDataWrappers: await readWrappers(reading),
    foreignServers: await readServers(reading),
    userMappings: await readUserMappings(reading),
    publications: await readPublications(reading),
  }
  await tellLeftovers(reading)
  return schema
}
