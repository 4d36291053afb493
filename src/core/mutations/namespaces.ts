import type { Diagnostic } from '../diagnostic.ts'
import { renameTable, renameUserType } from '../project/edits/renaming.ts'
import { renameFunctionCalls } from '../project/edits/routine-rename.ts'
import { revise, rewriteTexts } from '../project/edits/texts.ts'
import { plainKinds } from '../project/plain-kinds.ts'
import { rowKinds, type Draft, type Row } from '../project/rows.ts'
import { DEFAULT_NAMESPACE, namespaceShape } from '../schema/index.ts'
import { plainMutations } from './plain-objects.ts'
import { renameSequence } from './rename-sequence.ts'
import { refuse, wordFor } from './trouble.ts'
import { renameView } from './rename-view.ts'

/** `namespaces.create`, `.update` and `.delete`: what lives in a namespace follows its new name; one that is not empty stays. */
export const namespaces = plainMutations('namespaces', 'namespace', namespaceShape, {
  sound(_draft, row, before) {
    const isRenamed = row.name !== before?.name
    if (isRenamed && row.name.startsWith('pg_'))
      refuse('reserved-name', 'PostgreSQL keeps schema names that begin with "pg_" for itself.', 'Choose another name.')
    if (isRenamed && before?.name === DEFAULT_NAMESPACE)
      refuse('reserved-name', `The schema "${DEFAULT_NAMESPACE}" keeps its name.`, 'Make another schema and move things there.')
    return row
  },
  renamed: moveAll,
  deleting(draft, { name }) {
    for (const kind of rowKinds) {
      const inside = draft.all(kind).find((row) => 'namespace' in row && row.namespace === name)
      if (!inside) continue
      const what = 'name' in inside ? `the ${wordFor(kind)} "${inside.name}"` : `a ${wordFor(kind)}`
      refuse('not-empty', `The schema "${name}" is not empty: ${what} is in it.`, 'Move or delete what is in it first.')
    }
    return []
  },
})

/** Everything that is in a namespace, under its new name. Tables and types go with what names them in text. */
function moveAll(draft: Draft, { name: from }: Row<'namespace'>, { name: to }: Row<'namespace'>): readonly Diagnostic[] {
  const isIn = ({ namespace }: { readonly namespace: string | null }) => namespace === from
  const moved = <T extends { readonly name: string }>({ name }: T) => ({ namespace: to, name })
  const diagnostics: Diagnostic[] = []
  for (const kind of ['enumType', 'domain', 'compositeType', 'rangeType', 'baseType'] as const)
    for (const row of draft.all(kind).filter(isIn)) diagnostics.push(...renameUserType(draft, kind, row, moved(row)))
  for (const table of draft.all('table').filter(isIn)) diagnostics.push(...renameTable(draft, table, moved(table)))
  for (const view of draft.all('view').filter(isIn)) diagnostics.push(...renameView(draft, view, moved(view)))
  for (const sequence of draft.all('sequence').filter(isIn)) renameSequence(draft, sequence, moved(sequence))
  const calls = draft.all('routine').filter(isIn)
  const renameCalls = (sql: string) => calls.reduce((text, routine) => renameFunctionCalls(text, routine, moved(routine)), sql)
  if (calls.length > 0) for (const table of draft.all('table')) rewriteTexts(draft, table, renameCalls)
  if (calls.length > 0) for (const view of draft.all('view')) revise(draft, 'view', view.id, { definition: renameCalls(view.definition) })
  for (const [kind] of plainKinds) {
    for (const row of draft.all(kind)) if ('namespace' in row && isIn(row)) draft.update(kind, row.id, { namespace: to })
  }
  moveFunctionNames(draft, from, to)
  return diagnostics.filter(({ message }, at) => diagnostics.findIndex((other) => other.message === message) === at)
}

/** Triggers name their function. */
function moveFunctionNames(draft: Draft, from: string, to: string): void {
  for (const kind of ['trigger', 'eventTrigger'] as const) {
    for (const row of draft.all(kind)) {
      if (row.function.namespace === from) draft.update(kind, row.id, { function: { ...row.function, namespace: to } })
    }
  }
}
