import { quoteLiteral, quoteName } from '#core/dialects/postgres.ts'
import { functionName } from '../sql.ts'

export interface AggregateRow {
  readonly oid: number
  /** n plain, o ordered set, h hypothetical set. */
  readonly kind: 'n' | 'o' | 'h'
  readonly directArguments: number
  readonly sfunc: string
  readonly stype: string
  readonly sspace: number
  readonly initcond: string | null
  readonly finalfunc: string | null
  readonly finalExtra: boolean
  readonly finalModify: string
  readonly combinefunc: string | null
  readonly serialfunc: string | null
  readonly deserialfunc: string | null
  readonly msfunc: string | null
  readonly minvfunc: string | null
  readonly mstype: string | null
  readonly msspace: number
  readonly minitcond: string | null
  readonly mfinalfunc: string | null
  readonly mfinalExtra: boolean
  readonly mfinalModify: string
  readonly sortNamespace: string | null
  readonly sortOperator: string | null
  readonly parallel: string
}

const fn = (column: string): string => functionName(`a.${column}`)

export const aggregateQuery = `SELECT p.oid, a.aggkind::text AS kind, a.aggnumdirectargs AS "directArguments", ${fn('aggtransfn')} AS sfunc,
    format_type(a.aggtranstype, NULL) AS stype, a.aggtransspace AS sspace, a.agginitval AS initcond, ${fn('aggfinalfn')} AS finalfunc,
    a.aggfinalextra AS "finalExtra", a.aggfinalmodify::text AS "finalModify", ${fn('aggcombinefn')} AS combinefunc, ${fn('aggserialfn')} AS serialfunc,
    ${fn('aggdeserialfn')} AS deserialfunc, ${fn('aggmtransfn')} AS msfunc, ${fn('aggminvtransfn')} AS minvfunc,
    CASE WHEN a.aggmtranstype <> 0 THEN format_type(a.aggmtranstype, NULL) END AS mstype, a.aggmtransspace AS msspace, a.aggminitval AS minitcond,
    ${fn('aggmfinalfn')} AS mfinalfunc, a.aggmfinalextra AS "mfinalExtra", a.aggmfinalmodify::text AS "mfinalModify",
    sn.nspname::text AS "sortNamespace", so.oprname::text AS "sortOperator", p.proparallel::text AS parallel
  FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN unnest($1::oid[]) AS picked(id) ON picked.id = p.oid
    LEFT JOIN pg_operator so ON so.oid = a.aggsortop LEFT JOIN pg_namespace sn ON sn.oid = so.oprnamespace`

const MODIFY: Readonly<Record<string, string>> = { r: 'READ_ONLY', s: 'SHAREABLE', w: 'READ_WRITE' }

/** The definition's items in the order in which pg_dump writes them; those without a value are ''. */
export function aggregateOptions(row: AggregateRow): Readonly<Record<string, string>> {
  // The default differs: only plain aggregates may be run to their end more than once.
  const usual = row.kind === 'n' ? 'r' : 'w'
  const text = (value: string | null) => (value === null ? null : quoteLiteral(value))
  const space = (bytes: number) => (bytes === 0 ? null : String(bytes))
  const entries: readonly (readonly [string, string | null])[] = [
    ['sfunc', row.sfunc],
    ['stype', row.stype],
    ['sspace', space(row.sspace)],
    ['initcond', text(row.initcond)],
    ['finalfunc', row.finalfunc],
    ['finalfunc_extra', row.finalExtra ? '' : null],
    ['finalfunc_modify', row.finalModify === usual ? null : (MODIFY[row.finalModify] ?? null)],
    ['combinefunc', row.combinefunc],
    ['serialfunc', row.serialfunc],
    ['deserialfunc', row.deserialfunc],
    ['msfunc', row.msfunc],
    ['minvfunc', row.minvfunc],
    ['mstype', row.mstype],
    ['msspace', space(row.msspace)],
    ['minitcond', text(row.minitcond)],
    ['mfinalfunc', row.mfinalfunc],
    ['mfinalfunc_extra', row.mfinalExtra ? '' : null],
    ['mfinalfunc_modify', row.mfinalModify === usual ? null : (MODIFY[row.mfinalModify] ?? null)],
    ['sortop', row.sortOperator === null ? null : `OPERATOR(${quoteName(row.sortNamespace ?? '')}.${row.sortOperator})`],
    ['hypothetical', row.kind === 'h' ? '' : null],
    ['parallel', row.parallel === 's' ? 'safe' : row.parallel === 'r' ? 'restricted' : null],
  ]
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, string] => entry[1] !== null))
}
