import { z } from 'zod'
import type { Diagnostic } from '../diagnostic.ts'
import { nextOrder } from '../project/edits/keys.ts'
import { viewLabel, warnOfLeftovers } from '../project/edits/mentions.ts'
import type { Draft, Row, ViewRow } from '../project/rows.ts'
import { displayName, nameKey, viewShape, type ObjectName } from '../schema/index.ts'
import { coordinate, id, projectId } from './arguments.ts'
import { mutation } from './mutation.ts'
import { readersOf, renameView } from './rename-view.ts'
import { patchIn, patchOf, wholeOf } from './shape-arguments.ts'
import { requireQuery } from './sql-texts.ts'
import { ensureNamespace, requireFreeTableName, requireRoomInNamespace } from './tables.ts'
import { existing, quoted, refuse, requireFreeId, warning } from './trouble.ts'
import { requireUnusedRowTypes } from './type-users.ts'

const own = ['indexes', 'triggers', 'rules'] as const

/** `views.create`: a view or a materialized view. */
export const createView = mutation({
  name: 'views.create',
  role: 'editor',
  args: wholeOf(viewShape, { omit: own, more: { positionX: coordinate, positionY: coordinate } }),
  apply(draft, args) {
    requireFreeId(draft, 'view', args.id)
    requireFreeTableName(draft, args, undefined, 'view')
    ensureNamespace(draft, args.namespace, args.id)
    const row: ViewRow = { ...patchIn(args), id: args.id, order: nextOrder(draft.all('view')) }
    draft.insert('view', sound(row))
    requireNoViewCycle(draft, row)
    return []
  },
})

/** `views.update`: name, namespace, place, query, options, comment. Views that read from it follow a new name. */
export const updateView = mutation({
  name: 'views.update',
  role: 'editor',
  args: patchOf(viewShape, { omit: own, more: { positionX: coordinate, positionY: coordinate } }),
  apply(draft, wanted) {
    const view = existing(draft, 'view', wanted.id)
    const after = sound({ ...view, ...patchIn(wanted) }, view)
    const warnings: Diagnostic[] = []
    if (after.name !== view.name || after.namespace !== view.namespace) {
      requireFreeTableName(draft, after, view.id, 'view')
      if (after.namespace !== view.namespace) requireRoomInNamespace(draft, view.id, after)
      ensureNamespace(draft, after.namespace, view.id)
      warnings.push(...renameView(draft, view, after))
    }
    if (after.materialized !== view.materialized) requireNothingAmiss(draft, after)
    // A view that reads from itself by its old name has been rewritten by the renaming.
    const definition = after.definition === view.definition ? existing(draft, 'view', view.id).definition : after.definition
    draft.update('view', view.id, { ...after, definition })
    if (definition === view.definition) return warnings
    requireNoViewCycle(draft, after)
    return [...warnings, ...warnReaders(draft, after)]
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
    requireUnusedRowTypes(draft, [view])
    return warnOfLeftovers(draft, `The deleted view "${displayName(view)}"`, [view.name], readersOf(draft, view).map(viewLabel))
  },
})

/** A view as it is stored. What was so before is not this edit's fault. */
function sound(row: ViewRow, before?: ViewRow): ViewRow {
  const what = `The definition of ${quoted(row)}`
  const isNew = <K extends keyof ViewRow>(...fields: readonly K[]) => !before || fields.some((field) => before[field] !== row[field])
  if (isNew('checkOption', 'materialized') && row.checkOption !== null && row.materialized)
    refuse('bad-option', `${quoted(row)} is materialized, so it has no CHECK OPTION.`)
  if (isNew('withData', 'materialized') && !row.withData && !row.materialized)
    refuse('bad-option', `${quoted(row)} is not materialized, so it holds no data.`)
  const names = row.columnNames
  const twice = isNew('columnNames') ? names.find((name, at) => names.indexOf(name) !== at) : undefined
  if (twice !== undefined) refuse('duplicate-column', `${quoted(row)} has two columns "${twice}".`)
  return isNew('definition') ? { ...row, definition: requireQuery(what, row.definition) } : row
}

/** Indexes are for materialized views, triggers and rules for the others. */
function requireNothingAmiss(draft: Draft, view: ViewRow): void {
  for (const kind of view.materialized ? (['trigger', 'rule'] as const) : (['index'] as const)) {
    const [child] = draft.childrenOf(kind, view.id)
    if (child) refuse('object-in-use', `The ${kind} "${child.name}" of ${quoted(view)} would not be possible any more.`, 'Delete it first.')
  }
}

/** Ends the mutation when a view would read from itself through others. */
function requireNoViewCycle(draft: Draft, view: Row<'view'>): void {
  const seen = new Set<string>()
  const visit = (name: ObjectName): boolean =>
    readersOf(draft, name).some((reader) => {
      if (reader.id === view.id) return !view.recursive || name !== view
      if (seen.has(nameKey(reader))) return false
      seen.add(nameKey(reader))
      return visit(reader)
    })
  if (visit(view)) refuse('made-of-itself', `The view ${quoted(view)} would read from itself.`, 'Read from something else.')
}

/** Views that read from a view whose query is another one: whether they still find their columns, PostgreSQL knows. */
const warnReaders = (draft: Draft, view: ObjectName): readonly Diagnostic[] =>
  readersOf(draft, view).map((reader) =>
    warning('check-by-hand', `${quoted(reader)} reads from the changed view ${quoted(view)}.`, 'Look whether it finds its columns.'),
  )
