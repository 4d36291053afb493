import { unquoteNames } from '#core/dialects/postgres.ts'

/** A name that is longer is no name. */
const LONGEST = 300

/** The namespace that a text names something in: `app` for `nope` in `ALTER TABLE app.nope …`. Undefined when it stands unqualified. */
export function qualifierIn(sql: string, name: string): string | undefined {
  if (name === '') return undefined
  const lower = sql.toLowerCase()
  const wanted = name.toLowerCase()
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
    if (/[\p{L}\p{N}_$]/u.test(sql.charAt(at + wanted.length))) continue
    const before = sql.slice(Math.max(0, at - LONGEST), at)
    const qualifier = /("(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)\s*\.\s*"?$/u.exec(before)?.[1]
    if (qualifier !== undefined) return unquoteNames(qualifier)[0]
  }
  return undefined
}
