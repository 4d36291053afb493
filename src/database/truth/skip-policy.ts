import type { StatementRecord } from '#formats/format.ts'

/** Why a kind of statement is not asked to run: it makes nothing of a schema, or would reach beyond the scratch database. */
const reasons: readonly (readonly [reason: string, kinds: RegExp])[] = [
  ['a command of psql', /^\\/],
  ['data', /^(?:COPY data|COPY|INSERT|UPDATE|DELETE|MERGE|TRUNCATE|REFRESH.*)$/],
  ['the transaction is not needed', /^(?:BEGIN|START|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|PREPARE TRANSACTION|LOCK)\b/],
  ['a setting', /^(?:SET|RESET|SHOW|DISCARD)\b/],
  ['makes nothing', /^(?:VACUUM|ANALYZE|ANALYSE|REINDEX|CHECKPOINT|LISTEN|NOTIFY|UNLISTEN|EXPLAIN|LOAD|DECLARE|FETCH|CLOSE|MOVE)\b/],
  [
    'concerns the whole server',
    /^(?:(?:CREATE|ALTER|DROP) (?:DATABASE|TABLESPACE|ROLE|USER(?! MAPPING)|GROUP|SYSTEM)|REASSIGN|DROP OWNED)\b/,
  ],
  ['would connect to another server', /^(?:CREATE|ALTER|DROP) SUBSCRIPTION\b/],
  ['security labels need a provider', /^SECURITY\b/],
  ['updates an extension', /^ALTER EXTENSION\b/],
]

const privileges = /^(?:GRANT|REVOKE|ALTER DEFAULT PRIVILEGES|OWNER TO)\b/
const mayOnlyRead = /^(?:SELECT|WITH|VALUES|TABLE)\b/

const onServer = /^comment\s+on\s+(?:database|role|tablespace|large\s+object)\b/i
/** COPY … PROGRAM in a block of code; COPY itself is data. */
const startsProgram = /^(?!\s*create\b)[^]*\bcopy\b[^;]{0,1000}\b(?:to|from)\s+program\b/i

/** Why a statement is not run, or null when it is. */
export function skipReason(
  { kind, outcome }: StatementRecord,
  text: string,
  options: { readonly privileges: boolean; readonly strict: boolean },
): string | null {
  for (const [reason, kinds] of reasons) if (kinds.test(kind)) return reason
  if (!options.privileges && privileges.test(kind)) return 'privileges were not asked for'
  if (mayOnlyRead.test(kind) && outcome === 'ignored') return 'only reads'
  if (options.strict && outcome === 'rejected') return 'was rejected'
  if (outcome === 'rejected' && kind === 'file') return 'no script'
  if (kind.startsWith('COMMENT') && onServer.test(text)) return 'concerns the whole server'
  if (startsProgram.test(text)) return 'would start a program'
  return null
}

/** Reasons that leave it open whether PostgreSQL would take the statement. */
export const untried: ReadonlySet<string> = new Set(['was rejected', 'would start a program', 'the time was up'])
