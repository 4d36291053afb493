import type { Diagnostic } from '../diagnostic.ts'
import { viewLabel, warnOfMentions } from '../project/edits/mentions.ts'
import { renameTableInQuery } from '../project/edits/query-rename.ts'
import type { Draft, Row } from '../project/rows.ts'
import { displayName, type ObjectName } from '../schema/index.ts'

/** Gives a view another name or namespace; views that read from it follow. Checks nothing. */
export function renameView(draft: Draft, view: Row<'view'>, to: ObjectName): readonly Diagnostic[] {
  const from = { namespace: view.namespace, name: view.name }
  draft.update('view', view.id, { namespace: to.namespace, name: to.name })
  const readers = readersOf(draft, from)
  for (const { id: reader, definition, searchPath } of readers) {
    draft.update('view', reader, { definition: renameTableInQuery(definition, from, to, searchPath).text })
  }
  return warnOfMentions(draft, `"${displayName(from)}"`, [from.name], readers.map(viewLabel))
}

/** The views whose query reads from a table or view of this name. */
export const readersOf = (draft: Draft, view: ObjectName): readonly Row<'view'>[] =>
  draft.all('view').filter(({ definition, searchPath }) => readsFrom(definition, view, searchPath))

const readsFrom = (definition: string, view: ObjectName, searchPath: string | null): boolean =>
  renameTableInQuery(definition, view, { namespace: view.namespace, name: `${view.name} ` }, searchPath).text !== definition
