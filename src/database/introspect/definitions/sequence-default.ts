import { unquoteNames } from '#core/dialects/postgres.ts'
import type { ObjectName } from '#core/schema/index.ts'
import { nextval } from '#formats/postgres-sql/import/columns.ts'

/** `nextval` of a sequence of the schema, spelt as the model spells it; any other text as it is. */
export function sequenceDefault(text: string, isSequence: (name: ObjectName) => boolean): string {
  const literal = /^nextval\('((?:[^']|'')+)'::regclass\)$/.exec(text)?.[1]
  if (literal === undefined) return text
  const [namespace, name, ...more] = unquoteNames(literal.replaceAll("''", "'"))
  if (namespace === undefined || name === undefined || more.length > 0) return text
  return isSequence({ namespace, name }) ? nextval({ namespace, name }) : text
}
