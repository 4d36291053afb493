import { quoteLiteral, quoteName, quoteNames } from '#core/dialects/postgres.ts'
import type { EventTrigger, Policy, Rule, Table, Trigger, View } from '#core/schema/index.ts'
import { relationSql, toldSql, type Context } from './context.ts'
import { strength } from './order.ts'
import { keyOf, type Piece } from './piece.ts'
import { closed, commentSql, inBrackets, nameSql, roleSql, routineNameSql } from './sql.ts'

// What reacts: triggers, rules, row security with its policies, event triggers.

export function triggerPiece(owner: Table | View, trigger: Trigger): Piece {
  const path = trigger.searchPath
  const relation = nameSql(owner, path)
  const { constraint } = trigger
  const transitions = [
    trigger.oldTable !== null && `OLD TABLE AS ${quoteName(trigger.oldTable)}`,
    trigger.newTable !== null && `NEW TABLE AS ${quoteName(trigger.newTable)}`,
  ]
  const referencing = transitions.filter(Boolean).join(' ')
  const lines = [
    `CREATE ${constraint ? 'CONSTRAINT ' : ''}TRIGGER ${quoteName(trigger.name)}`,
    `${timings[trigger.timing]} ${trigger.events.map(eventSql).join(' OR ')} ON ${relation}`,
    constraint?.from && `FROM ${nameSql(constraint.from, path)}`,
    constraint?.initiallyDeferred ? 'DEFERRABLE INITIALLY DEFERRED' : constraint?.deferrable && 'DEFERRABLE',
    referencing !== '' && `REFERENCING ${referencing}`,
    // Nothing is shorter than the default.
    `${trigger.forEach === 'row' ? 'FOR EACH ROW' : 'FOR EACH STATEMENT'}${trigger.when === null ? '' : ` WHEN ${inBrackets(trigger.when)}`}`,
    `EXECUTE FUNCTION ${routineNameSql(trigger.function, path)}(${trigger.arguments.map(quoteLiteral).join(', ')})`,
  ]
  return {
    searchPath: path,
    statements: [
      lines.filter((line) => typeof line === 'string').join('\n  '),
      ...firingSql(relation, 'TRIGGER', trigger.name, trigger.enabled),
      ...commentSql(`TRIGGER ${quoteName(trigger.name)} ON ${relation}`, trigger.comment),
    ],
    needs: [[keyOf('relation', owner), strength.certain]],
    uses: [[nameSql(trigger.function), 'name:routine'], ...(trigger.when === null ? [] : [[trigger.when, 'expression'] as const])],
  }
}

const timings = { before: 'BEFORE', after: 'AFTER', insteadOf: 'INSTEAD OF' } as const

const eventSql = ({ kind, columns }: Trigger['events'][number]): string =>
  `${kind.toUpperCase()}${columns.length > 0 ? ` OF ${quoteNames(columns)}` : ''}`

export function rulePiece(owner: Table | View, rule: Rule): Piece {
  const path = rule.searchPath
  const relation = nameSql(owner, path)
  const where = rule.where === null ? '' : `\n  WHERE ${closed(rule.where)}`
  const create = `CREATE RULE ${quoteName(rule.name)} AS\n  ON ${rule.event.toUpperCase()} TO ${relation}${where}\n  DO ${rule.instead ? 'INSTEAD ' : ''}${closed(rule.commands)}`
  return {
    searchPath: path,
    statements: [
      create,
      ...firingSql(relation, 'RULE', rule.name, rule.enabled),
      ...commentSql(`RULE ${quoteName(rule.name)} ON ${relation}`, rule.comment),
    ],
    needs: [[keyOf('relation', owner), strength.certain]],
    uses: [[rule.commands, 'query'], ...(rule.where === null ? [] : [[rule.where, 'query'] as const])],
  }
}

export function policyPieces(table: Table): readonly Piece[] {
  const sql = relationSql(table)
  const security = [
    ...(table.rowSecurity ? [`ALTER TABLE ${sql} ENABLE ROW LEVEL SECURITY`] : []),
    ...(table.forceRowSecurity ? [`ALTER TABLE ${sql} FORCE ROW LEVEL SECURITY`] : []),
  ]
  const needs: Piece['needs'] = [[keyOf('relation', table), strength.certain]]
  const row: readonly Piece[] = security.length === 0 ? [] : [{ searchPath: table.searchPath, statements: security, needs }]
  return [...row, ...table.policies.map((policy) => policyPiece(table, policy))]
}

function policyPiece(table: Table, policy: Policy): Piece {
  const relation = nameSql(table, policy.searchPath)
  const lines = [
    `CREATE POLICY ${quoteName(policy.name)} ON ${relation}`,
    !policy.permissive && 'AS RESTRICTIVE',
    policy.command !== 'all' && `FOR ${policy.command.toUpperCase()}`,
    policy.roles.length > 0 && `TO ${policy.roles.map(roleSql).join(', ')}`,
    policy.using !== null && `USING ${inBrackets(policy.using)}`,
    policy.check !== null && `WITH CHECK ${inBrackets(policy.check)}`,
  ]
  return {
    searchPath: policy.searchPath,
    statements: [
      lines.filter((line) => typeof line === 'string').join('\n  '),
      ...commentSql(`POLICY ${quoteName(policy.name)} ON ${relation}`, policy.comment),
    ],
    needs: [[keyOf('relation', table), strength.certain]],
    uses: [policy.using, policy.check].flatMap((text) => (text === null ? [] : [[text, 'query'] as const])),
  }
}

export function eventTriggerPiece(context: Context, trigger: EventTrigger, index: number): Piece {
  const name = quoteName(trigger.name)
  const tags = trigger.tags.length === 0 ? '' : `\n  WHEN TAG IN (${trigger.tags.map(quoteLiteral).join(', ')})`
  const enabled = firingWords[trigger.enabled]
  return {
    statements: [
      `CREATE EVENT TRIGGER ${name} ON ${quoteName(trigger.event)}${tags}\n  EXECUTE FUNCTION ${routineNameSql(trigger.function)}()`,
      ...(enabled === '' ? [] : [`ALTER EVENT TRIGGER ${name} ${enabled.trim()}`]),
      ...toldSql(context, 'EVENT TRIGGER', name, trigger),
    ],
    lists: [['eventTriggers', index]],
    uses: [[nameSql(trigger.function), 'name:routine']],
  }
}

const firingWords = { origin: '', disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' } as const

const firingSql = (relation: string, kind: 'TRIGGER' | 'RULE', name: string, enabled: Trigger['enabled']): readonly string[] =>
  enabled === 'origin' ? [] : [`ALTER TABLE ${relation} ${firingWords[enabled]} ${kind} ${quoteName(name)}`]
