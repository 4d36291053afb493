import type { Publication } from '#core/schema/index.ts'
import type { Reading } from '../../reading.ts'
import { FIRST_USER_OID } from '../../oids.ts'
import { notOfExtension, ownerOf } from '../../sql.ts'
import { grouped } from '../columns.ts'
import { printedOrNull } from '../../definitions/printed.ts'

interface PublicationRow {
  readonly oid: number
  readonly name: string
  readonly allTables: boolean
  readonly insert: boolean
  readonly update: boolean
  readonly delete: boolean
  readonly truncate: boolean
  readonly viaRoot: boolean
  readonly generatedColumns: string
  readonly owner: string | null
}

interface TableRow {
  readonly publication: number
  readonly namespace: string
  readonly name: string
  readonly hasChildren: boolean
  readonly columns: readonly string[] | null
  readonly filter: string | null
}

export async function readPublications(reading: Reading): Promise<readonly Publication[]> {
  const { query, since, comments } = reading
  const rows = await query<PublicationRow>(
    `SELECT p.oid, p.pubname::text AS name, p.puballtables AS "allTables", p.pubinsert AS insert, p.pubupdate AS update, p.pubdelete AS delete,
       p.pubtruncate AS truncate, p.pubviaroot AS "viaRoot", ${since(180_000, 'p.pubgencols::text', "'n'")} AS "generatedColumns", ${ownerOf(reading, 'p.pubowner')} AS owner
     FROM pg_publication p WHERE p.oid >= ${FIRST_USER_OID} AND ${notOfExtension('pg_publication', 'p.oid')} ORDER BY p.oid`,
  )
  if (rows.length === 0) return []
  const tables = grouped(await query<TableRow>(tableQuery(reading)), ({ publication }) => publication)
  const namespaces = grouped(await query<{ publication: number; name: string }>(namespaceQuery(reading)), ({ publication }) => publication)
  return rows.map((row) => ({
    name: row.name,
    allTables: row.allTables,
    tables: (tables.get(row.oid) ?? []).map(({ namespace, name, hasChildren, columns, filter }) => ({
      table: { namespace, name },
      only: hasChildren,
      columns: columns ?? [],
      where: printedOrNull(filter),
    })),
    namespaces: (namespaces.get(row.oid) ?? []).map(({ name }) => name),
    options: optionsOf(row),
    searchPath: null,
    owner: row.owner,
    comment: comments('pg_publication', row.oid),
  }))
}

/** Children of INHERITS are listed by themselves: a parent is meant alone. */
const tableQuery = ({ since }: Reading): string =>
  `SELECT r.prpubid AS publication, n.nspname::text AS namespace, c.relname::text AS name,
     c.relkind = 'r' AND EXISTS (SELECT FROM pg_inherits h WHERE h.inhparent = c.oid) AS "hasChildren",
     ${since(150_000, 'CASE WHEN r.prattrs IS NOT NULL THEN ARRAY(SELECT a.attname::text FROM unnest(r.prattrs) WITH ORDINALITY AS u(number, n) JOIN pg_attribute a ON a.attrelid = r.prrelid AND a.attnum = u.number ORDER BY u.n) END', 'NULL::text[]')} AS columns,
     ${since(150_000, 'pg_get_expr(r.prqual, r.prrelid)', 'NULL::text')} AS filter
   FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace ORDER BY r.oid`

const namespaceQuery = ({ since }: Reading): string =>
  since(
    150_000,
    'SELECT s.pnpubid AS publication, n.nspname::text AS name FROM pg_publication_namespace s JOIN pg_namespace n ON n.oid = s.pnnspid ORDER BY s.oid',
    'SELECT 0 AS publication, NULL::text AS name WHERE false',
  )

const GENERATED: Readonly<Record<string, string>> = { s: 'stored' }

/** What differs from the defaults. */
function optionsOf(row: PublicationRow): Readonly<Record<string, string>> {
  const actions = (['insert', 'update', 'delete', 'truncate'] as const).filter((action) => row[action])
  const generated = GENERATED[row.generatedColumns]
  return {
    ...(actions.length < 4 && { publish: actions.join(', ') }),
    ...(row.viaRoot && { publish_via_partition_root: 'true' }),
    ...(generated !== undefined && { publish_generated_columns: generated }),
  }
}
