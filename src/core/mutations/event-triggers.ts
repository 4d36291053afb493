import { eventTriggerShape } from '../schema/index.ts'
import { plainMutations } from './plain-objects.ts'
import { requireTriggerFunction } from './trigger-function.ts'
import { refuse } from './trouble.ts'

const events = ['ddl_command_start', 'ddl_command_end', 'sql_drop', 'table_rewrite', 'login']

/** `eventTriggers.create`, `.update` and `.delete`. */
export const eventTriggers = plainMutations('eventTriggers', 'eventTrigger', eventTriggerShape, {
  sound(_draft, row) {
    if (!events.includes(row.event)) refuse('bad-trigger', `There is no event "${row.event}".`, `Choose among ${events.join(', ')}.`)
    return row
  },
  settled: (draft, row) => requireTriggerFunction(draft, row.function, 'event_trigger'),
})
