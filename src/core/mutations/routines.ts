import type { Diagnostic } from '../diagnostic.ts'
import { viewLabel, warnOfLeftovers, warnOfMentions } from '../project/edits/mentions.ts'
import { mentionsName } from '../project/edits/expression-rename.ts'
import { renameReferences, usersOf } from '../project/edits/references.ts'
import { renameFunctionCalls } from '../project/edits/routine-rename.ts'
import { rewriteTexts } from '../project/edits/texts.ts'
import type { Draft, Row } from '../project/rows.ts'
import { displayName, routineShape } from '../schema/index.ts'
import { plainMutations } from './plain-objects.ts'
import { isTriggerFunction, triggersCalling } from './trigger-function.ts'
import { quoted, refuse, requireGoodName } from './trouble.ts'

/** `routines.create`, `.update` and `.delete`: functions, procedures and aggregates. Triggers and expressions follow a new name. */
export const routines = plainMutations('routines', 'routine', routineShape, {
  sound(_draft, row) {
    const what = `The ${row.kind} ${quoted(row)}`
    requireArguments(row, what)
    if (row.kind === 'aggregate') {
      const has = (option: string) => Object.keys(row.aggregate).some((key) => key.toUpperCase() === option)
      if (!has('SFUNC') || !has('STYPE')) refuse('bad-routine', `${what} needs SFUNC and STYPE.`)
      return row
    }
    if (row.body === null) refuse('bad-routine', `${what} has no body.`, 'Write what it does.')
    if (row.language === null && row.body.kind !== 'sql') refuse('bad-routine', `${what} needs a language.`, 'Choose sql or plpgsql.')
    const answers = row.returns !== null || row.arguments.some(({ mode }) => mode === 'out' || mode === 'inout' || mode === 'table')
    if (row.kind === 'function' && !answers)
      refuse('bad-routine', `${what} does not say what it returns.`, 'Write void when it is nothing.')
    if (row.kind === 'procedure' && row.returns !== null) refuse('bad-routine', `${what} returns nothing: it is a procedure.`)
    return row
  },
  renamed: follow,
  changed(draft, before, after) {
    const { triggers, eventTriggers } = triggersCalling(draft, after)
    const [first] = [...triggers, ...eventTriggers]
    const returns = triggers.length > 0 ? 'trigger' : 'event_trigger'
    if (!first || !isTriggerFunction(before, returns) || isTriggerFunction(after, returns)) return []
    return refuse('object-in-use', `The trigger "${first.name}" calls ${quoted(after)}: it has no arguments and returns ${returns}.`)
  },
  deleting(draft, row) {
    const { triggers, eventTriggers } = triggersCalling(draft, row)
    const [first] = [...triggers, ...eventTriggers]
    if (first && row.kind === 'function' && row.arguments.length === 0)
      refuse('object-in-use', `The trigger "${first.name}" calls the function ${quoted(row)}.`, 'Delete that trigger first.')
    return warnOfLeftovers(draft, `The deleted ${row.kind} "${displayName(row)}"`, [row.name], namersOf(draft, row)).filter(
      ({ message }) => !message.endsWith(`in ${row.kind} "${displayName(row)}".`),
    )
  },
})

function requireArguments({ arguments: all }: Row<'routine'>, what: string): void {
  const inputs = all.filter(({ mode }) => mode !== 'table')
  const lists = [inputs.filter(({ mode }) => mode !== 'out'), inputs.filter(({ mode }) => mode === 'out' || mode === 'inout')]
  for (const list of lists) {
    const names = list.flatMap(({ name }) => (name === null ? [] : [name]))
    names.forEach((name) => requireGoodName(name, 'column'))
    const twice = names.find((name, at) => names.indexOf(name) !== at)
    if (twice !== undefined) refuse('bad-routine', `${what} has two arguments "${twice}".`, 'Rename one of the two.')
  }
  const given = all.filter(({ mode }) => mode === 'in' || mode === 'inout')
  const firstDefault = given.findIndex((one) => one.default !== null)
  const bare = firstDefault < 0 ? undefined : given.slice(firstDefault).find((one) => one.default === null)
  if (bare) refuse('bad-routine', `${what}: after an argument with a default, all need one.`, `Give "${bare.name ?? bare.type}" a default.`)
  if (all.some(({ type }) => type.trim() === '')) refuse('bad-type', `${what} has an argument without a type.`)
}

/** Triggers and expressions under the function's new name. What is in bodies is said, not rewritten. */
function follow(draft: Draft, before: Row<'routine'>, after: Row<'routine'>): readonly Diagnostic[] {
  const to = { namespace: after.namespace, name: after.name }
  const { triggers, eventTriggers } = triggersCalling(draft, before)
  const isOnly = !draft.all('routine').some(({ name, namespace }) => name === before.name && namespace === before.namespace)
  if (isTriggerFunction(after, 'trigger')) for (const { id } of triggers) draft.update('trigger', id, { function: to })
  if (isTriggerFunction(after, 'event_trigger')) for (const { id } of eventTriggers) draft.update('eventTrigger', id, { function: to })
  // Which overload a call means is PostgreSQL's to know: only a name that is gone is rewritten.
  if (!isOnly) return []
  renameReferences(draft, { what: 'routine', name: before }, to)
  for (const table of draft.all('table')) rewriteTexts(draft, table, (sql) => renameFunctionCalls(sql, before, to))
  const views = draft.all('view').flatMap((view) => {
    const definition = renameFunctionCalls(view.definition, before, to)
    if (definition === view.definition) return []
    draft.update('view', view.id, { definition })
    return [viewLabel(view)]
  })
  return warnOfMentions(draft, `The ${before.kind} "${displayName(before)}"`, [before.name], views)
}

/** What names a routine in text, for people. */
function namersOf(draft: Draft, row: Row<'routine'>): readonly string[] {
  const { name } = row
  const says = (...texts: readonly (string | null | undefined)[]) => texts.some((sql) => typeof sql === 'string' && mentionsName(sql, name))
  const tables = draft.all('table').filter((table) => {
    const { id } = table
    return (
      draft.childrenOf('column', id).some((column) => says(column.default, column.generated?.expression)) ||
      draft.childrenOf('constraint', id).some((one) => one.kind === 'check' && says(one.expression)) ||
      draft.childrenOf('index', id).some(({ predicate, elements }) => says(predicate, ...elements.map(({ expression }) => expression))) ||
      draft.childrenOf('policy', id).some((policy) => says(policy.using, policy.check)) ||
      draft.childrenOf('trigger', id).some(({ when }) => says(when)) ||
      draft.childrenOf('rule', id).some((rule) => says(rule.where, rule.commands))
    )
  })
  const views = draft.all('view').filter(({ definition }) => says(definition))
  const others = usersOf(draft, { what: 'routine', name: row })
  return [...tables.map((table) => `an expression of "${displayName(table)}"`), ...views.map(viewLabel), ...others]
}
