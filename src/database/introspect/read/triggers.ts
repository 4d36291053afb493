import { quoteName } from '#core/dialects/postgres.ts'
import type { Policy, Rule, Trigger } from '#core/schema/index.ts'
import { Tokens } from '#formats/shared/sql/tokens.ts'
import { fullName } from '../names.ts'
import { keep, type Reading } from '../reading.ts'
import { joinIds } from '../sql.ts'
import { columnName } from './column-name.ts'
import { grouped, type ColumnRow } from './columns.ts'
import { printed, printedOrNull } from '../definitions/printed.ts'

interface TriggerRow {
  readonly oid: number
  readonly relation: number
  readonly name: string
  readonly type: number
  readonly columns: string
  readonly arguments: string
  readonly functionNamespace: string
  readonly functionName: string
  readonly isConstraint: boolean
  readonly deferrable: boolean
  readonly deferred: boolean
  readonly fromNamespace: string | null
  readonly fromName: string | null
  readonly oldTable: string | null
  readonly newTable: string | null
  readonly enabled: string
  /** How the parent table's trigger is enabled, for copies that partitions have. */
  readonly parentEnabled: string | null
  readonly definition: string | null
}

export type Triggers = (relation: number, columns: readonly ColumnRow[]) => Trigger[]

export const FIRING: Readonly<Record<string, Trigger['enabled']>> = { O: 'origin', D: 'disabled', R: 'replica', A: 'always' }
const ALTER: Readonly<Record<string, string>> = { O: 'ENABLE', D: 'DISABLE', R: 'ENABLE REPLICA', A: 'ENABLE ALWAYS' }

/** Bits of `tgtype` (PostgreSQL's `pg_trigger.h`), in the order the importer lists events in. */
const EVENTS = [
  ['insert', 4],
  ['delete', 8],
  ['update', 16],
  ['truncate', 32],
] as const

/** Triggers that people made; copies in partitions come with their parents' and are mentioned only when they fire otherwise. */
export async function readTriggers(reading: Reading): Promise<Triggers> {
  const { query, relations, comments } = reading
  const rows = await query<TriggerRow>(
    `SELECT t.oid, t.tgrelid AS relation, t.tgname::text AS name, t.tgtype AS type, t.tgattr::text AS columns, encode(t.tgargs, 'hex') AS arguments,
       fn.nspname::text AS "functionNamespace", f.proname::text AS "functionName", t.tgconstraint <> 0 AS "isConstraint", t.tgdeferrable AS deferrable,
       t.tginitdeferred AS deferred, cn.nspname::text AS "fromNamespace", c.relname::text AS "fromName", t.tgoldtable::text AS "oldTable",
       t.tgnewtable::text AS "newTable", t.tgenabled::text AS enabled, p.tgenabled::text AS "parentEnabled",
       CASE WHEN t.tgqual IS NOT NULL AND p.oid IS NULL THEN pg_get_triggerdef(t.oid) END AS definition
     FROM pg_trigger t ${joinIds('t.tgrelid')} JOIN pg_proc f ON f.oid = t.tgfoid JOIN pg_namespace fn ON fn.oid = f.pronamespace
       LEFT JOIN pg_class c ON c.oid = t.tgconstrrelid AND t.tgconstrrelid <> 0 LEFT JOIN pg_namespace cn ON cn.oid = c.relnamespace
       LEFT JOIN pg_trigger p ON p.oid = t.tgparentid AND t.tgparentid <> 0
     WHERE (NOT t.tgisinternal AND p.oid IS NULL) OR (p.oid IS NOT NULL AND NOT p.tgisinternal AND p.tgenabled <> t.tgenabled) ORDER BY t.oid`,
    [[...relations.values()].filter(({ kind }) => kind !== 'S' && kind !== 'c').map(({ oid }) => oid)],
  )
  for (const row of rows) {
    const table = row.parentEnabled === null ? undefined : relations.get(row.relation)
    if (table)
      keep(reading, `ALTER TABLE ${fullName(table)} ${ALTER[row.enabled] ?? 'ENABLE'} TRIGGER ${quoteName(row.name)}`, 'ALTER TABLE')
  }
  const byRelation = grouped(
    rows.filter(({ parentEnabled }) => parentEnabled === null),
    ({ relation }) => relation,
  )
  return (relation, columns) => (byRelation.get(relation) ?? []).map((row) => triggerOf(row, columns, comments('pg_trigger', row.oid)))
}

function triggerOf(row: TriggerRow, columns: readonly ColumnRow[], comment: string | null): Trigger {
  const { type } = row
  const updated = row.columns === '' ? [] : row.columns.split(' ').map((number) => columnName(columns, Number(number)))
  return {
    name: row.name,
    timing: type & 64 ? 'insteadOf' : type & 2 ? 'before' : 'after',
    events: EVENTS.filter(([, bit]) => type & bit).map(([kind]) => ({ kind, columns: kind === 'update' ? updated : [] })),
    forEach: type & 1 ? 'row' : 'statement',
    when: row.definition === null ? null : whenOf(printed(row.definition)),
    function: { namespace: row.functionNamespace, name: row.functionName },
    arguments: argumentsOf(row.arguments),
    constraint: row.isConstraint
      ? {
          deferrable: row.deferrable,
          initiallyDeferred: row.deferred,
          from: row.fromNamespace === null || row.fromName === null ? null : { namespace: row.fromNamespace, name: row.fromName },
        }
      : null,
    oldTable: row.oldTable,
    newTable: row.newTable,
    enabled: FIRING[row.enabled] ?? 'origin',
    searchPath: null,
    comment,
  }
}

/** `WHEN (…)` of a trigger's definition: the only `when` outside brackets before the function. */
function whenOf(definition: string): string | null {
  const tokens = new Tokens(definition)
  const execute = tokens.find('execute', 0)
  for (let at = tokens.find('when', 0, execute); at >= 0; at = tokens.find('when', at + 1, execute))
    if (tokens.word(at + 1) === '(') return tokens.slice(at + 2, tokens.close(at + 1))
  return null
}

/** Each argument ends with a zero byte. */
function argumentsOf(hex: string): string[] {
  const text = Buffer.from(hex, 'hex').toString('utf8')
  return text === '' ? [] : text.split('\0').slice(0, -1)
}

interface RuleRow {
  readonly oid: number
  readonly relation: number
  readonly name: string
  readonly event: string
  readonly instead: boolean
  readonly enabled: string
  readonly definition: string
}

const RULE_EVENTS: Readonly<Record<string, Rule['event']>> = { 1: 'select', 2: 'update', 3: 'insert', 4: 'delete' }

/** Rules that people made; a view's own is its query. */
export async function readRules({ query, relations, comments }: Reading): Promise<(relation: number) => Rule[]> {
  const rows = await query<RuleRow>(
    `SELECT r.oid, r.ev_class AS relation, r.rulename::text AS name, r.ev_type::text AS event, r.is_instead AS instead, r.ev_enabled::text AS enabled,
       pg_get_ruledef(r.oid) AS definition
     FROM pg_rewrite r ${joinIds('r.ev_class')} WHERE r.rulename <> '_RETURN' ORDER BY r.oid`,
    [[...relations.values()].filter(({ kind }) => kind !== 'S' && kind !== 'c').map(({ oid }) => oid)],
  )
  const byRelation = grouped(rows, ({ relation }) => relation)
  return (relation) =>
    (byRelation.get(relation) ?? []).map(({ oid, name, event, instead, enabled, definition }) => ({
      name,
      event: RULE_EVENTS[event] ?? 'select',
      instead,
      ...ruleTexts(printed(definition)),
      enabled: FIRING[enabled] ?? 'origin',
      searchPath: null,
      comment: comments('pg_rewrite', oid),
    }))
}

/** `CREATE RULE name AS ON event TO table [WHERE …] DO [INSTEAD] …;` */
function ruleTexts(definition: string): Pick<Rule, 'where' | 'commands'> {
  const tokens = new Tokens(definition)
  const last = tokens.word(tokens.length - 1) === ';' ? tokens.length - 1 : tokens.length
  const to = tokens.find('to', 4)
  const doAt = tokens.find('do', to)
  const where = tokens.find('where', to, doAt)
  const from = ['instead', 'also'].includes(tokens.word(doAt + 1)) ? doAt + 2 : doAt + 1
  return { where: where < 0 ? null : tokens.slice(where + 1, doAt), commands: tokens.slice(from, last) }
}

interface PolicyRow {
  readonly oid: number
  readonly relation: number
  readonly name: string
  readonly permissive: boolean
  readonly command: string
  readonly roles: readonly string[]
  readonly using: string | null
  readonly check: string | null
}

const COMMANDS: Readonly<Record<string, Policy['command']>> = { '*': 'all', r: 'select', a: 'insert', w: 'update', d: 'delete' }

export async function readPolicies({ query, relations, comments }: Reading): Promise<(relation: number) => Policy[]> {
  const rows = await query<PolicyRow>(
    `SELECT p.oid, p.polrelid AS relation, p.polname::text AS name, p.polpermissive AS permissive, p.polcmd::text AS command,
       ARRAY(SELECT r.rolname::text FROM unnest(p.polroles) WITH ORDINALITY AS u(id, n) JOIN pg_roles r ON r.oid = u.id ORDER BY u.n) AS roles,
       pg_get_expr(p.polqual, p.polrelid) AS using, pg_get_expr(p.polwithcheck, p.polrelid) AS check
     FROM pg_policy p ${joinIds('p.polrelid')} ORDER BY p.oid`,
    [[...relations.values()].filter(({ kind }) => kind === 'r' || kind === 'p').map(({ oid }) => oid)],
  )
  const byRelation = grouped(rows, ({ relation }) => relation)
  return (relation) =>
    (byRelation.get(relation) ?? []).map(({ oid, name, permissive, command, roles, using, check }) => ({
      name,
      permissive,
      command: COMMANDS[command] ?? 'all',
      roles,
      using: printedOrNull(using),
      check: printedOrNull(check),
      searchPath: null,
      comment: comments('pg_policy', oid),
    }))
}
