import { pathOf } from '../shared/orm/catalog.ts'
import { target, type Context } from './context.ts'

const HINT = 'Keep it in a SQL migration beside the generated ones.'

/** What Prisma has no words for and other mappers do: checks, policies, domains. */
export function prismaLosses({ catalog, losses }: Context): void {
  for (const domain of catalog.schema.domains) {
    losses.add('domain', 'domain', pathOf(domain), `${target.name} has no domains: fields have the base type ${domain.type}.`, HINT)
  }
  for (const table of catalog.tables) {
    for (const constraint of table.constraints) {
      if (constraint.kind !== 'check') continue
      losses.add(
        'check',
        'check',
        pathOf(table, constraint.name),
        `${target.name} has no CHECK (${shortened(constraint.expression)}).`,
        HINT,
      )
    }
    for (const { name } of table.policies) losses.add('policy', 'policy', pathOf(table, name), `${target.name} has no policies.`, HINT)
    if (table.rowSecurity) losses.add('row-security', 'table', pathOf(table), `${target.name} cannot say ENABLE ROW LEVEL SECURITY.`, HINT)
  }
}

const shortened = (sql: string): string => {
  const line = sql.replace(/\s+/g, ' ')
  return line.length > 80 ? `${line.slice(0, 80)}…` : line
}
