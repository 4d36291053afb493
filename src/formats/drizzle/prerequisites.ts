import { quoteName, quoteNames, quoteQualified } from '#core/dialects/postgres.ts'
import type { CompositeType, Domain, RangeType, Schema } from '#core/schema/index.ts'
import { lineComment } from '../shared/code/literals.ts'
import { pathOf } from '../shared/orm/catalog.ts'
import { target, type Context } from './context.ts'

/** What must be in the database before drizzle-kit's first migration, as a comment with the SQL that makes it. */
export function prerequisiteLines({ schema }: Context['catalog']): readonly string[] {
  const statements = prerequisites(schema)
  if (statements.length === 0) return []
  const head = ['drizzle-kit does not create the following: run it before the first migration.', '']
  return [...head, ...statements].flatMap((text) => lineComment('//', text))
}

/** The statements themselves. Types come in the order of the schema: domains, composite types, range types. */
function prerequisites(schema: Schema): readonly string[] {
  const types = [...schema.domains, ...schema.compositeTypes, ...schema.rangeTypes]
  const namespaces = new Set(types.map(({ namespace }) => namespace).filter((name) => name !== 'public'))
  return [
    ...schema.extensions.filter(({ name }) => name !== 'plpgsql').map(({ name }) => `CREATE EXTENSION IF NOT EXISTS ${quoteName(name)};`),
    // drizzle-kit creates the namespaces, but only together with its tables.
    ...(namespaces.size > 0 ? [`-- Types in ${quoteNames([...namespaces]).replace(/\s/g, ' ')} need their namespace first.`] : []),
    ...schema.domains.map(domainSql),
    ...schema.compositeTypes.map(compositeSql),
    ...schema.rangeTypes.map(rangeSql),
  ]
}

function domainSql(domain: Domain): string {
  const parts = [
    `CREATE DOMAIN ${quoteQualified(domain)} AS ${domain.type}`,
    domain.collation && `COLLATE ${domain.collation}`,
    domain.default !== null && `DEFAULT ${domain.default}`,
    !domain.nullable && 'NOT NULL',
    ...domain.constraints.map(({ name, expression }) => `CONSTRAINT ${quoteName(name)} CHECK (${expression})`),
  ]
  return `${parts.filter(Boolean).join(' ')};`
}

function compositeSql(type: CompositeType): string {
  const attributes = type.attributes.map(
    ({ name, type: of, collation }) => `${quoteName(name)} ${of}${collation ? ` COLLATE ${collation}` : ''}`,
  )
  return `CREATE TYPE ${quoteQualified(type)} AS (${attributes.join(', ')});`
}

function rangeSql(type: RangeType): string {
  const options = [`subtype = ${type.subtype}`, ...Object.entries(type.options).map(([name, value]) => `${name} = ${value}`)]
  return `CREATE TYPE ${quoteQualified(type)} AS RANGE (${options.join(', ')});`
}

/** Domains stay in the columns by their name; the domains themselves must come from elsewhere. */
export function domainLosses(context: Context): void {
  for (const domain of context.catalog.schema.domains) {
    const message = `${target.name} does not create domains; columns refer to it by its name.`
    context.losses.add('domain', 'domain', pathOf(domain), message, `Before the first migration: ${domainSql(domain)}`)
  }
}
