import { z } from 'zod'
import { viewLabel, warnOfLeftovers, warnOfMentions } from '../project/edits/mentions.ts'
import { renameTableInQuery } from '../project/edits/query-rename.ts'
import type { Draft, Row } from '../project/rows.ts'
import { displayName, type ObjectName } from '../schema/index.ts'
import type { Diagnostic } from '../diagnostic.ts'
import { id, namedAndPlaced, projectId } from './arguments.ts'
import { mutation } from './mutation.ts'
import { ensureNamespace, requireFreeTableName, requireRoomInNamespace } from './tables.ts'
import { existing } from './trouble.ts'

/** `views.update`: name, namespace, place, comment. Views that read from it follow. */
export const updateView = mutation({
  name: 'views.update',
  role: 'editor',
  args: z.strictObject(namedAndPlaced),
  apply(draft, wanted) {
    const view = existing(draft, 'view', wanted.id)
    const to = { namespace: wanted.namespace ?? view.namespace, name: wanted.name ?? view.name }
    let warnings: readonly Diagnostic[] = []
    if (to.name !== view.name || to.namespace !== view.namespace) {
      requireFreeTableName(draft, to, view.id, 'view')
      if (to.namespace !== view.namespace) requireRoomInNamespace(draft, view.id, to)
      ensureNamespace(draft, to.namespace, view.id)
      warnings = renameView(draft, view, to)
    }
    draft.update('view', view.id, {
      positionX: wanted.positionX ?? view.positionX,
      positionY: wanted.positionY ?? view.positionY,
      ...(wanted.comment === undefined ? {} : { comment: wanted.comment || null }),
    })
    return warnings
  },
})

/** `views.delete`: with the indexes, triggers and rules on it. */
export const deleteView = mutation({
  name: 'views.delete',
  role: 'editor',
  args: z.strictObject({ id, projectId }),
  apply(draft, wanted) {
    const view = existing(draft, 'view', wanted.id)
    for (const kind of ['rule', 'trigger', 'index'] as const)
      for (const child of draft.childrenOf(kind, view.id)) draft.delete(kind, child.id)
    draft.delete('view', view.id)
    const readers = draft.all('view').filter(({ definition, searchPath }) => readsFrom(definition, view, searchPath))
    return warnOfLeftovers(draft, `The deleted view "${displayName(view)}"`, [view.name], readers.map(viewLabel))
  },
})

function renameView(draft: Draft, view: Row<'view'>, to: ObjectName): readonly Diagnostic[] {
  const from = { namespace: view.namespace, name: view.name }
  draft.update('view', view.id, { namespace: to.namespace, name: to.name })
  const readers = draft.all('view').filter(({ definition, searchPath }) => readsFrom(definition, from, searchPath))
  for (const { id: reader, definition, searchPath } of readers) {
    draft.update('view', reader, { definition: renameTableInQuery(definition, from, to, searchPath).text })
  }
  return warnOfMentions(draft, `"${displayName(from)}"`, [from.name], readers.map(viewLabel))
}

const readsFrom = (definition: string, view: ObjectName, searchPath: string | null): boolean =>
  renameTableInQuery(definition, view, { namespace: view.namespace, name: `${view.name} ` }, searchPath).text !== definition
