import { renameUserType } from '../project/edits/renaming.ts'
import type { Draft, Row } from '../project/rows.ts'
import { domainShape } from '../schema/index.ts'
import { requireType, warnOfType } from './column-fields.ts'
import { typeMismatches } from './foreign-key-checks.ts'
import { plainMutations } from './plain-objects.ts'
import { maybeExpression, requireExpression } from './sql-texts.ts'
import { quoted, refuse, requireGoodName } from './trouble.ts'
import { requireNoTypeCycle, requireUnusedType } from './type-users.ts'

/** `domains.create`, `.update` and `.delete`: types, casts and signatures follow a new name. */
export const domains = plainMutations('domains', 'domain', domainShape, {
  sound(draft, row, before) {
    const constraints = row.constraints.map((constraint) => {
      requireGoodName(constraint.name, 'constraint')
      return { ...constraint, expression: requireExpression(`The check "${constraint.name}"`, constraint.expression) }
    })
    const names = constraints.map(({ name }) => name)
    const twice = names.find((name, at) => names.indexOf(name) !== at)
    if (twice !== undefined) refuse('duplicate-name', `The domain ${quoted(row)} has two checks "${twice}".`, 'Rename one of the two.')
    const type = row.type === before?.type ? row.type : requireType(draft, row.type)
    return { ...row, type, constraints, default: maybeExpression(`The default of ${quoted(row)}`, row.default) }
  },
  renamed: (draft, before, after) => renameUserType(draft, 'domain', before, after),
  changed: (draft, before, after) => (before.type === after.type ? [] : keyTroubles(draft, after)),
  settled(draft, row) {
    requireNoTypeCycle(draft, row)
    return warnOfType(draft, row.name, row.type)
  },
  deleting(draft, row) {
    requireUnusedType(draft, 'domain', row)
    return []
  },
})

/** Foreign keys whose two ends no longer go together. */
function keyTroubles(draft: Draft, domain: Row<'domain'>) {
  const said = new Set<string>()
  return draft
    .all('constraint')
    .flatMap((constraint) => (constraint.kind === 'foreignKey' ? typeMismatches(draft, constraint) : []))
    .filter(({ message }) => (message.includes(domain.name) && !said.has(message) ? said.add(message) : false))
}
