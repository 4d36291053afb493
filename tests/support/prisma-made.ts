import type pg from 'pg'
import { unquoteNames } from '#core/dialects/postgres.ts'
import { aSchema, type Schema } from '#core/schema/index.ts'
import type { Loss } from '#formats/format.ts'
import { splitScript } from '#formats/shared/sql/split.ts'
import { format as postgresSql } from '#formats/postgres-sql/index.ts'
import type { Difference } from './loss-judge.ts'
import { prismaSql } from './prisma-engine.ts'

// A database as Prisma Migrate makes it from a datamodel, with what the loss report says must be there first.

/** Codes of losses whose objects Prisma leaves to SQL migrations, and that are made here beforehand. */
const prerequisites = [
  ...(['extensions', 'compositeTypes', 'rangeTypes', 'baseTypes', 'collations', 'languages', 'routines', 'domains', 'operators'] as const),
  ...(['operatorFamilies', 'operatorClasses', 'casts', 'textSearch', 'transforms', 'conversions'] as const),
]
const prerequisiteCodes = new Set(
  'composite-type range-type base-type collation-object language routine domain operator operator-class operator-family text-search cast opaque'.split(
    ' ',
  ),
)
/** Losses that no difference between two databases shows by itself: they speak of Prisma's client, of texts, or of what another loss shows too. */
const silentCodes = new Set([
  ...['ignored-model', 'view-columns', 'expression-text', 'array-dimensions', 'enum-quotes', 'opaque'],
  ...['shared-sequence', 'deferrable'],
])

/** Whether a loss (`code object: message`) must show as a difference between the database and the one that Prisma makes. */
export function isShown(loss: string): boolean {
  const code = loss.split(' ')[0] ?? ''
  return !prerequisiteCodes.has(code) && !silentCodes.has(code)
}

/** Makes the database. Prisma's statements that PostgreSQL refuses, in its words. */
export async function makeWithPrisma(url: string, client: pg.Client, schema: Schema, text: string): Promise<readonly string[]> {
  const before = aSchema({
    namespaces: schema.namespaces.map((namespace) => ({ ...namespace, comment: null })),
    // Prisma's own SQL for them does not run, as the report says.
    enums: schema.enums.filter(({ values }) => values.some((value) => value.includes("'"))),
    ...Object.fromEntries(prerequisites.map((list) => [list, schema[list]])),
  })
  const needed = statementsOf(postgresSql.exporter?.(before).files[0]?.text ?? '')
  const script = statementsOf(await prismaSql(url, text))
  const isType = (sql: string): boolean => sql.startsWith('CREATE TYPE')
  await client.query('SET check_function_bodies = off')
  // Types and functions need each other, and tables, in any order.
  await runAll(client, needed)
  await runAll(client, script.filter(isType))
  await runAll(client, [...needed, ...needed])
  const failed = await runAll(
    client,
    script.filter((sql) => !isType(sql)),
  )
  await runAll(client, needed)
  return failed
}

type Sequences = Readonly<Record<string, { readonly ownedBy?: string }>>

/**
 * The differences that are more than spelling (what PostgreSQL and Prisma take for the same), told of what a loss names: those of a sequence that
 * a column owns are its column's. `sequences` are those of both catalogs.
 */
export function realDifferences(differences: readonly Difference[], sequences: Sequences, losses: readonly Loss[]): readonly Difference[] {
  const named = new Set(losses.map(({ object }) => object))
  const isNamed = (id: string): boolean => named.has(unquoteNames(id).join('.'))
  return differences.flatMap((one): readonly Difference[] => {
    // A unique constraint is a unique index to Prisma.
    if (one.change === 'missing' && one.kind === 'constraint' && one.expected?.['type'] === 'unique') return []
    const owner = one.kind === 'sequence' ? sequences[one.id]?.ownedBy : undefined
    // What makes it is the column's default, which differs too.
    if (owner !== undefined && one.change === 'extra') return []
    if (owner !== undefined && !isNamed(one.id))
      return [{ change: 'changed', kind: 'column', id: owner, attributes: { sequence: { expected: one.id, actual: null } } }]
    if (one.change !== 'changed') return [one]
    const real = Object.entries(one.attributes ?? {}).filter(([name, value]) => {
      if (name === 'constraint') return one.kind !== 'index' || value.actual !== null
      return name !== 'default' || plainDefault(value.expected) !== plainDefault(value.actual)
    })
    if (real.length === 0) return []
    const [, sequence] = /^nextval\('(.*)'::regclass\)$/.exec(String(one.attributes?.['default']?.expected)) ?? []
    const isThrough = sequence !== undefined && !isNamed(one.id) && isNamed(sequence)
    return [{ ...one, attributes: Object.fromEntries(real), ...(isThrough ? { id: sequence } : {}) }]
  })
}

/** A default without what its spelling adds: casts of literals, quotes around numbers, the two ways to write an array. */
function plainDefault(value: unknown): string {
  const text = String(value ?? 'NULL').replace('CURRENT_TIMESTAMP', 'now()')
  const bare = text.replace(/^\((.*)\)(::|$)/s, '$1$2')
  const items = /^ARRAY\[(.*?)\](?:::[^'[]+(?:\[\])?)*$/s.exec(bare)?.[1]
  if (items !== undefined) return `{${items.replaceAll(/'((?:[^']|'')*)'(?:::[a-z ".]+)?/g, '$1').replaceAll(', ', ',')}}`
  const [, literal = bare] = /^('.*'|NULL|[-\d.]+)::[^']+$/s.exec(bare) ?? []
  const string = /^'(.*)'$/s.exec(literal)?.[1] ?? literal
  return /^\{.*\}$/s.test(string) ? string.replaceAll('"', '') : /^-?[\d.]+$/.test(string) ? String(Number(string)) : string
}

const statementsOf = (script: string): readonly string[] => [...splitScript(script)].map(({ start, end }) => script.slice(start, end))

/** Each statement by itself; those that fail, with the reason. */
async function runAll(client: pg.Client, statements: readonly string[]): Promise<readonly string[]> {
  const failed: string[] = []
  for (const sql of statements) {
    try {
      await client.query('SET search_path = public')
      await client.query(sql)
    } catch (error) {
      failed.push(`${sql.slice(0, 80)}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return failed
}
