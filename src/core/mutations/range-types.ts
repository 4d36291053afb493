import { renameUserType } from '../project/edits/renaming.ts'
import { rangeTypeShape } from '../schema/index.ts'
import { requireType, warnOfType } from './column-fields.ts'
import { plainMutations } from './plain-objects.ts'
import { requireNoTypeCycle, requireUnusedType } from './type-users.ts'

/** `rangeTypes.create`, `.update` and `.delete`: types, casts and signatures follow a new name. */
export const rangeTypes = plainMutations('rangeTypes', 'rangeType', rangeTypeShape, {
  sound: (draft, row, before) => ({ ...row, subtype: row.subtype === before?.subtype ? row.subtype : requireType(draft, row.subtype) }),
  renamed: (draft, before, after) => renameUserType(draft, 'rangeType', before, after),
  settled(draft, row) {
    requireNoTypeCycle(draft, row)
    return warnOfType(draft, row.name, row.subtype)
  },
  deleting(draft, row) {
    requireUnusedType(draft, 'range type', row)
    return []
  },
})
