import { z } from 'zod'
import { factory, flag, list, maybe, shape, sqlText } from './shape.ts'
import { objectNameShape } from './names.ts'

/** When a trigger or rule fires, by replication role (`ALTER TABLE … ENABLE REPLICA TRIGGER`). */
export const firing = z.enum(['origin', 'disabled', 'replica', 'always']).default('origin')

export const triggerShape = shape({
  name: z.string(),
  timing: z.enum(['before', 'after', 'insteadOf']),
  events: z.array(shape({ kind: z.enum(['insert', 'update', 'delete', 'truncate']), columns: list(z.string()) })).readonly(),
  forEach: z.enum(['row', 'statement']).default('statement'),
  when: maybe(sqlText),
  function: objectNameShape,
  arguments: list(z.string()),
  /** Set for CREATE CONSTRAINT TRIGGER. */
  constraint: maybe(shape({ deferrable: flag, initiallyDeferred: flag, from: maybe(objectNameShape) })),
  /** Transition tables: `REFERENCING OLD TABLE AS … NEW TABLE AS …`. */
  oldTable: maybe(z.string()),
  newTable: maybe(z.string()),
  enabled: firing,
  searchPath: maybe(z.string()),
  comment: maybe(z.string()),
})
export type Trigger = z.output<typeof triggerShape>
export const aTrigger = factory(triggerShape)

export const policyShape = shape({
  name: z.string(),
  permissive: z.boolean().default(true),
  command: z.enum(['all', 'select', 'insert', 'update', 'delete']).default('all'),
  /** Role names; empty = PUBLIC. `current_user` and its like are spelt as SQL spells them. */
  roles: list(z.string()),
  using: maybe(sqlText),
  check: maybe(sqlText),
  searchPath: maybe(z.string()),
  comment: maybe(z.string()),
})
export type Policy = z.output<typeof policyShape>
export const aPolicy = factory(policyShape)

export const ruleShape = shape({
  name: z.string(),
  event: z.enum(['select', 'insert', 'update', 'delete']),
  instead: flag,
  where: maybe(sqlText),
  /** What follows DO [INSTEAD]: `NOTHING`, one command, or several in parentheses. */
  commands: sqlText,
  enabled: firing,
  searchPath: maybe(z.string()),
  comment: maybe(z.string()),
})
export type Rule = z.output<typeof ruleShape>
export const aRule = factory(ruleShape)

export const eventTriggerShape = shape({
  name: z.string(),
  event: z.string(),
  /** `WHEN TAG IN (…)`. */
  tags: list(z.string()),
  function: objectNameShape,
  enabled: firing,
  owner: maybe(z.string()),
  comment: maybe(z.string()),
})
export type EventTrigger = z.output<typeof eventTriggerShape>
export const anEventTrigger = factory(eventTriggerShape)
