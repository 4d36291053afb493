import { renameUserType } from '../project/edits/renaming.ts'
import { compositeTypeShape } from '../schema/index.ts'
import { requireType, warnOfType } from './column-fields.ts'
import { plainMutations } from './plain-objects.ts'
import { quoted, refuse, requireGoodName } from './trouble.ts'
import { requireNoTypeCycle, requireUnusedType } from './type-users.ts'

/** `compositeTypes.create`, `.update` and `.delete`: types, casts and signatures follow a new name. */
export const compositeTypes = plainMutations('compositeTypes', 'compositeType', compositeTypeShape, {
  sound(draft, row, before) {
    const names = row.attributes.map(({ name }) => name)
    names.forEach((name) => requireGoodName(name, 'column'))
    const twice = names.find((name, at) => names.indexOf(name) !== at)
    if (twice !== undefined) refuse('duplicate-column', `The type ${quoted(row)} has two attributes "${twice}".`, 'Rename one of the two.')
    const known = new Set(before?.attributes.map(({ type }) => type))
    const attributes = row.attributes.map((one) => ({ ...one, type: known.has(one.type) ? one.type : requireType(draft, one.type) }))
    return { ...row, attributes }
  },
  renamed: (draft, before, after) => renameUserType(draft, 'compositeType', before, after),
  settled(draft, row) {
    requireNoTypeCycle(draft, row)
    return row.attributes.flatMap(({ name, type }) => warnOfType(draft, name, type))
  },
  deleting(draft, row) {
    requireUnusedType(draft, 'composite type', row)
    return []
  },
})
