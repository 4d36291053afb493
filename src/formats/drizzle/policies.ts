import type { Policy, Table } from '#core/schema/index.ts'
import { tsString } from '../shared/code/literals.ts'
import { pathOf } from '../shared/orm/catalog.ts'
import { loseWhole, target, type Context } from './context.ts'
import { sqlCode } from './defaults.ts'
import { canKey, canPack, packable } from './kit.ts'

/** A table's row security policies, as lines. */
export function policyEntries(context: Context, table: Table): readonly string[] {
  return table.policies.flatMap((policy) => {
    const path = pathOf(table, policy.name)
    if (policy.comment !== null) context.losses.add('comment', 'policy', path, `${target.name} has no comments on policies.`)
    const reason = context.forbids(`${policy.using} ${policy.check}`)
    const code = reason ? undefined : policyCode(context, table, policy)
    if (code === undefined) loseWhole(context, 'policy', path, reason)
    return code ?? []
  })
}

function policyCode(context: Context, table: Table, policy: Policy): string | readonly string[] | undefined {
  const using = policy.using === null ? null : packable(policy.using, ['--'])
  const check = policy.check === null ? null : packable(policy.check, ['--'])
  if (using === undefined || check === undefined || !canKey(policy.name) || !policy.roles.every(canPack)) return undefined
  const roles = policy.roles.map((role) => context.role(role))
  const path = policy.searchPath ?? table.searchPath
  const options = [
    policy.permissive ? '' : `as: 'restrictive'`,
    policy.command === 'all' ? '' : `for: '${policy.command}'`,
    roles.length === 0 || policy.roles[0] === 'public' ? '' : `to: ${roles.length === 1 ? roles[0] : `[${roles.join(', ')}]`}`,
    using === null ? '' : `using: ${sqlCode(context, using, path)}`,
    check === null ? '' : `withCheck: ${sqlCode(context, check, path)}`,
  ].filter(Boolean)
  const fn = context.imports.use('pgPolicy')
  const line = `${fn}(${tsString(policy.name)}${options.length > 0 ? `, { ${options.join(', ')} }` : ''}),`
  return line.length <= 116 ? line : [`${fn}(${tsString(policy.name)}, {`, ...options.map((option) => `  ${option},`), '}),']
}

/** `.enableRLS()` where row security is on and no policy switches it on by itself. */
export function rowSecurityCode(context: Context, table: Table, hasPolicies: boolean): string {
  if (hasPolicies && !table.rowSecurity) {
    const message = 'drizzle-kit switches row level security on for tables with policies; here it is off.'
    context.losses.add('row-security', 'table', pathOf(table), message)
  }
  return table.rowSecurity && !hasPolicies ? '.enableRLS()' : ''
}
