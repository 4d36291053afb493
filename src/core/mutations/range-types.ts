import { renameUserType } from '../project/edits/renaming.ts'
import { rangeTypeShape } from '../schema/index.ts'
import { requireType } from './column-fields.ts'
import { plainMutations } from './plain-objects.ts'
import { requireNoTypeCycle, requireUnusedType } from './type-users.ts'

/** `rangeTypes.create`, `.update` and `.delete`: types, casts and signatures follow a new name. */
export const rangeTypes = plainMutations('rangeTypes', 'rangeType', rangeTypeShape, {
  sound: (draft, row, before) => ({ ...row, subtype: row.subtype === before?.subtype ? row.subtype : requireType(draft, row.subtype) }),
  renamed: (draft, before, after) => renameUserType(draft, 'rangeType', before, after),
  changed(draft, before, after) {
    if (before.subtype !== after.subtype) requireNoTypeCycle(draft, after)
    return []
  },
  deleting(draft, row) {
    requireUnusedType(draft, 'range type', row)
    return []
  },
})
