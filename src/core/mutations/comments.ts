import { z } from 'zod'
import { rowKinds } from '../project/rows.ts'
import { id, projectId, text } from './arguments.ts'
import { mutation } from './mutation.ts'
import { existing, refuse, wordFor } from './trouble.ts'

/** `comments.set`: what `COMMENT ON` says about an object of any kind; null or empty = nothing. */
export const setComment = mutation({
  name: 'comments.set',
  role: 'editor',
  args: z.strictObject({ id, projectId, kind: z.enum(rowKinds), comment: text.nullable() }),
  apply(draft, { kind, id: rowId, comment }) {
    const row = existing(draft, kind, rowId)
    if (!('comment' in row)) refuse('bad-option', `PostgreSQL keeps no comments on a ${wordFor(kind)}.`)
    draft.update(kind, rowId, { comment: comment || null })
    return []
  },
})
