import type { Opaque } from '#core/schema/index.ts'
import type { Witness } from './witness.ts'

/**
 * What has no typed place. A statement that ran, and whose whole effect is in the catalogs and so in PostgreSQL's reading, goes; everything else stays as
 * it was. What PostgreSQL's reading has to keep as a statement comes in, unless the sources have one for it.
 */
export function joinOpaque(grammar: readonly Opaque[], truth: readonly Opaque[], witness: Witness): readonly Opaque[] {
  const kept = grammar.filter(({ sql }) => {
    const executed = witness.outcome(sql)
    return executed?.outcome !== 'ran' || !isAllInCatalogs(executed.record.kind, sql)
  })
  const texts = new Set(kept.map(({ sql }) => sql))
  const added = truth.filter(
    ({ sql, defines }) => !texts.has(sql) && !defines.some(({ name }) => kept.some((each) => each.sql.includes(name))),
  )
  return [...kept, ...added]
}

function isAllInCatalogs(kind: string, sql: string): boolean {
  if (/^(?:DO|SELECT|CALL|EXECUTE|WITH)\b/.test(kind)) return computes.test(sql) && !elsewhere.test(sql)
  return inCatalogs.test(kind)
}

/** Code that defines something, or calls something that may. */
const computes = /\b(?:create|alter|drop|comment|grant|revoke|execute)\b|\bselect\b|\bperform\b|\bcall\b/i
/** What is in no schema. */
const elsewhere = /\b(?:create|alter)\s+(?:role|user|group|database|system|tablespace|subscription)\b|\bsecurity\s+label\b/i

/** Kinds of statements whose effect PostgreSQL's reading has typed. */
const inCatalogs =
  /^(?:CREATE|ALTER|DROP|COMMENT ON|CLUSTER)\b(?! (?:DATABASE|ROLE|USER$|GROUP|SYSTEM|TABLESPACE|SUBSCRIPTION|LARGE OBJECT|EXTENSION)\b)/
