import { quoteLiteral, quoteName, unquoteNames } from '#core/dialects/postgres.ts'
import type { Diagnostic } from '#core/diagnostic.ts'
import type { StatementRecord } from '#formats/format.ts'
import type { DatabaseError } from '../connection.ts'
import { ROLE_MARK } from '../scratch/server-scratch.ts'
import type { Scratch } from '../scratch/types.ts'
import type { Planned } from './plan.ts'
import { withoutModifiers, withoutTablespace } from './rewrite.ts'
import { extensionFor, languageSql, standInFor } from './stand-ins.ts'
import type { TruthInput } from './types.ts'

/** Classes of errors that may go away once something else is there: undefined table, object, function, namespace, invalid definition, invalid key. */
const passing = new Set(['42P01', '42704', '42883', '3F000', '42P16', '42830', '42809', '42703'])
/** What only takes away or renames is not tried again: by then it would hit something that was made since. */
const onlyOnce = /^(?:DROP|TRUNCATE)\b/
const takesAway = /\b(?:drop|rename)\b/i

/** Puts there what the sources take for granted and an empty database does not have: roles, namespaces, languages, extensions. */
export class Helper {
  readonly diagnostics: Diagnostic[] = []
  readonly standIns = new Set<string>()
  private readonly input: TruthInput
  private readonly scratch: Scratch
  private readonly privileges: boolean
  private readonly strict: boolean
  private readonly madeNamespaces: ReadonlySet<string>
  /** Roles, namespaces and languages that were asked for already: once is enough. */
  private readonly tried = new Set<string>()
  private available: ReadonlySet<string> = new Set()

  constructor(input: TruthInput, scratch: Scratch, { privileges, strict }: { readonly privileges: boolean; readonly strict: boolean }) {
    this.input = input
    this.scratch = scratch
    this.privileges = privileges
    this.strict = strict
    const created = /\bcreate\s+schema\s+(?:if\s+not\s+exists\s+)?("(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)/giu
    this.madeNamespaces = new Set(
      input.sources.flatMap(({ text }) => [...text.matchAll(created)].flatMap(([, name]) => unquoteNames(name ?? ''))),
    )
  }

  /** What is known to be needed before anything runs. */
  async prepare(): Promise<readonly string[]> {
    const rows = await this.scratch.connection.query<{ name: string }>('SELECT name FROM pg_catalog.pg_available_extensions')
    this.available = new Set(rows.map(({ name }) => name))
    const { schema } = this.input.read
    const namespaces = schema.namespaces.map(({ name }) => name).filter((name) => !this.madeNamespaces.has(name) && name !== 'public')
    this.tellMissing()
    return [...this.rolesOf().flatMap((name) => this.role(name)), ...namespaces.flatMap((name) => this.namespace(name))]
  }

  private tellMissing(): void {
    for (const { name } of this.input.read.schema.extensions) {
      if (this.available.has(name)) continue
      this.diagnostics.push({
        code: 'extension-not-available',
        severity: 'info',
        message: `The extension "${name}" is not there where the statements are tried out.`,
        hint: 'What needs it is kept as it was read. A server that has it can be named: --scratch-url, or SCHEMAFLOW_SCRATCH_URL.',
      })
    }
  }

  private rolesOf(): readonly string[] {
    const { schema } = this.input.read
    const named = schema.tables.flatMap(({ policies }) => policies.flatMap(({ roles }) => roles))
    const mapped = schema.userMappings.map(({ user }) => user)
    const owners = schema.namespaces.flatMap(({ owner }) => (owner === null ? [] : [owner]))
    const granted = this.privileges ? schema.privileges.flatMap(({ roles, defaults }) => [...roles, ...(defaults?.roles ?? [])]) : []
    return [...new Set([...named, ...mapped, ...owners, ...granted])]
  }

  /** Whether another try may end better. */
  mayTryAgain({ record, parts }: Planned, error: DatabaseError): boolean {
    // What the grammar refuses at this place too is wrong, not early.
    if (error.code === null || !passing.has(error.code) || onlyOnce.test(record.kind) || record.outcome === 'rejected') return false
    return !(record.kind.startsWith('ALTER') && takesAway.test(parts.join('\n').slice(0, 2_000)))
  }

  /** Statements that put there what an error speaks of. Each thing once. */
  help({ code, message }: DatabaseError, at: StatementRecord): readonly string[] {
    const extension = extensionFor(code, message)
    if (extension !== undefined) return this.extension(extension, message, at)
    const name = /"((?:[^"]|"")*)"/.exec(message)?.[1]
    if (name === undefined) return []
    if (code === '42704' && message.startsWith('role ')) return this.role(name)
    if (code === '42704' && message.startsWith('language ')) return this.language(name)
    // A namespace that a statement makes comes with it; one that the importer took for granted is put there.
    if (code === '3F000' && this.input.read.schema.namespaces.some((namespace) => namespace.name === name)) return this.namespace(name)
    return []
  }

  /** The statement as it is run: CREATE EXTENSION takes the version there is, or a stand-in where there is none. */
  rewritten(sql: string): string {
    const [, quoted] = extensionMade.exec(sql) ?? languageMade.exec(sql) ?? []
    if (quoted !== undefined) return this.creation(sql, unquoteNames(quoted)[0] ?? '')
    return this.standIns.size > 0 ? withoutModifiers(withoutTablespace(sql)) : withoutTablespace(sql)
  }

  private creation(sql: string, name: string): string {
    if (this.available.has(name)) return sql.replace(/\bversion\s+(?:'[^']*'|"[^"]*"|[\w.]+)/i, '')
    const namespace = /\bschema\s+("(?:[^"]|"")+"|[\w$]+)/i.exec(sql)?.[1] ?? null
    return this.standIn(name, namespace)?.sql ?? sql
  }

  private standIn(extension: string, namespace: string | null) {
    const standIn = standInFor(extension, namespace)
    for (const type of standIn?.types ?? []) this.standIns.add(type)
    return standIn
  }

  /** An extension that statements use and none creates. */
  private extension(name: string, message: string, { file, span }: StatementRecord): readonly string[] {
    if (this.strict) return []
    const statement = this.available.has(name)
      ? `CREATE EXTENSION IF NOT EXISTS ${quoteName(name)} SCHEMA public CASCADE`
      : this.standIn(name, 'public')?.sql
    if (statement === undefined) return []
    const help = this.once(`extension ${name}`, [statement])
    if (help.length > 0)
      this.diagnostics.push({
        code: 'implicit-extension',
        severity: 'warning',
        file,
        span,
        message: `The statements use the extension "${name}" (${message}), but none creates it.`,
        hint: `Put CREATE EXTENSION ${quoteName(name)}; at the beginning.`,
      })
    return help
  }

  private once(key: string, statements: readonly string[]): readonly string[] {
    if (this.tried.has(key)) return []
    this.tried.add(key)
    return statements
  }

  private role(name: string): readonly string[] {
    if (/^(?:public|current_user|current_role|session_user|pg_.*)$/i.test(name)) return []
    return this.once(`role ${name}`, [
      `CREATE ROLE ${quoteName(name)}`,
      // So that it is known as ours and removed with the database.
      ...(this.scratch.connection.server.engine === 'postgres' ? [`COMMENT ON ROLE ${quoteName(name)} IS ${quoteLiteral(ROLE_MARK)}`] : []),
    ])
  }

  private namespace(name: string): readonly string[] {
    return this.once(`namespace ${name}`, [`CREATE SCHEMA ${quoteName(name)}`])
  }

  private language(name: string): readonly string[] {
    return this.strict ? [] : this.once(`language ${name}`, [languageSql(name)])
  }
}

const extensionMade = /^create\s+extension\s+(?:if\s+not\s+exists\s+)?("(?:[^"]|"")+"|[\w$-]+)/i
/** Without a handler it is short for CREATE EXTENSION. */
const languageMade = /^create\s+(?:or\s+replace\s+)?(?:trusted\s+)?(?:procedural\s+)?language\s+("(?:[^"]|"")+"|[\w$]+)\s*$/i
