import type pg from 'pg'
import type { Schema } from '#core/schema/index.ts'
import type { Loss } from '#formats/format.ts'
import { factCodes, lossFacts } from './loss-facts.ts'
import { prismaDiff } from './prisma-engine.ts'

/** What is wrong with a Prisma schema and its loss report, beside the live database that they stand for. All empty: they are complete and true. */
export interface Findings {
  /** Statements by which Prisma's engine would change the database, and that no loss explains. */
  readonly unexplained: readonly string[]
  /** Losses that say that Prisma's engine sees a difference, where it sees none. */
  readonly unseen: readonly string[]
  /** What the catalogs have and the report does not say. */
  readonly missing: readonly string[]
  /** What the report says and the catalogs do not have. */
  readonly untrue: readonly string[]
}

/** What is judged, and beside what. */
export interface Judged {
  readonly schema: Schema
  readonly text: string
  readonly losses: readonly Loss[]
  readonly url: string
  readonly client: pg.Client
  /** PostgreSQL has refused some of the schema: what the database does not have is then left out of account. */
  readonly isPartial: boolean
}

/**
 * Compares a datamodel with a live database through Prisma's engine, and its losses with the catalogs. What is in the database without being in
 * the schema (made by functions as the schema was loaded) is left out of account.
 */
export async function judgePrisma({ schema, text, losses, url, client, isPartial }: Judged): Promise<Findings> {
  const live = await livePaths(client)
  const isThere = (path: string): boolean => !isPartial || live.has(path)
  const modelled = modelPaths(schema)
  const changes = statementsOf(await prismaDiff(url, text)).flatMap((sql) => changesOf(sql, modelled))
  const lost = new Map<string, Set<string>>()
  for (const { object, code } of losses) lost.set(object, (lost.get(object) ?? new Set()).add(code))
  const isExplained = ({ object }: Change): boolean => [...(lost.get(object) ?? [])].some((code) => visible.has(code))
  const isOurs = ({ needs, drops }: Change): boolean => needs.every(isThere) && (drops === undefined || modelled.has(drops))
  const seen = new Set(changes.map(({ object }) => object))
  const facts = await lossFacts(client)
  const said = (code: string): ReadonlySet<string> => new Set(losses.filter((loss) => loss.code === code).map(({ object }) => object))
  return {
    unexplained: changes.filter((change) => isOurs(change) && !isExplained(change)).map(({ sql }) => sql),
    unseen: losses.flatMap(({ code, object }) => (mustShow.has(code) && isThere(object) && !seen.has(object) ? [`${code} ${object}`] : [])),
    missing: factCodes.flatMap((code) =>
      [...(facts.get(code) ?? [])].filter((path) => modelled.has(path) && !said(code).has(path)).map((path) => `${code} ${path}`),
    ),
    untrue: factCodes.flatMap((code) =>
      [...said(code)].filter((path) => isThere(path) && !facts.get(code)?.has(path)).map((path) => `${code} ${path}`),
    ),
  }
}

/** Losses that Prisma's engine sees, when it compares. */
const visible = new Set([
  'foreign-key-types',
  'foreign-key-target',
  'index-include',
  'constraint-include',
  'expression-text',
  'index',
  'empty-enum',
  'without-overlaps',
  'period',
  'array-dimensions',
  'domain-type',
])
/** Those of them that it cannot overlook. `expression-text` says only that it may see one. */
const mustShow = new Set(['foreign-key-types', 'index-include', 'constraint-include'])

/** Everything in a database that a loss may name. */
async function livePaths(client: pg.Client): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ path: string }>(
    `WITH r AS (SELECT c.oid, n.nspname || '.' || c.relname AS path FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace)
     SELECT path FROM r
     UNION SELECT r.path || '.' || attname FROM pg_attribute JOIN r ON r.oid = attrelid
     UNION SELECT r.path || '.' || conname FROM pg_constraint JOIN r ON r.oid = conrelid
     UNION SELECT r.path || '.' || x.relname FROM pg_index i JOIN r ON r.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
     UNION SELECT r.path || '.' || tgname FROM pg_trigger JOIN r ON r.oid = tgrelid
     UNION SELECT r.path || '.' || polname FROM pg_policy JOIN r ON r.oid = polrelid
     UNION SELECT r.path || '.' || rulename FROM pg_rewrite JOIN r ON r.oid = ev_class
     UNION SELECT nspname || '.' || typname FROM pg_type JOIN pg_namespace n ON n.oid = typnamespace
     UNION SELECT nspname || '.' || stxname FROM pg_statistic_ext JOIN pg_namespace n ON n.oid = stxnamespace
     UNION SELECT nspname FROM pg_namespace`,
  )
  return new Set(rows.map(({ path }) => path))
}

/** Everything in a schema that a loss may name. */
function modelPaths(schema: Schema): ReadonlySet<string> {
  const { domains, rangeTypes, compositeTypes, enums, statistics, sequences } = schema
  const path = (one: { readonly namespace: string; readonly name: string }): string => `${one.namespace}.${one.name}`
  const inside = [...schema.tables, ...schema.views].flatMap((relation) => {
    const parts = [...relation.columns, ...relation.indexes, ...relation.triggers, ...relation.rules]
    const more = 'constraints' in relation ? [...relation.constraints, ...relation.policies] : []
    return [path(relation), ...[...parts, ...more].map((part) => `${path(relation)}.${part.name}`)]
  })
  const others = [...domains, ...rangeTypes, ...compositeTypes, ...enums, ...statistics, ...sequences].map(path)
  return new Set([...inside, ...others, ...schema.namespaces.map((namespace) => namespace.name)])
}

interface Change {
  readonly sql: string
  /** The object as a loss names it. */
  readonly object: string
  /** What must be in the database for the change to mean anything. */
  readonly needs: readonly string[]
  /** What it takes out of the database. */
  readonly drops?: string
}

const statementsOf = (script: string): readonly string[] =>
  script
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.replace(/^--.*$/gm, '').trim())
    .filter(Boolean)

const name = String.raw`(?:"((?:[^"]|"")+)"\.)?"((?:[^"]|"")+)"`
const unquoted = (text: string): string => text.replaceAll('""', '"')
const pathOf = (namespace: string | undefined, table = ''): string => `${unquoted(namespace ?? 'public')}.${unquoted(table)}`

/** One change for each part of a statement. What it does not know is a change of nothing that any loss could name. */
function changesOf(sql: string, modelled: ReadonlySet<string>): readonly Change[] {
  const matching = (pattern: string): RegExpExecArray | undefined => new RegExp(`^${pattern}`, 's').exec(sql) ?? undefined
  const altered = matching(String.raw`ALTER TABLE ${name}\s+(.*)$`)
  if (altered) return alterations(sql, pathOf(altered[1], altered[2]), altered[3] ?? '')
  const dropped = matching(`DROP TABLE ${name}`)
  if (dropped) return [{ sql, object: '', needs: [], drops: pathOf(dropped[1], dropped[2]) }]
  const created = matching(`CREATE TABLE ${name}`)
  if (created) return [{ sql, object: '', needs: [pathOf(created[1], created[2])] }]
  const index = matching(`CREATE (?:UNIQUE )?INDEX ${name} ON ${name}`)
  if (index) {
    const object = `${pathOf(index[3], index[4])}.${unquoted(index[2] ?? '')}`
    return [{ sql, object, needs: [object] }]
  }
  const gone = matching(`DROP INDEX ${name}`)
  if (gone) {
    const inTheirTables = `.${unquoted(gone[2] ?? '')}`
    const object = [...modelled].find((path) => path.startsWith(`${unquoted(gone[1] ?? 'public')}.`) && path.endsWith(inTheirTables)) ?? ''
    return [{ sql, object, needs: [], drops: object }]
  }
  const extension = /^CREATE EXTENSION IF NOT EXISTS "(.*)"/.exec(sql)
  return [{ sql, object: '', needs: extension ? [`extension ${extension[1]}`] : [] }]
}

function alterations(sql: string, table: string, rest: string): readonly Change[] {
  return rest.split(/,\n(?=ADD |DROP |ALTER )/).map((part) => {
    const [, constraint] = /^(?:ADD|DROP) CONSTRAINT "((?:[^"]|"")+)"/.exec(part) ?? []
    const [, column] = /^(?:ALTER|ADD|DROP) COLUMN "((?:[^"]|"")+)"/.exec(part) ?? []
    const object = `${table}.${unquoted(constraint ?? column ?? '')}`
    const change = { sql: `${sql.split('\n')[0]} … ${part}`, object }
    return part.startsWith('DROP') ? { ...change, needs: [], drops: object } : { ...change, needs: [object] }
  })
}
