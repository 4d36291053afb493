import type { Command } from 'commander'
import { unquoteNames } from '#core/dialects/postgres.ts'
import { wrongUse } from './exit-code.ts'

/** What every command that reads a schema may be told about its source. */
export interface SourceOptions {
  readonly from?: string
  readonly namespace?: readonly string[]
  readonly table?: readonly string[]
  readonly privileges?: boolean
  readonly truth?: boolean
  readonly scratchUrl?: string
}

export const SOURCE_ARGUMENT = [
  '<source...>',
  'files, directories (read in name order) or - for standard input, read as one schema; or one live database: postgres://… or "host=… dbname=…"',
] as const

/** Adds the options of the source to a command. */
export const addSourceOptions = (command: Command): Command =>
  command
    .option('--from <format>', 'files: the format to read; found out from name and content when missing')
    .option('--namespace <name>', 'database: only this namespace (may be repeated)', collect)
    .option('--table <namespace.table>', 'database: only this table or view, with its partitions (may be repeated)', collect)
    .option('--privileges', 'keep owners, grants and default privileges')
    .option(
      '--truth',
      'files: run them in a scratch PostgreSQL (embedded, unless --scratch-url or SCHEMAFLOW_SCRATCH_URL names a server) and take what it makes of them: results of DO blocks, generated names, its own form of expressions',
    )
    .option('--scratch-url <url>', 'like --truth, on this PostgreSQL server: databases are made there and dropped again')

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

/** `public.users`, `"My Shop".orders` or `users` (in public), as SQL writes names. */
export function readTableName(text: string): { readonly namespace: string; readonly name: string } {
  const parts = unquoteNames(text)
  const [first, second] = parts
  if (first === undefined || parts.length > 2)
    throw wrongUse(`--table ${text} is no table name`, 'Write it like public.users; quote it as in SQL.')
  return second === undefined ? { namespace: 'public', name: first } : { namespace: first, name: second }
}
