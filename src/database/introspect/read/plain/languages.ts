import type { AccessMethod, Conversion, Language, Transform } from '#core/schema/index.ts'
import { modelType, signatureText } from '../../names.ts'
import type { Reading } from '../../reading.ts'
import { FIRST_USER_OID } from '../../oids.ts'
import { argumentTypes, functionName, notOfExtension, ownerOf } from '../../sql.ts'

// What extends the server itself.

export async function readLanguages(reading: Reading): Promise<readonly Language[]> {
  const rows = await reading.query<Omit<Language, 'comment'> & { readonly oid: number }>(
    `SELECT l.oid, l.lanname::text AS name, l.lanpltrusted AS trusted, ${functionName('l.lanplcallfoid')} AS handler, ${functionName('l.laninline')} AS inline,
       ${functionName('l.lanvalidator')} AS validator, ${ownerOf(reading, 'l.lanowner')} AS owner
     FROM pg_language l WHERE l.lanispl AND l.oid >= ${FIRST_USER_OID} AND ${notOfExtension('pg_language', 'l.oid')} ORDER BY l.oid`,
  )
  return rows.map(({ oid, ...language }) => ({ ...language, comment: reading.comments('pg_language', oid) }))
}

interface TransformRow {
  readonly oid: number
  readonly type: string
  readonly language: string
  readonly fromNamespace: string | null
  readonly fromName: string | null
  readonly fromTypes: readonly string[]
  readonly toNamespace: string | null
  readonly toName: string | null
  readonly toTypes: readonly string[]
}

export async function readTransforms({ query, comments }: Reading): Promise<readonly Transform[]> {
  const rows = await query<TransformRow>(
    `SELECT t.oid, format_type(t.trftype, NULL) AS type, l.lanname::text AS language, fn.nspname::text AS "fromNamespace", f.proname::text AS "fromName",
       ${argumentTypes('f.proargtypes')} AS "fromTypes", pn.nspname::text AS "toNamespace", p.proname::text AS "toName", ${argumentTypes('p.proargtypes')} AS "toTypes"
     FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang LEFT JOIN pg_proc f ON f.oid = t.trffromsql AND t.trffromsql <> 0
       LEFT JOIN pg_namespace fn ON fn.oid = f.pronamespace LEFT JOIN pg_proc p ON p.oid = t.trftosql AND t.trftosql <> 0 LEFT JOIN pg_namespace pn ON pn.oid = p.pronamespace
     WHERE t.oid >= ${FIRST_USER_OID} AND ${notOfExtension('pg_transform', 't.oid')} ORDER BY t.oid`,
  )
  const text = (namespace: string | null, name: string | null, types: readonly string[]) =>
    namespace === null || name === null ? null : signatureText(namespace, name, types)
  return rows.map((row) => ({
    type: modelType(row.type),
    language: row.language,
    fromSql: text(row.fromNamespace, row.fromName, row.fromTypes),
    toSql: text(row.toNamespace, row.toName, row.toTypes),
    comment: comments('pg_transform', row.oid),
  }))
}

export async function readConversions(reading: Reading): Promise<readonly Conversion[]> {
  const rows = await reading.query<Omit<Conversion, 'comment'> & { readonly oid: number }>(
    `SELECT c.oid, n.nspname::text AS namespace, c.conname::text AS name, c.condefault AS "isDefault", pg_encoding_to_char(c.conforencoding)::text AS from,
       pg_encoding_to_char(c.contoencoding)::text AS to, ${functionName('c.conproc')} AS function, ${ownerOf(reading, 'c.conowner')} AS owner
     FROM pg_conversion c JOIN pg_namespace n ON n.oid = c.connamespace
     WHERE c.connamespace = ANY ($1::oid[]) AND ${notOfExtension('pg_conversion', 'c.oid')} ORDER BY c.oid`,
    [[...reading.namespaces.keys()]],
  )
  return rows.map(({ oid, ...conversion }) => ({ ...conversion, comment: reading.comments('pg_conversion', oid) }))
}

export async function readAccessMethods({ query, comments }: Reading): Promise<readonly AccessMethod[]> {
  const rows = await query<{ oid: number; name: string; kind: string; handler: string }>(
    `SELECT a.oid, a.amname::text AS name, a.amtype::text AS kind, ${functionName('a.amhandler')} AS handler FROM pg_am a
     WHERE a.oid >= ${FIRST_USER_OID} AND ${notOfExtension('pg_am', 'a.oid')} ORDER BY a.oid`,
  )
  return rows.map(({ oid, name, kind, handler }) => ({
    name,
    kind: kind === 't' ? 'table' : 'index',
    handler,
    comment: comments('pg_am', oid),
  }))
}
