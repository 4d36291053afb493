import { type Constraint, DEFAULT_NAMESPACE, type Schema, type Table } from '#core/schema/index.ts'
import { findFormat, formats } from '#formats/all.ts'
import type { ExportResult, FormatEntry } from '#formats/format.ts'
import { highlight } from '../panels/lines/highlight.ts'
import { shopPlaces, shopSql } from './shop.ts'
import type { Showcase, ShowcaseCode, ShowcaseLink, ShowcaseTable } from './showcase.ts'

/** Reads the shop with our importer and writes it with our exporters: what the page shows is what the product does. */
export async function makeShowcase(): Promise<Showcase> {
  const entry = findFormat('postgres-sql')
  const { importer } = (await entry?.load())?.format ?? {}
  if (!importer) return { tables: [], links: [], code: [] }
  const { schema } = await importer([{ file: 'shop.sql', text: shopSql }])
  return {
    tables: schema.tables.flatMap((table) => drawnTable(table, schema)),
    links: schema.tables.flatMap((table) => drawnLinks(table)),
    code: (await Promise.all(formats.map((it) => written(it, schema)))).filter((it) => it !== null),
  }
}

function drawnTable(table: Table, schema: Schema): ShowcaseTable[] {
  const place = shopPlaces[table.name]
  if (!place) return []
  const has = (kind: Constraint['kind'], column: string) =>
    table.constraints.some((it) => it.kind === kind && 'columns' in it && it.columns.includes(column))
  return [
    {
      name: table.name,
      namespace: table.namespace === DEFAULT_NAMESPACE ? null : table.namespace,
      ...place,
      columns: table.columns.map(({ name, type, nullable }) => ({
        name,
        type: shortType(type, schema),
        nullable: nullable && !has('primaryKey', name),
        primary: has('primaryKey', name),
        foreign: has('foreignKey', name),
        unique: has('unique', name),
      })),
      foot: foot(table),
    },
  ]
}

/** As people write it: `timestamptz`, not `timestamp with time zone`. */
function shortType(type: string, schema: Schema): string {
  const own = schema.enums.some((it) => `${it.namespace}.${it.name}` === type)
  const short = type.replace('timestamp with time zone', 'timestamptz').replace('character varying', 'varchar')
  return own ? short.replace(`${DEFAULT_NAMESPACE}.`, '') : short.replace(/^public\./, '')
}

function foot({ constraints, indexes }: Table): string {
  const count = (number: number, one: string, many: string) => (number === 0 ? [] : [`${number} ${number === 1 ? one : many}`])
  const of = (kind: Constraint['kind']) => constraints.filter((it) => it.kind === kind).length
  return [
    ...count(indexes.length, 'index', 'indexes'),
    ...count(of('check'), 'check', 'checks'),
    ...count(of('exclusion'), 'exclusion', 'exclusions'),
  ].join(' · ')
}

function drawnLinks(table: Table): ShowcaseLink[] {
  return table.constraints.flatMap((key) => {
    const [column] = key.kind === 'foreignKey' ? key.columns : []
    if (key.kind !== 'foreignKey' || column === undefined) return []
    const single = table.constraints.some(
      (it) => (it.kind === 'unique' || it.kind === 'primaryKey') && it.columns.length === 1 && it.columns[0] === column,
    )
    const nullable = table.columns.some((it) => it.name === column && it.nullable)
    return [
      {
        table: table.name,
        column,
        toTable: key.references.table,
        toColumn: key.references.columns[0] ?? 'id',
        many: !single,
        optional: nullable && !isPrimary(table, column),
      },
    ]
  })
}

const isPrimary = (table: Table, column: string) => table.constraints.some((it) => it.kind === 'primaryKey' && it.columns.includes(column))

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
