import { type BaseType, type CompositeType, type Domain, type Enum, type RangeType } from '#core/schema/index.ts'
import { quoteLiteral } from '#core/dialects/postgres.ts'
import { fullName, modelType } from '../names.ts'
import type { Asking, Reading } from '../reading.ts'
import { notOfExtension, ownerOf } from '../sql.ts'
import { baseTypeOptions, baseTypeQuery, type BaseTypeRow } from './base-types.ts'
import { collationName } from './collation-name.ts'
import { isNamespace, namespaceParams } from './namespaces.ts'
import { grouped, type ColumnRows } from './columns.ts'
import { printed, printedOrNull } from '../definitions/printed.ts'

export interface TypeRow {
  readonly oid: number
  readonly namespace: string
  readonly name: string
  readonly owner: string | null
  readonly kind: 'e' | 'd' | 'r' | 'b' | 'p'
  readonly base: string | null
  readonly notNull: boolean
  readonly default: string | null
  readonly defaultText: string | null
  readonly collationNamespace: string | null
  readonly collation: string | null
  readonly values: readonly string[] | null
}

export interface UserTypes {
  readonly enums: readonly Enum[]
  readonly domains: readonly Domain[]
  readonly rangeTypes: readonly RangeType[]
  readonly baseTypes: readonly BaseType[]
  readonly compositeTypes: readonly CompositeType[]
}

/** Types that people made. Those that PostgreSQL makes along (arrays, row types, multiranges) are none of them. */
export async function readTypeRows(reading: Asking): Promise<readonly TypeRow[]> {
  return reading.query<TypeRow>(
    `SELECT t.oid, n.nspname::text AS namespace, t.typname::text AS name, ${ownerOf(reading, 't.typowner')} AS owner, t.typtype::text AS kind,
       CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END AS base, t.typnotnull AS "notNull",
       CASE WHEN t.typtype = 'd' THEN pg_get_expr(t.typdefaultbin, 0) END AS default, t.typdefault AS "defaultText",
       cn.nspname::text AS "collationNamespace", co.collname::text AS collation,
       CASE WHEN t.typtype = 'e' THEN ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) END AS values
     FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_type b ON b.oid = t.typbasetype AND t.typtype = 'd'
       LEFT JOIN pg_collation co ON co.oid = t.typcollation AND t.typtype = 'd' AND t.typcollation <> b.typcollation LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
     WHERE ${isNamespace(reading.options)} AND (t.typtype IN ('e', 'd', 'r') OR (t.typtype IN ('b', 'p') AND NOT EXISTS (SELECT FROM pg_type a WHERE a.typarray = t.oid)))
       AND ${notOfExtension('pg_type', 't.oid')} ORDER BY t.oid`,
    namespaceParams(reading.options),
  )
}

export async function readUserTypes(reading: Reading, columns: ColumnRows, rows: readonly TypeRow[]): Promise<UserTypes> {
  const of = (kind: TypeRow['kind']) => rows.filter((row) => row.kind === kind)
  return {
    enums: of('e').map((row) => ({ ...named(reading, row), values: row.values ?? [] })),
    domains: await readDomains(reading, of('d')),
    rangeTypes: await readRanges(reading, of('r')),
    // A shell (`p`) is a type that is announced and not defined.
    baseTypes: await readBaseTypes(reading, [...of('b'), ...of('p')]),
    compositeTypes: composites(reading, columns),
  }
}

const named = ({ comments }: Reading, { oid, namespace, name, owner }: TypeRow) => ({
  namespace,
  name,
  owner,
  comment: comments('pg_type', oid),
})

async function readDomains(reading: Reading, domains: readonly TypeRow[]): Promise<readonly Domain[]> {
  if (domains.length === 0) return []
  const rows = await reading.query<{ oid: number; type: number; name: string; expression: string; validated: boolean }>(
    `SELECT k.oid, k.contypid AS type, k.conname::text AS name, pg_get_expr(k.conbin, 0) AS expression, k.convalidated AS validated
     FROM pg_constraint k JOIN unnest($1::oid[]) AS picked(id) ON picked.id = k.contypid WHERE k.contype = 'c' ORDER BY k.contypid, k.conname`,
    [domains.map(({ oid }) => oid)],
  )
  const checks = grouped(rows, ({ type }) => type)
  return domains.map((row) => ({
    ...named(reading, row),
    type: modelType(row.base ?? ''),
    collation: collationName(row.collationNamespace, row.collation),
    default: printedOrNull(row.default) ?? (row.defaultText === null ? null : quoteLiteral(row.defaultText)),
    nullable: !row.notNull,
    constraints: (checks.get(row.oid) ?? []).map(({ oid, name, expression, validated }) => ({
      name,
      expression: printed(expression),
      validated,
      comment: reading.comments('pg_constraint', oid),
    })),
    searchPath: null,
  }))
}

interface RangeRow {
  readonly oid: number
  readonly subtype: string
  readonly multirangeNamespace: string | null
  readonly multirange: string | null
  readonly opclassNamespace: string
  readonly opclass: string
  readonly isDefaultOpclass: boolean
  readonly collationNamespace: string | null
  readonly collation: string | null
  readonly canonical: string | null
  readonly difference: string | null
}

async function readRanges(reading: Reading, ranges: readonly TypeRow[]): Promise<readonly RangeType[]> {
  if (ranges.length === 0) return []
  const rows = await reading.query<RangeRow>(
    `SELECT r.rngtypid AS oid, format_type(r.rngsubtype, NULL) AS subtype, on_.nspname::text AS "opclassNamespace", o.opcname::text AS opclass,
       o.opcdefault AS "isDefaultOpclass", cn.nspname::text AS "collationNamespace", co.collname::text AS collation,
       NULLIF(r.rngcanonical::oid::regproc::text, '-') AS canonical, NULLIF(r.rngsubdiff::oid::regproc::text, '-') AS difference,
       ${reading.since(140_000, '(SELECT n.nspname::text FROM pg_type m JOIN pg_namespace n ON n.oid = m.typnamespace WHERE m.oid = r.rngmultitypid)', 'NULL::text')} AS "multirangeNamespace",
       ${reading.since(140_000, '(SELECT m.typname::text FROM pg_type m WHERE m.oid = r.rngmultitypid)', 'NULL::text')} AS multirange
     FROM pg_range r JOIN unnest($1::oid[]) AS picked(id) ON picked.id = r.rngtypid JOIN pg_opclass o ON o.oid = r.rngsubopc JOIN pg_namespace on_ ON on_.oid = o.opcnamespace
       JOIN pg_type s ON s.oid = r.rngsubtype LEFT JOIN pg_collation co ON co.oid = r.rngcollation AND r.rngcollation <> s.typcollation LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace`,
    [ranges.map(({ oid }) => oid)],
  )
  const byOid = new Map(rows.map((row) => [row.oid, row]))
  return ranges.map((row) => {
    const range = byOid.get(row.oid)
    return { ...named(reading, row), subtype: modelType(range?.subtype ?? ''), options: range ? rangeOptions(range) : {}, searchPath: null }
  })
}

/** In the order in which pg_dump writes them. */
function rangeOptions(range: RangeRow): Readonly<Record<string, string>> {
  const collation = collationName(range.collationNamespace, range.collation)
  return Object.fromEntries(
    [
      [
        'multirange_type_name',
        range.multirange === null ? null : fullName({ namespace: range.multirangeNamespace ?? '', name: range.multirange }),
      ],
      ['subtype_opclass', range.isDefaultOpclass ? null : fullName({ namespace: range.opclassNamespace, name: range.opclass })],
      ['collation', collation],
      ['canonical', range.canonical],
      ['subtype_diff', range.difference],
    ].filter((entry): entry is [string, string] => entry[1] !== null),
  )
}

async function readBaseTypes(reading: Reading, types: readonly TypeRow[]): Promise<readonly BaseType[]> {
  if (types.length === 0) return []
  const rows = await reading.query<BaseTypeRow>(baseTypeQuery(reading), [types.map(({ oid }) => oid)])
  const byOid = new Map(rows.map((row) => [row.oid, row]))
  return types.map((row) => {
    const base = byOid.get(row.oid)
    return { ...named(reading, row), options: base ? baseTypeOptions(base) : {}, searchPath: null }
  })
}

function composites({ relations, comments }: Reading, columns: ColumnRows): readonly CompositeType[] {
  return [...relations.values()]
    .filter(({ kind }) => kind === 'c')
    .map(({ oid, typeOid, namespace, name, owner }) => ({
      namespace,
      name,
      attributes: (columns.get(oid) ?? []).map((row) => ({
        name: row.name,
        type: modelType(row.type),
        collation: row.rare && collationName(row.rare.collationNamespace, row.rare.collation),
        comment: comments('pg_class', oid, row.number),
      })),
      owner,
      comment: comments('pg_type', typeOid),
    }))
}
