import type { Policy, Table } from '#core/schema/index.ts'
import { array, call, object, type Call, type Code } from '../shared/code/layout.ts'
import { tsString } from '../shared/code/literals.ts'
import { pathOf } from '../shared/orm/catalog.ts'
import { loseWhole, target, type Context } from './context.ts'
import { sqlCode } from './defaults.ts'
import { canKey, canPack, packable } from './kit.ts'

/** A table's row security policies. */
export function policyEntries(context: Context, table: Table): readonly Code[] {
  return table.policies.flatMap((policy) => {
    const path = pathOf(table, policy.name)
    if (policy.comment !== null) context.losses.add('comment', 'policy', path, `${target.name} has no comments on policies.`)
    const reason = context.forbids(`${policy.using} ${policy.check}`)
    const code = reason ? undefined : policyCode(context, table, policy)
    if (code === undefined) loseWhole(context, 'policy', path, reason)
    return code ?? []
  })
}

function policyCode(context: Context, table: Table, policy: Policy): Code | undefined {
  const using = policy.using === null ? null : packable(policy.using, ['--'])
  const check = policy.check === null ? null : packable(policy.check, ['--'])
  if (using === undefined || check === undefined || !canKey(policy.name) || !policy.roles.every(canPack)) return undefined
  const roles = policy.roles.map((role) => context.role(role))
  const path = policy.searchPath ?? table.searchPath
  const options = {
    as: policy.permissive ? undefined : `'restrictive'`,
    for: policy.command === 'all' ? undefined : tsString(policy.command),
    to: roles.length === 0 || policy.roles[0] === 'public' ? undefined : roles.length === 1 ? roles[0] : array(roles),
    using: using === null ? undefined : sqlCode(context, using, path),
    withCheck: check === null ? undefined : sqlCode(context, check, path),
  }
  const isPlain = Object.values(options).every((option) => option === undefined)
  return call(context.imports.use('pgPolicy'), tsString(policy.name), ...(isPlain ? [] : [object(options)]))
}

/** `.enableRLS()` where row security is on and no policy switches it on by itself. */
export function rowSecurityCode(context: Context, table: Table, hasPolicies: boolean): readonly Call[] {
  if (hasPolicies && !table.rowSecurity) {
    const message = 'drizzle-kit switches row level security on for tables with policies; here it is off.'
    context.losses.add('row-security', 'table', pathOf(table), message)
  }
  return table.rowSecurity && !hasPolicies ? [call('.enableRLS')] : []
}
