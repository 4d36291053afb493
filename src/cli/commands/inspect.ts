import type { Schema } from '#core/schema/index.ts'
import { formats, type FormatId } from '#formats/all.ts'
import { outcomes, type Loss, type Outcome } from '#formats/format.ts'
import { ExitCode } from '../exit-code.ts'
import { printDiagnostics, printTruth } from '../print.ts'
import { readSchema, type SchemaRead, type Truth } from '../read-schema.ts'
import { addSourceOptions, SOURCE_ARGUMENT, type SourceOptions } from '../source-options.ts'
import type { AddCommand } from '../command.ts'

interface Inspection {
  readonly format: FormatId
  readonly files: readonly string[]
  readonly counts: Readonly<Record<string, number>>
  readonly statements: Readonly<Record<Outcome, number>>
  /** Per format that can be written: how many facts it cannot hold. */
  readonly losses: Readonly<Record<string, { readonly count: number; readonly byCode: Readonly<Record<string, number>> }>>
  readonly truth?: Truth
}

/** `schemaflow inspect SOURCE…`: what is in it, how each statement ended, what each target would lose. */
export const inspect: AddCommand = (program, io, end) =>
  addSourceOptions(
    program.command('inspect').description('count what a schema holds, how its statements were read and what each target would lose'),
  )
    .argument(...SOURCE_ARGUMENT)
    .option('--json', 'as one JSON object')
    .action(async (sources: string[], options: SourceOptions & { json?: boolean }) => {
      const read = await readSchema(sources, options, io)
      const inspection = await inspectRead(read)
      const { diagnostics } = read
      if (options.json) io.out(`${JSON.stringify({ ...inspection, diagnostics }, null, 2)}\n`)
      else {
        io.out(describe(inspection))
        printDiagnostics(diagnostics, io)
        if (read.truth) printTruth(read.truth, io)
      }
      end(diagnostics.some(({ severity }) => severity === 'error') ? ExitCode.problem : ExitCode.fine)
    })

async function inspectRead({ schema, statements: records, format, files, truth }: SchemaRead): Promise<Inspection> {
  const statements = Object.fromEntries(
    outcomes.map((outcome) => [outcome, records.filter((statement) => statement.outcome === outcome).length]),
  ) as Record<Outcome, number>
  const losses: Record<string, { count: number; byCode: Record<string, number> }> = {}
  for (const entry of formats.filter(({ writes }) => writes)) {
    const { format: target } = await entry.load()
    if (target.exporter) losses[entry.id] = tally(target.exporter(schema).losses)
  }
  return { format, files, counts: countObjects(schema), statements, losses, ...(truth && { truth }) }
}

function tally(losses: readonly Loss[]): { count: number; byCode: Record<string, number> } {
  const byCode: Record<string, number> = {}
  for (const { code } of losses) byCode[code] = (byCode[code] ?? 0) + 1
  return { count: losses.length, byCode }
}

/** How many objects of each kind a schema holds. */
function countObjects(schema: Schema): Record<string, number> {
  const { tables, views, routines } = schema
  const owners = [...tables, ...views]
  const constraints = tables.flatMap((table) => table.constraints)
  const sum = (lists: readonly (readonly unknown[])[]): number => lists.reduce((total, list) => total + list.length, 0)
  return {
    namespaces: schema.namespaces.length,
    extensions: schema.extensions.length,
    enums: schema.enums.length,
    domains: schema.domains.length,
    compositeTypes: schema.compositeTypes.length,
    rangeTypes: schema.rangeTypes.length,
    baseTypes: schema.baseTypes.length,
    collations: schema.collations.length,
    sequences: schema.sequences.length,
    tables: tables.length,
    columns: sum(tables.map((table) => table.columns)),
    primaryKeys: constraints.filter(({ kind }) => kind === 'primaryKey').length,
    uniqueConstraints: constraints.filter(({ kind }) => kind === 'unique').length,
    foreignKeys: constraints.filter(({ kind }) => kind === 'foreignKey').length,
    checks: constraints.filter(({ kind }) => kind === 'check').length,
    exclusions: constraints.filter(({ kind }) => kind === 'exclusion').length,
    indexes: sum(owners.map((owner) => owner.indexes)),
    triggers: sum(owners.map((owner) => owner.triggers)),
    rules: sum(owners.map((owner) => owner.rules)),
    policies: sum(tables.map((table) => table.policies)),
    views: views.filter(({ materialized }) => !materialized).length,
    materializedViews: views.filter(({ materialized }) => materialized).length,
    functions: routines.filter(({ kind }) => kind === 'function').length,
    procedures: routines.filter(({ kind }) => kind === 'procedure').length,
    aggregates: routines.filter(({ kind }) => kind === 'aggregate').length,
    eventTriggers: schema.eventTriggers.length,
    statistics: schema.statistics.length,
    operators: schema.operators.length,
    operatorFamilies: schema.operatorFamilies.length,
    operatorClasses: schema.operatorClasses.length,
    casts: schema.casts.length,
    textSearchObjects: schema.textSearch.length,
    languages: schema.languages.length,
    transforms: schema.transforms.length,
    conversions: schema.conversions.length,
    accessMethods: schema.accessMethods.length,
    foreignDataWrappers: schema.foreignDataWrappers.length,
    foreignServers: schema.foreignServers.length,
    userMappings: schema.userMappings.length,
    publications: schema.publications.length,
    privileges: schema.privileges.length,
    opaque: schema.opaque.length,
  }
}

function describe({ format, files, counts, statements, losses }: Inspection): string {
  const line = (name: string, value: string | number): string => `  ${String(value).padStart(7)}  ${words(name)}\n`
  const present = Object.entries(counts).filter(([, count]) => count > 0)
  const told = Object.entries(losses).map(
    ([target, { count }]) => `  ${target.padEnd(14)} ${count === 0 ? 'nothing lost' : `${count} not carried over`}\n`,
  )
  return [
    `${files.join(', ')} (${format})\n`,
    `Objects\n${present.map(([name, count]) => line(name, count)).join('') || '  none\n'}`,
    Object.values(statements).every((count) => count === 0)
      ? ''
      : `Statements\n${outcomes.map((outcome) => line(outcome, statements[outcome])).join('')}`,
    `Targets\n${told.join('')}`,
  ].join('')
}

const words = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
