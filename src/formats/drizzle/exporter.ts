import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import { DEFAULT_NAMESPACE, type ObjectName, type Table } from '#core/schema/index.ts'
import { schemaLists, type Enum, type Schema, type Sequence } from '#core/schema/index.ts'
import type { Exporter, ExportResult, Loss } from '../format.ts'
import { array, arrow, call, chain, layOut, object, tallObject, type Call, type Code } from '../shared/code/layout.ts'
import { docComment, tsString } from '../shared/code/literals.ts'
import { CodeWriter } from '../shared/code/writer.ts'
import { pathOf } from '../shared/orm/catalog.ts'
import { tableLosses } from '../shared/orm/common-losses.ts'
import { Losses } from '../shared/orm/losses.ts'
import { schemaLosses } from '../shared/orm/schema-losses.ts'
import { columnEntries, serialSequences } from './columns.ts'
import { constraintEntries, tablesInCycles } from './constraints.ts'
import { contextOf, target, type Context } from './context.ts'
import { sequenceOptionsCode } from './defaults.ts'
import { indexEntries } from './indexes.ts'
import { policyEntries, rowSecurityCode } from './policies.ts'
import { prerequisiteLines } from './prerequisites.ts'
import { writeRelations } from './relations.ts'
import { writeViews } from './views.ts'

type Place = NonNullable<ExportResult['places']>[number]

/**
 * Writes one `schema.ts` for drizzle-orm 0.45: what drizzle-kit 0.31 makes of it is the schema again, as far as Drizzle has words for it. The
 * rest is in the losses.
 */
export const exportDrizzle: Exporter = (schema) => {
  const context = contextOf(schema)
  const { code: body, places } = writeBody(context)
  const needed = context.prerequisites.needed(context.sql, ['public', ...context.namespaces])
  if (context.roles.size > 0) context.imports.use('pgRole')
  const head = new CodeWriter()
  head.line(...context.imports.lines())
  const prerequisites = prerequisiteLines(needed)
  if (prerequisites.length > 0) head.gap().line(...prerequisites)
  if (context.roles.size > 0) head.gap().line(...roleLines(context))
  if (context.customTypes.size > 0) head.gap().line(...[...context.customTypes.values()].map(({ code }) => code))
  if (body.length > 0) head.gap()
  const at = head.offset
  return {
    files: [{ path: 'schema.ts', text: head.toString() + body }],
    losses: [...wholeLosses(context, needed), ...context.losses.list],
    places: places.map((place) => ({ ...place, start: place.start + at, end: place.end + at })),
  }
}

/** Roles belong to the server, not to a schema: they are there. */
const roleLines = (context: Context): readonly string[] =>
  [...context.roles].map(([name, id]) => layOut(`export const ${id} = `, chain(call('pgRole', tsString(name)), [call('.existing')]), ';'))

/** The objects that Drizzle has no place for. Those that its tables need stand at the head of the file. */
function wholeLosses({ catalog }: Context, needed: Schema): readonly Loss[] {
  const losses = new Losses()
  const early = new Set<object>(schemaLists.flatMap((list): readonly object[] => needed[list]))
  schemaLosses(catalog, target, losses, (item) => (early.has(item) ? IN_HEAD : undefined))
  return losses.list
}
const IN_HEAD = 'The SQL that makes it stands at the head of the file: put it into the first migration, before its tables.'

/** Everything below the imports, which are known only afterwards. Offsets count from its own beginning. */
function writeBody(context: Context): { readonly code: string; readonly places: readonly Place[] } {
  const code = new CodeWriter()
  if (context.namespaces.length > 0) code.gap()
  for (const name of context.namespaces) {
    code.line(`export const ${context.namespaceId(name)} = ${context.imports.use('pgSchema')}(${tsString(name)});`)
  }
  for (const type of context.enums) writeEnum(context, code, type)
  writeSequences(context, code)
  const cyclic = tablesInCycles(context)
  const places = context.tables.map((table) => writeTable(context, code, table, cyclic.has(table)))
  writeViews(context, code)
  writeRelations(context, code)
  return { code: code.toString(), places }
}

/** `pgTable('users', …)`, or the same in another namespace: `shopSchema.table('users', …)`. */
const made = (
  context: Context,
  { namespace, name }: ObjectName,
  [own, member]: readonly [own: string, member: string],
  rest: readonly Code[],
): Call =>
  call(namespace === DEFAULT_NAMESPACE ? context.imports.use(own) : `${context.namespaceId(namespace)}.${member}`, tsString(name), ...rest)

function writeEnum(context: Context, code: CodeWriter, type: Enum): void {
  if (type.values.length === 0) {
    context.losses.add('empty-enum', 'enum', pathOf(type), `${target.name} has no enums without values.`)
    return
  }
  code.gap()
  if (type.comment !== null) code.line(...docComment(type.comment))
  const value = made(context, type, ['pgEnum', 'enum'], [array(type.values.map(tsString))])
  code.line(layOut(`export const ${context.id(type)} = `, value, ';'))
}

function writeSequences(context: Context, code: CodeWriter): void {
  const serials = serialSequences(context)
  const sequences = context.sequences.filter((sequence) => !serials.has(sequence))
  if (sequences.length > 0) code.gap()
  for (const sequence of sequences) {
    sequenceLosses(context, sequence)
    const options = sequenceOptionsCode(withOwnBounds(sequence), 'bigint')
    const rest = Object.keys(options).length > 0 ? [object(options)] : []
    code.line(layOut(`export const ${context.id(sequence)} = `, made(context, sequence, ['pgSequence', 'sequence'], rest), ';'))
  }
}

/** A sequence of a smaller type ends where its type does; drizzle-kit makes all of them `bigint`. */
function withOwnBounds(sequence: Sequence): Sequence {
  const down = sequence.increment?.startsWith('-') ?? false
  const [low, high] = sequence.type === 'smallint' ? ['-32768', '32767'] : ['-2147483648', '2147483647']
  if (sequence.type === 'bigint') return sequence
  return down ? { ...sequence, min: sequence.min ?? low } : { ...sequence, max: sequence.max ?? high }
}

function sequenceLosses(context: Context, sequence: Sequence): void {
  const path = pathOf(sequence)
  const add = (code: DiagnosticCode, message: string): void =>
    context.losses.add(code, 'sequence', path, message, 'Add it in the generated migration.')
  if (sequence.type !== 'bigint') add('sequence-type', `${target.name} has only bigint sequences; this one is ${sequence.type}.`)
  if (sequence.ownedBy) add('sequence-owner', `${target.name} cannot say OWNED BY ${sequence.ownedBy.table}.${sequence.ownedBy.column}.`)
  if (sequence.unlogged) add('unlogged', `${target.name} cannot say UNLOGGED.`)
  if (sequence.comment !== null) add('comment', `${target.name} has no comments on sequences.`)
}

function writeTable(context: Context, code: CodeWriter, table: Table, isCyclic: boolean): Place {
  tableLosses(table, target, context.losses)
  const policies = policyEntries(context, table)
  const entries = [...constraintEntries(context, table), ...indexEntries(context, table), ...policies]
  const security = rowSecurityCode(context, table, policies.length > 0)
  const result = isCyclic && entries.length > 0 ? `: ${context.imports.use('PgTableExtraConfigValue')}[]` : ''
  const parameter = JSON.stringify(entries).includes('table.') ? 'table' : ''
  const columns = tallObject(columnEntries(context, table))
  const rest = entries.length === 0 ? [columns] : [columns, arrow(`(${parameter})${result}`, array(entries))]
  code.gap()
  const start = code.offset
  if (table.comment !== null) code.line(...docComment(table.comment))
  const value = tableCode(context, table, rest, security)
  code.line(layOut(`export const ${context.id(table)} = `, value, ';'))
  return { namespace: table.namespace, name: table.name, start, end: code.offset }
}

/** In another namespace the call belongs to a chain of its own. */
function tableCode(context: Context, table: Table, rest: readonly Code[], calls: readonly Call[]): Code {
  if (table.namespace === DEFAULT_NAMESPACE) return chain(made(context, table, ['pgTable', 'table'], rest), calls)
  return chain(context.namespaceId(table.namespace), [call('.table', tsString(table.name), ...rest), ...calls])
}
