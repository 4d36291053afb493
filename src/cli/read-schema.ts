import { applyFixes } from '#core/apply-fixes.ts'
import type { Diagnostic } from '#core/diagnostic.ts'
import type { Schema } from '#core/schema/index.ts'
import { connectionUrl, namesDatabase } from '#database/live/connection-url.ts'
import type { TrueReading } from '#database/truth/types.ts'
import type { FormatId } from '#formats/all.ts'
import type { ImportOptions, ImportResult, Source, StatementRecord } from '#formats/format.ts'
import { wrongUse } from './exit-code.ts'
import { readInput, type Input } from './input.ts'
import { readDatabase } from './read-database.ts'
import { readTruth } from './read-truth.ts'
import type { SourceOptions } from './source-options.ts'
import { progress, type Terminal } from './terminal.ts'

/** A schema as a command reads it, wherever it comes from. */
export interface SchemaRead {
  readonly schema: Schema
  readonly diagnostics: readonly Diagnostic[]
  /** Empty for a database. */
  readonly statements: readonly StatementRecord[]
  readonly format: FormatId
  /** Files, or `database at host:port`. */
  readonly files: readonly string[]
  /** What PostgreSQL made of the files, when it was asked. */
  readonly truth?: Truth
}
export type Truth = Pick<TrueReading, 'unverified' | 'executed'> & { readonly server: string }

export interface ReadOptions extends SourceOptions {
  /** Mend the sources before they are read. */
  readonly fix?: boolean
  readonly strict?: boolean
}

/** Reads files or one live database, with what PostgreSQL makes of the files when that is asked for. */
export async function readSchema(sources: readonly string[], options: ReadOptions, io: Terminal): Promise<SchemaRead> {
  const url = sources.find(namesDatabase)
  if (url === undefined) return readFiles(sources, options, io)
  if (sources.length > 1) throw wrongUse('a database is read alone', 'Name one database, or files.')
  for (const [name, value] of Object.entries({ '--from': options.from, '--truth': options.truth, '--fix': options.fix }))
    if (value) throw wrongUse(`${name} is for files, not for a database`)
  const { schema, diagnostics } = await readDatabase(url, options, io)
  return { schema, diagnostics, statements: [], format: 'postgres-sql', files: [await nameOf(url)] }
}

/** `shop at db.example.org:5432` */
async function nameOf(text: string): Promise<string> {
  const { readTarget } = await import('#database/connect/target.ts')
  const { database, host, port } = readTarget(connectionUrl(text), { environment: true })
  return `${database} at ${host}:${port}`
}

async function readFiles(files: readonly string[], options: ReadOptions, io: Terminal): Promise<SchemaRead> {
  if (options.namespace || options.table)
    throw wrongUse('--namespace and --table are for databases', 'Name one like postgres://user@host/database.')
  const input = await readInput(files, options.from, io)
  const bar = progress(io, 'Reading')
  const settings: ImportOptions = { privileges: options.privileges === true, strict: options.strict === true, onProgress: bar.report }
  const { sources, result, mended } = await importMended(input, settings, options.fix === true)
  bar.done()
  const read = { statements: result.statements, format: input.entry.id, files: sources.map(({ file }) => file) }
  const diagnostics = [...input.diagnostics, ...mended, ...result.diagnostics]
  if (!options.truth && options.scratchUrl === undefined) return { ...read, schema: result.schema, diagnostics }
  if (input.entry.id !== 'postgres-sql')
    throw wrongUse('--truth is for PostgreSQL SQL', `The format ${input.entry.id} holds no statements that could be run.`)
  const truth = await readTruth({ sources, read: result }, options, io)
  const { schema, unverified, executed, server } = truth
  return {
    ...read,
    schema,
    diagnostics: [...input.diagnostics, ...mended, ...truth.diagnostics],
    truth: { unverified, executed, server: server.text },
  }
}

export interface MendedImport {
  readonly sources: readonly Source[]
  readonly result: ImportResult
  /** What was mended, told without its fix: the places are those of the text in which they were found. */
  readonly mended: readonly Diagnostic[]
}

/** A fix can bring another to light; after so many rounds what is left is told. */
const MOST_ROUNDS = 8

/** Imports, and when it is asked for carries out the fixes in the texts and imports again, until there is none left. */
export async function importMended(
  { sources, importer }: Pick<Input, 'sources' | 'importer'>,
  options: ImportOptions,
  fix: boolean,
): Promise<MendedImport> {
  let texts = sources
  const all: Diagnostic[] = []
  for (let round = 0; ; round += 1) {
    const result = await importer(texts, options)
    if (!fix || round === MOST_ROUNDS || !result.diagnostics.some((diagnostic) => diagnostic.fix))
      return { sources: texts, result, mended: all }
    texts = texts.map((source) => {
      const own = result.diagnostics.filter(({ file }) => file === source.file || (file === undefined && texts.length === 1))
      const { text, mended } = applyFixes(source.text, own)
      all.push(...mended.map(asMended))
      return { ...source, text }
    })
  }
}

const asMended = ({ fix, ...diagnostic }: Diagnostic): Diagnostic => ({
  ...diagnostic,
  severity: 'info',
  hint: `Mended: ${fix?.title ?? 'corrected'}.`,
})
