import { renameInNextval } from '../project/edits/renaming.ts'
import { rewriteTexts } from '../project/edits/texts.ts'
import type { Draft, Row } from '../project/rows.ts'
import type { ObjectName } from '../schema/index.ts'

/** Gives a sequence another name; defaults that draw from it follow. Checks nothing. */
export function renameSequence(draft: Draft, sequence: Row<'sequence'>, to: ObjectName): void {
  const from = { namespace: sequence.namespace, name: sequence.name }
  draft.update('sequence', sequence.id, { namespace: to.namespace, name: to.name })
  for (const table of draft.all('table')) rewriteTexts(draft, table, (sql) => renameInNextval(sql, from, to))
}
