import type { Diagnostic } from '../diagnostic.ts'
import type { Draft, Row } from '../project/rows.ts'
import type { ObjectName, Routine } from '../schema/index.ts'
import { quoted, refuse, warning } from './trouble.ts'

type Returned = 'trigger' | 'event_trigger'

/** Whether a trigger can call a routine. */
export const isTriggerFunction = (routine: Pick<Routine, 'kind' | 'arguments' | 'returns'>, returns: Returned): boolean =>
  routine.kind === 'function' && routine.returns === returns && routine.arguments.length === 0

const namesakes = (draft: Draft, { namespace, name }: ObjectName): readonly Row<'routine'>[] =>
  draft.all('routine').filter((routine) => routine.name === name && routine.namespace === namespace)

/** Ends the mutation when the project has the function but no trigger can call it; warns when the project does not have it at all. */
export function requireTriggerFunction(draft: Draft, name: ObjectName, returns: Returned): readonly Diagnostic[] {
  const found = namesakes(draft, name)
  if (found.some((routine) => isTriggerFunction(routine, returns))) return []
  if (found.length > 0)
    refuse('unknown-function', `The function ${quoted(name)} cannot be called by it.`, `It needs no arguments and RETURNS ${returns}.`)
  if (name.namespace === 'pg_catalog' || builtIn.has(name.name)) return []
  return [warning('unknown-function', `There is no function ${quoted(name)} in this project.`, 'If an extension brings it, all is well.')]
}

/** Functions for triggers that PostgreSQL itself has. */
const builtIn = new Set(['suppress_redundant_updates_trigger', 'tsvector_update_trigger', 'tsvector_update_trigger_column'])

interface Callers {
  readonly triggers: readonly Row<'trigger'>[]
  readonly eventTriggers: readonly Row<'eventTrigger'>[]
}

/** The triggers, of tables and of the database, that call a function. */
export function triggersCalling(draft: Draft, { namespace, name }: ObjectName): Callers {
  const calls = ({ function: called }: { readonly function: ObjectName }) => called.name === name && called.namespace === namespace
  return { triggers: draft.all('trigger').filter(calls), eventTriggers: draft.all('eventTrigger').filter(calls) }
}
