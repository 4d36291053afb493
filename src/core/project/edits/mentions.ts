import type { Diagnostic } from '../../diagnostic.ts'
import { displayName, type ObjectName } from '../../schema/names.ts'
import type { Draft, Id } from '../rows.ts'
import { mentions, mentionsName } from './expression-rename.ts'

/**
 * What the change of a table (or of a column of it) may break although nothing could be rewritten there: bodies of routines and statements
 * kept word for word that name it. One warning each. `unsure` are objects where something was left as it was.
 */
export function warnOfMentions(
  draft: Draft,
  what: string,
  names: readonly string[],
  unsure: readonly string[] = [],
): readonly Diagnostic[] {
  const found = [...unsure]
  for (const routine of draft.all('routine')) {
    const { body } = routine
    if (body && body.kind !== 'object' && names.every((name) => hasWord(body.text, name)))
      found.push(`${routine.kind} "${displayName(routine)}"`)
  }
  for (const { sql, reason } of draft.all('opaque')) if (names.every((name) => hasWord(sql, name))) found.push(`the statement ${reason}`)
  return found.map((object) => ({
    code: 'check-by-hand',
    severity: 'warning',
    message: `${what} is mentioned in ${object}.`,
    hint: 'Look whether its text must change too.',
  }))
}

/** What names something that was deleted, and so will not work any more. One warning each. */
export function warnOfLeftovers(draft: Draft, what: string, names: readonly string[], users: readonly string[]): readonly Diagnostic[] {
  return warnOfMentions(draft, what, names, users).map((diagnostic) => ({
    ...diagnostic,
    code: 'still-mentioned',
    hint: 'It will not work as it is: change or delete it too.',
  }))
}

/** Whether a name stands in a text as a word, also in the strings of dynamic SQL. */
function hasWord(sql: string, name: string): boolean {
  if (!mentions(sql, name)) return false
  const isPart = (character: string | undefined) => character !== undefined && /[\w$\u0080-\uffff]/.test(character)
  const text = sql.toLowerCase()
  const word = name.toLowerCase()
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isPart(text[at - 1]) && !isPart(text[at + word.length])) return true
  }
  return false
}

/** Views whose query names a table. */
export function viewsNaming(draft: Draft, name: string): readonly { readonly id: Id; readonly label: string }[] {
  return draft
    .all('view')
    .filter(({ definition }) => mentionsName(definition, name))
    .map((view) => ({ id: view.id, label: viewLabel(view) }))
}

export const viewLabel = (view: ObjectName): string => `view "${displayName(view)}"`
