import { quoteName } from '#core/dialects/postgres.ts'
import type { OperatorClass, OperatorClassElement, OperatorFamily } from '#core/schema/index.ts'
import { modelType, shortName, signatureText } from '../../names.ts'
import type { Reading } from '../../reading.ts'
import { argumentTypes, notOfExtension, ownerOf } from '../../sql.ts'
import { grouped } from '../columns.ts'

interface FamilyRow {
  readonly oid: number
  readonly namespace: string
  readonly name: string
  readonly method: string
  readonly owner: string | null
}

interface ClassRow extends FamilyRow {
  readonly type: string
  readonly isDefault: boolean
  readonly familyNamespace: string
  readonly familyName: string
  readonly storage: string | null
}

interface ElementRow {
  readonly owner: number
  readonly kind: 'operator' | 'function'
  readonly number: number
  readonly namespace: string
  readonly name: string
  readonly left: string
  readonly right: string
  readonly types: readonly string[] | null
  readonly sortNamespace: string | null
  readonly sortFamily: string | null
}

/** Operator families and classes. An element belongs to what it depends on: a class, or the family when it was added to that. */
export async function readOperatorClasses(
  reading: Reading,
): Promise<{ readonly operatorFamilies: readonly OperatorFamily[]; readonly operatorClasses: readonly OperatorClass[] }> {
  const { query, namespaces, comments } = reading
  const ids = [[...namespaces.keys()]]
  const families = await query<FamilyRow>(
    `SELECT f.oid, n.nspname::text AS namespace, f.opfname::text AS name, am.amname::text AS method, ${ownerOf(reading, 'f.opfowner')} AS owner
     FROM pg_opfamily f JOIN pg_namespace n ON n.oid = f.opfnamespace JOIN pg_am am ON am.oid = f.opfmethod
     WHERE f.opfnamespace = ANY ($1::oid[]) AND ${notOfExtension('pg_opfamily', 'f.oid')} ORDER BY f.oid`,
    ids,
  )
  const classes = await query<ClassRow>(
    `SELECT c.oid, n.nspname::text AS namespace, c.opcname::text AS name, am.amname::text AS method, ${ownerOf(reading, 'c.opcowner')} AS owner,
       format_type(c.opcintype, NULL) AS type, c.opcdefault AS "isDefault", fn.nspname::text AS "familyNamespace", f.opfname::text AS "familyName",
       CASE WHEN c.opckeytype <> 0 THEN format_type(c.opckeytype, NULL) END AS storage
     FROM pg_opclass c JOIN pg_namespace n ON n.oid = c.opcnamespace JOIN pg_am am ON am.oid = c.opcmethod
       JOIN pg_opfamily f ON f.oid = c.opcfamily JOIN pg_namespace fn ON fn.oid = f.opfnamespace
     WHERE c.opcnamespace = ANY ($1::oid[]) AND ${notOfExtension('pg_opclass', 'c.oid')} ORDER BY c.oid`,
    ids,
  )
  const ofFamily = await elements(reading, 'pg_opfamily', families)
  const ofClass = await elements(reading, 'pg_opclass', classes)
  return {
    operatorFamilies: families.map(({ oid, ...family }) => ({
      ...family,
      elements: ofFamily(oid),
      searchPath: null,
      comment: comments('pg_opfamily', oid),
    })),
    operatorClasses: classes.map(({ oid, type, familyNamespace, familyName, storage, ...opclass }) => ({
      ...opclass,
      type: modelType(type),
      family: { namespace: familyNamespace, name: familyName },
      storage: storage === null ? null : modelType(storage),
      elements: ofClass(oid),
      searchPath: null,
      comment: comments('pg_opclass', oid),
    })),
  }
}

async function elements(
  { query }: Reading,
  catalog: 'pg_opfamily' | 'pg_opclass',
  owners: readonly FamilyRow[],
): Promise<(oid: number) => readonly OperatorClassElement[]> {
  if (owners.length === 0) return () => []
  const dependsOn = (of: string) =>
    `JOIN pg_depend d ON d.classid = '${of}'::regclass AND d.objid = e.oid AND d.refclassid = '${catalog}'::regclass
       JOIN unnest($1::oid[]) AS picked(id) ON picked.id = d.refobjid`
  const rows = await query<ElementRow>(
    `SELECT d.refobjid AS owner, 'operator' AS kind, e.amopstrategy::int AS number, n.nspname::text AS namespace, o.oprname::text AS name,
       format_type(e.amoplefttype, NULL) AS left, format_type(e.amoprighttype, NULL) AS right, NULL::text[] AS types,
       sn.nspname::text AS "sortNamespace", s.opfname::text AS "sortFamily", e.oid AS oid
     FROM pg_amop e ${dependsOn('pg_amop')} JOIN pg_operator o ON o.oid = e.amopopr JOIN pg_namespace n ON n.oid = o.oprnamespace
       LEFT JOIN pg_opfamily s ON s.oid = e.amopsortfamily AND e.amopsortfamily <> 0 LEFT JOIN pg_namespace sn ON sn.oid = s.opfnamespace
     UNION ALL
     SELECT d.refobjid, 'function', e.amprocnum::int, n.nspname::text, p.proname::text, format_type(e.amproclefttype, NULL),
       format_type(e.amprocrighttype, NULL), ${argumentTypes('p.proargtypes')}, NULL, NULL, e.oid
     FROM pg_amproc e ${dependsOn('pg_amproc')} JOIN pg_proc p ON p.oid = e.amproc JOIN pg_namespace n ON n.oid = p.pronamespace
     ORDER BY 1, 2 DESC, 3, 11`,
    [owners.map(({ oid }) => oid)],
  )
  const byOwner = grouped(rows, ({ owner }) => owner)
  return (oid) => (byOwner.get(oid) ?? []).map(elementOf)
}

function elementOf({ kind, number, namespace, name, left, right, types, sortNamespace, sortFamily }: ElementRow): OperatorClassElement {
  const operator = namespace === 'pg_catalog' ? name : `${quoteName(namespace)}.${name}`
  return {
    kind,
    number,
    name: kind === 'operator' ? operator : signatureText(namespace, name, types ?? []),
    types: [modelType(left), modelType(right)],
    orderBy: sortNamespace === null || sortFamily === null ? null : shortName(sortNamespace, sortFamily),
  }
}
