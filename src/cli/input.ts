import { readFile, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Diagnostic } from '#core/diagnostic.ts'
import { detectFormat, findFormat, formats, type FormatId } from '#formats/all.ts'
import type { FormatEntry, Importer, Source } from '#formats/format.ts'
import { decodeText } from '#formats/shared/sql/decode.ts'
import { wrongUse } from './exit-code.ts'
import type { Terminal } from './terminal.ts'

export interface Input {
  readonly sources: readonly Source[]
  readonly entry: FormatEntry<FormatId>
  readonly importer: Importer
  /** What was noticed while decoding bytes to text. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads files, directories (in name order) or `-` (standard input), and finds out their format unless `from` names it. */
export async function readInput(files: readonly string[], from: string | undefined, io: Terminal): Promise<Input> {
  const known = from === undefined ? undefined : requireFormat(from, 'reads')
  const paths = (await Promise.all(files.map((file) => expand(file, known?.extension)))).flat()
  if (paths.length === 0)
    throw wrongUse(`no file to read in ${files.join(' ')}`, 'Name a file, a directory that holds some, or - for standard input.')
  const decoded = await Promise.all(paths.map((file) => decode(file, io)))
  const sources = decoded.map(({ source }) => source)
  const entry = known ?? guess(sources)
  const { format } = await entry.load()
  if (!format.importer) throw wrongUse(`the format ${entry.id} cannot be read yet`)
  return { sources, entry, importer: format.importer, diagnostics: decoded.flatMap(({ diagnostics }) => diagnostics) }
}

/** The format of that id that can do what is asked. */
export function requireFormat(id: string, does: 'reads' | 'writes'): FormatEntry<FormatId> {
  const entry = findFormat(id)
  const able = formats.filter((format) => format[does]).map((format) => format.id)
  const verb = does === 'reads' ? 'read' : 'written'
  if (!entry) throw wrongUse(`unknown format ${JSON.stringify(id)}`, `These can be ${verb}: ${able.join(', ')}.`)
  if (!entry[does]) throw wrongUse(`the format ${id} cannot be ${verb}`, `These can: ${able.join(', ')}.`)
  return entry
}

async function expand(file: string, extension: string | undefined): Promise<readonly string[]> {
  if (file === '-') return [file]
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw wrongUse(`cannot read ${file}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`)
  })
  if (!found.isDirectory()) return [file]
  const extensions = extension === undefined ? formats.filter((entry) => entry.reads).map((entry) => entry.extension) : [extension]
  const names = (await readdir(file, { recursive: true })).filter((name) => extensions.includes(path.extname(name).slice(1)))
  return names.sort().map((name) => path.join(file, name))
}

async function decode(file: string, io: Terminal): Promise<{ source: Source; diagnostics: readonly Diagnostic[] }> {
  const bytes = file === '-' ? await io.stdin() : await readFile(file)
  const name = file === '-' ? '<stdin>' : file
  const { text, diagnostics } = decodeText(bytes, name)
  return { source: { file: name, text }, diagnostics }
}

function guess(sources: readonly Source[]): FormatEntry<FormatId> {
  const guesses = sources.map((source) => ({ source, entry: detectFormat(source.file, source.text) }))
  const unknown = guesses.find(({ entry }) => !entry)
  const first = guesses[0]?.entry
  if (unknown || !first)
    throw wrongUse(
      `cannot tell the format of ${unknown?.source.file ?? 'the input'}`,
      'Name it with --from; `schemaflow formats` lists them.',
    )
  const other = guesses.find(({ entry }) => entry?.id !== first.id)
  if (other)
    throw wrongUse(
      `the files are of different formats (${first.id}, ${other.entry?.id})`,
      'Name one with --from, or convert them one by one.',
    )
  return first
}
