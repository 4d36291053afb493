import { nameKey, type Opaque, type Schema, type Sequence, type Table, type View } from '#core/schema/index.ts'
import type { Exporter } from '../../format.ts'
import { makeContext, withWaiting, type Context } from './context.ts'
import { collationPiece } from './collation-sql.ts'
import { callsFunctions, comesLast, extensionPiece, namespacePiece, opaquePiece, statisticsPiece } from './database-sql.ts'
import { serverPiece, userMappingPiece, wrapperPiece } from './foreign-sql.ts'
import { accessMethodPiece, conversionPiece, languagePiece, transformPiece } from './language-sql.ts'
import { castPiece, operatorClassPiece, operatorFamilyPiece, operatorPiece } from './operator-sql.ts'
import { baseTypePieces, rangePieces } from './own-types-sql.ts'
import type { Piece } from './piece.ts'
import { privilegePiece } from './privilege-sql.ts'
import { publicationPiece } from './publication-sql.ts'
import { mentionReader, orderPieces } from './references.ts'
import { routinePiece } from './routine-sql.ts'
import { serialColumns } from './table-columns.ts'
import { callsRoutine } from './table-constraints.ts'
import { tablePieces, type TablePieces } from './table-sql.ts'
import { eventTriggerPiece, policyPieces, rulePiece, triggerPiece } from './trigger-sql.ts'
import { compositePiece, domainPiece, enumPiece, ownedByPiece, sequencePiece } from './types-sql.ts'
import { textSearchPiece } from './text-search-sql.ts'
import { viewPieces } from './view-sql.ts'
import { writePieces } from './write.ts'

/** Writes SQL that loads in PostgreSQL 13 and later and gives the same catalogs, in dependency order, formatted to be read. */
export const exportPostgresSql: Exporter = (schema, options = {}) => {
  const context = makeContext(schema, options.privileges === true)
  const tables = schema.tables.map((table, place) => tablePieces(context, table, place))
  const others = otherPieces(context)
  let pieces = makePieces(context, tables, others)
  const read = mentionReader(pieces)
  let order = orderPieces(pieces, read)
  const waiting = tablesIn(pieces, order.knots)
  const patient = new Set(
    [...tablesIn(pieces, order.bent)].filter((key) =>
      context.tables.get(key)?.table.constraints.some((each) => callsRoutine(context, each)),
    ),
  )
  if (waiting.size + patient.size > 0) {
    // Tables and functions that need each other: the tables come first, their defaults or checks after the functions.
    const again = withWaiting(context, waiting, patient)
    const changed = schema.tables.map((table, place) => {
      const made = waiting.size > 0 || patient.has(nameKey(table)) ? undefined : tables[place]
      return made ?? tablePieces(again, table, place)
    })
    pieces = makePieces(again, changed, others)
    order = orderPieces(pieces, read)
  }
  return write(
    schema,
    order.items.map((item) => pieces[item]).filter((piece) => piece !== undefined),
  )
}

function write(schema: Schema, pieces: readonly Piece[]): ReturnType<Exporter> {
  const hasBodies = schema.routines.some(({ body }) => body?.kind === 'string')
  const { text, places } = writePieces(pieces, hasBodies ? ['SET check_function_bodies = off'] : [])
  return { files: [{ path: 'schema.sql', text }], losses: [], places }
}

function tablesIn(pieces: readonly Piece[], items: ReadonlySet<number>): ReadonlySet<string> {
  const tables = [...items].map((item) => pieces[item]?.table).filter((table) => table !== undefined)
  return new Set(tables.map(nameKey))
}

/** What comes before and after sequences, tables and what is added to them; the same when some of these must wait. */
interface OtherPieces {
  readonly before: readonly Piece[]
  readonly calls: readonly Piece[]
  readonly after: readonly Piece[]
}

/** All pieces in the order people expect: what a table is made of before it, what hangs on it after it. */
function makePieces(context: Context, tables: readonly TablePieces[], { before, calls, after }: OtherPieces): readonly Piece[] {
  const { schema } = context
  const serials = new Set<number>()
  for (const table of schema.tables) for (const { index } of serialColumns(context, table).values()) serials.add(index)
  const sequencesOf = groupByOwner(context)
  const pieces: Piece[] = []
  const add = (made: readonly (Piece | undefined)[] | undefined): void => {
    for (const piece of made ?? []) if (piece) pieces.push(piece)
  }
  const apart = (owner: string | undefined): readonly number[] => (sequencesOf.get(owner) ?? []).filter((index) => !serials.has(index))
  const sequencePieces = (places: readonly number[], make: (sequence: Sequence, index: number) => Piece | undefined): void =>
    add(places.map((index) => schema.sequences[index] && make(schema.sequences[index], index)))
  add(before)
  sequencePieces(apart(undefined), (sequence, index) => sequencePiece(context, sequence, index))
  for (const [place, table] of schema.tables.entries()) {
    const own = apart(nameKey(table))
    sequencePieces(own, (sequence, index) => sequencePiece(context, sequence, index))
    add(tables[place]?.main)
    sequencePieces(own, ownedByPiece)
  }
  add(calls)
  for (const { late } of tables) add(late)
  add(after)
  return pieces
}

/** The pieces that are the same whatever waits. */
function otherPieces(context: Context): OtherPieces {
  const { schema } = context
  const relations = [...schema.tables, ...schema.views]
  const before = [
    ...schema.namespaces.flatMap((namespace, index) => namespacePiece(context, namespace, index)),
    ...schema.extensions.map(extensionPiece),
    ...opaquePieces(schema, (opaque) => !comesLast(opaque) && !callsFunctions(opaque)),
    ...serverPieces(context),
    ...typePieces(context),
    ...schema.textSearch.map((object, index) => textSearchPiece(context, object, index)),
  ]
  const calls = opaquePieces(schema, (opaque) => !comesLast(opaque) && callsFunctions(opaque))
  const after = [
    ...schema.views.flatMap((view, index) => viewPieces(context, view, index)),
    ...schema.routines.map((routine, index) => routinePiece(context, routine, index)),
    ...operatorPieces(context),
    ...schema.statistics.map((statistics, index) => statisticsPiece(context, statistics, index)),
    ...relations.flatMap(reactionPieces),
    ...schema.tables.flatMap(policyPieces),
    ...schema.publications.map((publication, index) => publicationPiece(context, publication, index)),
    ...opaquePieces(schema, comesLast),
    ...(context.privileges ? schema.privileges.map(privilegePiece) : []),
    // They would react to all the rest.
    ...schema.eventTriggers.map((trigger, index) => eventTriggerPiece(context, trigger, index)),
  ]
  return { before, calls, after }
}

/** The triggers and rules of a table or view: most have none. */
function reactionPieces(relation: Table | View): readonly Piece[] {
  if (relation.triggers.length + relation.rules.length === 0) return []
  return [
    ...relation.triggers.map((trigger) => triggerPiece(relation, trigger)),
    ...relation.rules.map((rule) => rulePiece(relation, rule)),
  ]
}

/** What is there for the whole database: languages, access methods, foreign servers. */
function serverPieces(context: Context): readonly Piece[] {
  const { languages, accessMethods, foreignDataWrappers, foreignServers, userMappings } = context.schema
  return [
    ...languages.map((language, index) => languagePiece(context, language, index)),
    ...accessMethods.map(accessMethodPiece),
    ...foreignDataWrappers.map((wrapper, index) => wrapperPiece(context, wrapper, index)),
    ...foreignServers.map((server, index) => serverPiece(context, server, index)),
    ...userMappings.map(userMappingPiece),
  ]
}

/** Types, how their values sort, and what they turn into. */
function typePieces(context: Context): readonly Piece[] {
  const { collations, enums, compositeTypes, baseTypes, rangeTypes, domains, casts } = context.schema
  return [
    ...collations.map((collation, index) => collationPiece(context, collation, index)),
    ...enums.map((type, index) => enumPiece(context, type, index)),
    ...baseTypes.flatMap((type, index) => baseTypePieces(context, type, index)),
    ...compositeTypes.map((type, index) => compositePiece(context, type, index)),
    ...rangeTypes.flatMap((type, index) => rangePieces(context, type, index)),
    ...domains.map((domain, index) => domainPiece(context, domain, index)),
    ...casts.map((cast, index) => castPiece(context, cast, index)),
  ]
}

/** What is made of functions: tables and views that need it have it come before them. */
function operatorPieces(context: Context): readonly Piece[] {
  const { operators, operatorFamilies, operatorClasses, transforms, conversions } = context.schema
  return [
    ...operators.map((operator, index) => operatorPiece(context, operator, index)),
    ...operatorFamilies.map((family, index) => operatorFamilyPiece(context, family, index)),
    ...operatorClasses.map((opclass, index) => operatorClassPiece(context, opclass, index)),
    ...transforms.map((transform, index) => transformPiece(context, transform, index)),
    ...conversions.map((conversion, index) => conversionPiece(context, conversion, index)),
  ]
}

const opaquePieces = ({ opaque }: Schema, wanted: (opaque: Opaque) => boolean): readonly Piece[] =>
  opaque.flatMap((each, index) => (wanted(each) ? [opaquePiece(each, index)] : []))

/** The table that a sequence goes with, if it is there. */
const owningTable = ({ tables }: Context, { ownedBy }: Sequence): string | undefined => {
  const key = ownedBy && nameKey({ namespace: ownedBy.namespace, name: ownedBy.table })
  return key && tables.has(key) ? key : undefined
}

/** Which sequences (by index) go with which table; undefined: with none. */
function groupByOwner(context: Context): ReadonlyMap<string | undefined, readonly number[]> {
  const groups = new Map<string | undefined, number[]>()
  for (const [index, sequence] of context.schema.sequences.entries()) {
    const key = owningTable(context, sequence)
    const known = groups.get(key)
    if (known) known.push(index)
    else groups.set(key, [index])
  }
  return groups
}
