import { quoteLiteral, unquoteNames } from '#core/dialects/postgres.ts'
import { aRoutine, type Argument, type Routine, type RoutineBody } from '#core/schema/index.ts'
import { modelType, signatureType } from '../names.ts'
import type { Asking, Reading } from '../reading.ts'
import { notOfExtension, ownerOf } from '../sql.ts'
import { isNamespace, namespaceParams } from './namespaces.ts'
import { aggregateOptions, aggregateQuery, type AggregateRow } from './aggregates.ts'
import { printed, printedOrNull } from '../definitions/printed.ts'

export interface RoutineRow {
  readonly oid: number
  readonly namespace: string
  readonly name: string
  readonly owner: string | null
  readonly kind: 'f' | 'p' | 'a' | 'w'
  readonly types: readonly string[]
  readonly modes: readonly string[] | null
  readonly names: readonly string[] | null
  readonly defaults: readonly (string | null)[] | null
  readonly returns: string
  readonly returnsSet: boolean
  readonly language: string
  readonly volatility: string
  readonly strict: boolean
  readonly securityDefiner: boolean
  readonly leakproof: boolean
  readonly parallel: string
  readonly cost: number
  readonly rows: number
  readonly support: string | null
  readonly transforms: readonly string[] | null
  readonly settings: readonly string[] | null
  readonly source: string | null
  readonly file: string | null
  readonly sqlBody: string | null
}

/** Functions, procedures and aggregates that people made. */
export async function readRoutineRows(reading: Asking): Promise<readonly RoutineRow[]> {
  const { query, since, options } = reading
  return query<RoutineRow>(
    `SELECT p.oid, n.nspname::text AS namespace, p.proname::text AS name, ${ownerOf(reading, 'p.proowner')} AS owner, p.prokind::text AS kind,
       ARRAY(SELECT format_type(u.type, NULL) FROM unnest(COALESCE(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS u(type, n) ORDER BY u.n) AS types,
       p.proargmodes::text[] AS modes, p.proargnames AS names,
       CASE WHEN p.pronargdefaults > 0 THEN ARRAY(SELECT pg_get_function_arg_default(p.oid, g) FROM generate_series(1, cardinality(COALESCE(p.proallargtypes, p.proargtypes::oid[]))) g ORDER BY g) END AS defaults,
       format_type(p.prorettype, NULL) AS returns, p.proretset AS "returnsSet", l.lanname::text AS language, p.provolatile::text AS volatility,
       p.proisstrict AS strict, p.prosecdef AS "securityDefiner", p.proleakproof AS leakproof, p.proparallel::text AS parallel,
       p.procost AS cost, p.prorows AS rows, NULLIF(p.prosupport::oid::regproc::text, '-') AS support,
       CASE WHEN p.protrftypes IS NOT NULL THEN ARRAY(SELECT format_type(u.type, NULL) FROM unnest(p.protrftypes) WITH ORDINALITY AS u(type, n) ORDER BY u.n) END AS transforms,
       p.proconfig AS settings, p.prosrc AS source, p.probin AS file, ${since(140_000, 'CASE WHEN p.prosqlbody IS NOT NULL THEN pg_get_function_sqlbody(p.oid) END', 'NULL::text')} AS "sqlBody"
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
     WHERE ${isNamespace(options)} AND ${notOfExtension('pg_proc', 'p.oid')}
       AND p.oid NOT IN (SELECT d.objid FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.deptype = 'i') ORDER BY p.oid`,
    namespaceParams(options),
  )
}

export async function routinesOf({ query, comments }: Reading, rows: readonly RoutineRow[]): Promise<readonly Routine[]> {
  const hasAggregates = rows.some(({ kind }) => kind === 'a')
  const aggregates = new Map(
    (hasAggregates ? await query<AggregateRow>(aggregateQuery, [rows.flatMap(({ oid, kind }) => (kind === 'a' ? [oid] : []))]) : []).map(
      (row) => [row.oid, row],
    ),
  )
  return rows.map((row) => routineOf(row, aggregates.get(row.oid), comments('pg_proc', row.oid)))
}

const MODES: Readonly<Record<string, Argument['mode']>> = { i: 'in', o: 'out', b: 'inout', v: 'variadic', t: 'table' }
const VOLATILITY: Readonly<Record<string, Routine['volatility']>> = { v: 'volatile', s: 'stable', i: 'immutable' }
const PARALLEL: Readonly<Record<string, Routine['parallel']>> = { u: 'unsafe', r: 'restricted', s: 'safe' }

function routineOf(row: RoutineRow, aggregate: AggregateRow | undefined, comment: string | null): Routine {
  const { kind, namespace, name, owner } = row
  const args = row.types.map((type, n): Argument => ({
    mode: MODES[row.modes?.[n] ?? 'i'] ?? 'in',
    name: row.names?.[n] || null,
    type: signatureType(type),
    default: printedOrNull(row.defaults?.[n]),
  }))
  const common = { namespace, name, searchPath: null, owner, comment }
  if (kind === 'a') return aggregateOf(common, args, aggregate)
  const isTable = row.modes?.includes('t') === true
  return {
    ...common,
    kind: kind === 'p' ? 'procedure' : 'function',
    arguments: args,
    orderBy: [],
    returns: kind === 'p' || isTable ? null : signatureType(row.returns),
    returnsSet: row.returnsSet && !isTable,
    language: row.language,
    volatility: VOLATILITY[row.volatility] ?? 'volatile',
    strict: row.strict,
    securityDefiner: row.securityDefiner,
    leakproof: row.leakproof,
    window: kind === 'w',
    parallel: PARALLEL[row.parallel] ?? 'unsafe',
    cost: row.cost === (row.language === 'c' || row.language === 'internal' ? 1 : 100) ? null : String(row.cost),
    rows: row.rows === 0 || row.rows === 1000 ? null : String(row.rows),
    support: row.support,
    transforms: (row.transforms ?? []).map(modelType),
    settings: settingsOf(row.settings),
    body: bodyOf(row),
    aggregate: {},
  }
}

/** An aggregate has none of what a function says of its execution. */
function aggregateOf(
  common: Pick<Routine, 'namespace' | 'name' | 'owner' | 'comment'>,
  args: readonly Argument[],
  row: AggregateRow | undefined,
): Routine {
  const ordered = row && row.kind !== 'n'
  const direct = row?.directArguments ?? 0
  const last = args.at(-1)
  // With VARIADIC the last direct argument is the aggregated one too.
  const orderBy = !ordered ? [] : direct >= args.length && last ? [last] : args.slice(direct)
  const own = { arguments: ordered ? args.slice(0, direct) : args, orderBy, aggregate: row ? aggregateOptions(row) : {} }
  return aRoutine({ ...common, kind: 'aggregate', ...own })
}

/** Settings whose value is a list of names (GUC_LIST_QUOTE): each is quoted on its own. */
const LISTS = new Set([
  'local_preload_libraries',
  'search_path',
  'session_preload_libraries',
  'shared_preload_libraries',
  'temp_tablespaces',
  'unix_socket_directories',
])

function settingsOf(list: readonly string[] | null): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (list ?? []).map((item) => {
      const at = item.indexOf('=')
      const name = item.slice(0, at)
      const value = item.slice(at + 1)
      return [name, LISTS.has(name.toLowerCase()) ? unquoteNames(value).map(quoteLiteral).join(', ') || "''" : quoteLiteral(value)]
    }),
  )
}

function bodyOf({ sqlBody, file, source }: RoutineRow): RoutineBody {
  if (sqlBody !== null) return { kind: 'sql', text: printed(sqlBody) }
  return file === null ? { kind: 'string', text: source ?? '' } : { kind: 'object', file, symbol: source ?? '' }
}
