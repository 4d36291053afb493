import { unquoteNames } from '#core/dialects/postgres.ts'

/** The namespace that a text names something in: `app` for `nope` in `ALTER TABLE app.nope …`. Undefined when it stands unqualified. */
export function qualifierIn(sql: string, name: string): string | undefined {
  const escaped = name.replaceAll(/[^\p{L}\p{N}_]/gu, '\\$&')
  const found = new RegExp(String.raw`("(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)\s*\.\s*"?${escaped}(?![\p{L}\p{N}_$])`, 'iu').exec(sql)?.[1]
  return found === undefined ? undefined : unquoteNames(found)[0]
}
