import { aColumn, aForeignKey, anIndex, anIndexElement, aPrimaryKey, aSchema, aTable } from '#core/schema/index.ts'
import type { Source } from '../format.ts'
import { format } from '../postgres-sql/index.ts'
import { splitScript } from '../shared/sql/split.ts'

/** A figure measured in one run: `ratio` must not pass `limit`, or must reach it for `atLeast`. */
export interface Figure {
  readonly name: string
  readonly ratio: number
  readonly limit: number
  readonly atLeast?: boolean
  readonly detail: string
}

const ROUNDS = 10

/**
 * How fast SQL becomes the model, against bare parsing and against the importer people use today. Milliseconds of processor time, best of several
 * rounds: other work on the machine does not count.
 */
export async function run(): Promise<readonly Figure[]> {
  const sources = [...(await corpus()), synthetic()]
  return [
    await againstParsing(sources),
    await growth(),
    await exportAgainstImport(sources),
    await againstDbml(sources),
    await againstStatementParser('node-sql-parser', sources),
    await againstStatementParser('pgsql-ast-parser', sources),
  ]
}

/** Import of the largest dumps, as a multiple of what libpg-query alone needs to parse the same statements. */
async function againstParsing(sources: readonly Source[]): Promise<Figure> {
  const pg = await import('libpg-query')
  await pg.loadModule()
  const largest = [...sources].sort((a, b) => b.text.length - a.text.length).slice(0, 5)
  let bare = 0
  let ours = 0
  const details: string[] = []
  for (const source of largest) {
    const statements = statementsOf(source.text)
    const parse = () => {
      for (const statement of statements) {
        try {
          pg.parseSync(statement)
        } catch {
          // What the grammar refuses costs both sides the same.
        }
      }
    }
    const [parsing, importing] = await bestOf(parse, () => read(source))
    bare += parsing
    ours += importing
    details.push(`${source.file} ${importing.toFixed(0)}/${parsing.toFixed(0)} ms`)
  }
  return { name: 'SQL import, against libpg-query alone', ratio: ours / bare, limit: 2, detail: details.join(', ') }
}

/** Ten times the input must not cost much more than ten times the time. */
async function growth(): Promise<Figure> {
  const [small, large] = [synthetic(200), synthetic(2_000)]
  const [little, much] = await bestOf(
    () => read(small),
    () => read(large),
    4,
  )
  return {
    name: 'SQL import of ten times the input, against one',
    ratio: much / little,
    limit: 12,
    detail: `${much.toFixed(0)}/${little.toFixed(0)} ms`,
  }
}

/** Writing a schema takes a fraction of reading it. */
async function exportAgainstImport(sources: readonly Source[]): Promise<Figure> {
  const largest = [...sources].sort((a, b) => b.text.length - a.text.length).slice(0, 1)
  const details: string[] = []
  let reading = 0
  let writing = 0
  for (const source of largest) {
    const schema = (await read(source))?.schema ?? aSchema({})
    const [importing, exporting] = await bestOf(
      () => read(source),
      () => format.exporter?.(schema),
      2 * ROUNDS,
    )
    reading += importing
    writing += exporting
    details.push(`${source.file} ${exporting.toFixed(0)}/${importing.toFixed(0)} ms`)
  }
  return {
    name: 'SQL export, against import of the same schema',
    ratio: writing / reading,
    limit: 0.5,
    detail: details.join(', '),
  }
}

/** How many times faster than `@dbml/core` on files that both accept. */
async function againstDbml(sources: readonly Source[]): Promise<Figure> {
  const { importer } = (await import('@dbml/core' as string)) as {
    readonly importer: { readonly import: (text: string, format: string) => string }
  }
  let theirs = 0
  let ours = 0
  const accepted: string[] = []
  for (const source of sources.filter(({ text }) => text.length < 120_000)) {
    try {
      importer.import(source.text, 'postgres')
    } catch {
      continue
    }
    const [dbml, own] = await bestOf(
      () => importer.import(source.text, 'postgres'),
      () => read(source),
      2,
    )
    theirs += dbml
    ours += own
    accepted.push(source.file)
  }
  return {
    name: 'SQL import, times faster than @dbml/core',
    ratio: theirs / ours,
    limit: 30,
    atLeast: true,
    detail: `on ${accepted.join(', ')}: ${ours.toFixed(0)} against ${theirs.toFixed(0)} ms`,
  }
}

type StatementParser = (sql: string) => unknown

/** The parsers that other tools build upon. Their types are of no interest. */
const statementParsers: Readonly<Record<string, () => Promise<StatementParser>>> = {
  'node-sql-parser': async () => {
    const name = 'node-sql-parser/build/postgresql.js'
    const { default: module } = (await import(name)) as {
      readonly default: { readonly Parser: new () => { astify: (sql: string, options: object) => unknown } }
    }
    const parser = new module.Parser()
    return (sql) => parser.astify(sql, { database: 'Postgresql' })
  },
  'pgsql-ast-parser': async () => {
    const name = 'pgsql-ast-parser'
    const { parse } = (await import(name)) as { readonly parse: StatementParser }
    return parse
  },
}

/** How many times faster than a parser on the statements that it accepts (about four fifths); ours makes the model of them as well. */
async function againstStatementParser(name: string, sources: readonly Source[]): Promise<Figure> {
  const parse = await statementParsers[name]?.()
  const accepts = (sql: string): boolean => {
    try {
      parse?.(sql)
      return true
    } catch {
      return false
    }
  }
  const whole = sources.filter(({ text }) => text.length < 400_000)
  const files = whole.map(({ file, text }) => ({ file, statements: statementsOf(text).filter(accepts) }))
  const accepted = files.flatMap(({ statements }) => statements)
  const scripts = files.map(({ file, statements }) => ({ file, text: statements.map((sql) => `${sql};\n`).join('') }))
  const [theirs, ours] = await bestOf(
    () => accepted.forEach(accepts),
    async () => {
      for (const script of scripts) await read(script)
    },
    6,
  )
  const all = whole.reduce((sum, { text }) => sum + statementsOf(text).length, 0)
  return {
    name: `SQL import, times faster than ${name}`,
    ratio: theirs / ours,
    limit: 5,
    atLeast: true,
    detail: `it accepts ${accepted.length} of ${all} statements: ${ours.toFixed(0)} against ${theirs.toFixed(0)} ms`,
  }
}

/** What of a script is SQL, statement by statement. */
const statementsOf = (text: string): readonly string[] =>
  [...splitScript(text)].filter(({ kind }) => kind === 'statement').map(({ start, end }) => text.slice(start, end))

const read = (source: Source) => format.importer?.([source])

/** The best time of each, measured in turns so that both meet the same machine. */
async function bestOf(first: () => unknown, second: () => unknown, rounds = ROUNDS): Promise<readonly [number, number]> {
  let best: readonly [number, number] = [Infinity, Infinity]
  for (let round = 0; round < rounds; round += 1) {
    const one = await timed(first)
    const two = await timed(second)
    best = [Math.min(best[0], one), Math.min(best[1], two)]
  }
  return best
}

async function timed(work: () => unknown): Promise<number> {
  const before = clock()
  await work()
  return clock() - before
}

// This layer knows no Node; a benchmark needs the processor's clock and, when they are there, the shared dumps.
const { process } = globalThis as unknown as {
  readonly process: { readonly cpuUsage: () => { readonly user: number; readonly system: number } }
}
const clock = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function corpus(): Promise<readonly Source[]> {
  const load = (name: string): Promise<unknown> => import(name)
  const fs = (await load('node:fs')) as {
    readonly existsSync: (path: string) => boolean
    readonly readdirSync: (path: string) => string[]
    readonly readFileSync: (path: string, encoding: 'utf8') => string
  }
  const folder = '../shared/corpus/postgres-dump'
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .map((file) => ({ file, text: fs.readFileSync(`${folder}/${file}`, 'utf8') }))
}

/** Tables of 12 columns with keys and indexes, for machines without the shared dumps. Every importer accepts it. */
function synthetic(count = 400): Source {
  const tables = Array.from({ length: count }, (_, n) => {
    const name = `table_${n}`
    const columns = Array.from({ length: 11 }, (_each, m) =>
      aColumn({ name: `column_${m}`, type: m % 2 ? 'text' : 'integer', nullable: m % 3 === 0, default: m % 4 ? null : '0' }),
    )
    const target = { namespace: 'public', table: `table_${Math.floor(n / 2)}`, columns: ['id'] }
    return aTable({
      name,
      columns: [aColumn({ name: 'id', type: 'integer', nullable: false }), ...columns],
      constraints: [
        aPrimaryKey({ name: `${name}_pkey`, columns: ['id'] }),
        aForeignKey({ name: `${name}_column_0_fkey`, columns: ['column_0'], references: target, onDelete: 'cascade' }),
      ],
      indexes: [
        anIndex({
          name: `${name}_index`,
          elements: [anIndexElement({ column: 'column_1' }), anIndexElement({ column: 'column_2', order: 'desc' })],
        }),
      ],
    })
  })
  return { file: 'synthetic.sql', text: format.exporter?.(aSchema({ tables })).files[0]?.text ?? '' }
}
