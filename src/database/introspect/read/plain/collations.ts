import type { Collation } from '#core/schema/index.ts'
import type { Reading } from '../../reading.ts'
import { notOfExtension, ownerOf } from '../../sql.ts'

interface CollationRow {
  readonly oid: number
  readonly namespace: string
  readonly name: string
  readonly owner: string | null
  readonly provider: string
  readonly collate: string | null
  readonly ctype: string | null
  readonly locale: string | null
  readonly deterministic: boolean
  readonly rules: string | null
}

export async function readCollations(reading: Reading): Promise<readonly Collation[]> {
  const { query, since, namespaces, comments } = reading
  // ICU's locale has moved from column to column.
  const locale = since(
    170_000,
    'c.colllocale',
    since(150_000, 'c.colliculocale', "CASE WHEN c.collprovider = 'i' THEN c.collcollate::text END"),
  )
  const rows = await query<CollationRow>(
    `SELECT c.oid, n.nspname::text AS namespace, c.collname::text AS name, ${ownerOf(reading, 'c.collowner')} AS owner, c.collprovider::text AS provider,
       c.collcollate::text AS collate, c.collctype::text AS ctype, ${locale} AS locale, c.collisdeterministic AS deterministic,
       ${since(160_000, 'c.collicurules', 'NULL::text')} AS rules
     FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
     WHERE c.collnamespace = ANY ($1::oid[]) AND ${notOfExtension('pg_collation', 'c.oid')} ORDER BY c.oid`,
    [[...namespaces.keys()]],
  )
  return rows.map(({ oid, namespace, name, owner, provider, collate, ctype, locale: own, deterministic, rules }) => {
    const isOne = collate === ctype
    const libc = provider === 'c'
    return {
      namespace,
      name,
      provider: provider === 'i' ? 'icu' : provider === 'b' ? 'builtin' : null,
      locale: libc ? (isOne ? collate : null) : own,
      lcCollate: libc && !isOne ? collate : null,
      lcCtype: libc && !isOne ? ctype : null,
      deterministic,
      rules,
      version: null,
      from: null,
      owner,
      comment: comments('pg_collation', oid),
    }
  })
}
