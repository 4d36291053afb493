import type { Diagnostic } from '#core/diagnostic.ts'
import { defaultLimits } from '#core/limits.ts'
import { runMutation } from '#core/mutations/run.ts'
import { derivedIds } from '#core/project/ids.ts'
import { rowsToSchema, schemaToRows } from '#core/project/schema.ts'
import { type ProjectRows, ProjectStore } from '#core/project/store.ts'
import type { Schema } from '#core/schema/index.ts'
import { findFormat, formats } from '#formats/all.ts'
import type { ExportResult, FormatEntry } from '#formats/format.ts'
import { highlight } from '../panels/lines/highlight.ts'
import { drawnLinks, drawnTables } from './draw-showcase.ts'
import { shopSql } from './shop.ts'
import type { Rename, Showcase, ShowcaseCode } from './showcase.ts'

/**
 * Reads the shop with our importer, carries out the renames with the editor's own mutation, and writes the result with our exporters: what the
 * page shows is what the product does. A rename that is refused comes back in words, and the others count.
 */
export async function makeShowcase(
  renames: readonly Rename[] = [],
): Promise<{ readonly showcase: Showcase; readonly refused: readonly string[] }> {
  const store = ProjectStore.from(await (read ??= readShop()))
  const context = { projectId: seed, limits: defaultLimits }
  const trouble = renames.flatMap(({ id, name }) => problems(runMutation(store, 'columns.update', { id, name }, context)))
  const schema = rowsToSchema(store)
  const code = (await Promise.all(formats.map((entry) => written(entry, schema)))).filter((it) => it !== null)
  return { showcase: { tables: drawnTables(store), links: drawnLinks(store), code }, refused: trouble }
}

/** Ids count on from it, so that the page's columns are the same in every process. */
const seed = '00000000-0000-7000-8000-000000000000'
let read: Promise<ProjectRows> | undefined

async function readShop(): Promise<ProjectRows> {
  const entry = findFormat('postgres-sql')
  const { importer } = (await entry?.load())?.format ?? {}
  if (!importer) return {}
  const { schema } = await importer([{ file: 'shop.sql', text: shopSql }])
  return schemaToRows(schema, derivedIds(seed))
}

const problems = ({ kind, diagnostics }: { kind: 'done' | 'refused'; diagnostics: readonly Diagnostic[] }): string[] =>
  kind === 'refused' ? diagnostics.map(({ message }) => message) : []

const shown = new Set(['postgres-sql', 'drizzle', 'prisma'])
const titles: Readonly<Record<string, string>> = { 'postgres-sql': 'SQL' }

async function written(entry: FormatEntry, schema: Schema): Promise<ShowcaseCode | null> {
  const { exporter } = shown.has(entry.id) ? (await entry.load()).format : {}
  const result = exporter?.(schema)
  const text = result?.files[0]?.text.trimEnd()
  if (!result || text === undefined) return null
  const runs = await highlight(text, entry.language)
  return {
    id: entry.id,
    title: titles[entry.id] ?? entry.title,
    lines: text.split('\n').map((line, index) => ({ text: line, runs: runs[index] ?? [] })),
    places: linePlaces(text, result),
    losses: [...new Set(result.losses.map((loss) => loss.message))],
  }
}

function linePlaces(text: string, { places = [] }: ExportResult): ShowcaseCode['places'] {
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length - 1
  return Object.fromEntries(places.map(({ name, start, end }) => [name, [lineAt(start), lineAt(Math.max(start, end - 1))] as const]))
}
