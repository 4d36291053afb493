import { anOpaque, type Schema } from '#core/schema/index.ts'
import { exportJson } from '#formats/json/exporter.ts'

/** A schema's JSON, owners and privileges included; of statements kept verbatim only what they say: they stand elsewhere afterwards, under another search path perhaps. */
export function documentOf(schema: Schema): string {
  const opaque = schema.opaque
    .filter(({ sql }) => !unprovable.test(sql))
    .map(({ sql, reason }) => anOpaque({ sql, reason, position: { statement: 0, line: 0 } }))
    .sort((a, b) => (a.sql < b.sql ? -1 : 1))
  return exportJson({ ...schema, opaque }, { privileges: true }).files[0]?.text ?? ''
}

/** On a table of Diesel's own, which no statement of lemmy-migrations.sql makes: kept while a later dropped table leaves that open. */
const unprovable = /__diesel_schema_migrations/
