import type { Diagnostic, Span } from '#core/diagnostic.ts'
import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import type { ObjectName } from '#core/schema/index.ts'
import type { Node, RangeVar, TypeName } from 'libpg-query'
import { byteOffsets, type LineIndex } from '../../shared/sql/positions.ts'
import { Tokens } from '../../shared/sql/tokens.ts'
import type { Outcome } from '../../format.ts'
import { strings } from './ast.ts'
import type { Catalog } from './catalog.ts'
import { storedName } from './naming.ts'
import type { Parser } from './parser.ts'
import type { Refused } from './refused.ts'
import type { SearchPath } from './search-path.ts'
import { accessMethodNamed, type SessionSettings } from './session-settings.ts'

/** What an importer run shares between statements. */
export interface Session {
  /** Replaced when a transaction is undone. */
  catalog: Catalog
  readonly settings: SessionSettings
  /** The search path in force: that of the settings. */
  readonly path: SearchPath
  readonly strict: boolean
  readonly privileges: boolean
  readonly diagnostics: Diagnostic[]
  readonly parse: Parser
  /** A DO block, a SELECT or another statement kept verbatim may have made objects that we cannot see. */
  dynamic: boolean
  /** What undone transactions had made; undefined as long as none was. */
  undone: { readonly check: (st: Statement, node: Node) => void } | undefined
  /** How many names were looked for that a misspelt one may mean. */
  guesses: number
  /** Temporary tables that are there now. */
  readonly temporary: Set<string>
  /** What is missing because a statement was refused. */
  readonly refused: Refused
  /** Called when all sources are read, in order: what only the whole text can tell. */
  readonly later: (() => void)[]
}

export interface RefusalDetails {
  readonly hint?: string
  /** Where in the statement: a location of the parse tree. */
  readonly location?: number | undefined
  readonly candidates?: readonly string[]
  readonly fix?: Diagnostic['fix']
}

/** Why a statement cannot be taken in. Thrown by handlers before they change anything; becomes a diagnostic. */
export class Refusal extends Error {
  readonly code: DiagnosticCode
  readonly hint: string | undefined
  readonly location: number | undefined
  /** Names that are there, of which the missing one may be a misspelling. */
  readonly candidates: readonly string[] | undefined
  readonly fix: Diagnostic['fix']
  constructor(code: DiagnosticCode, message: string, { hint, location, candidates, fix }: RefusalDetails = {}) {
    super(message)
    this.candidates = candidates
    this.fix = fix
    this.code = code
    this.hint = hint
    this.location = location
  }
}

/** How a handler ends: nothing said means modelled. */
export type Handled = Outcome | void

/** One statement of a source: its text, its place, and the cutting out of its parts. Locations are the parse tree's (bytes). */
export class Statement {
  readonly session: Session
  readonly file: string
  /** As parsed: same length as the source, with backslash commands and variables blanked. */
  readonly sql: string
  /** Where `sql` begins in the source. */
  readonly base: number
  readonly number: number
  private readonly lines: LineIndex
  private tokenList: Tokens | undefined
  private toOffset: ((byte: number) => number) | undefined
  /** Types that were named and that nobody made so far. */
  readonly unresolved: TypeName[] = []
  /** Set when a text was cut out whose meaning depends on the search path. */
  textTaken = false

  constructor(session: Session, lines: LineIndex, place: { file: string; sql: string; base: number; number: number }) {
    this.session = session
    this.lines = lines
    this.file = place.file
    this.sql = place.sql
    this.base = place.base
    this.number = place.number
  }

  /** A statement inside this one. */
  within(sql: string, at: number): Statement {
    return new Statement(this.session, this.lines, { file: this.file, sql, base: this.base + at, number: this.number })
  }

  get catalog(): Catalog {
    return this.session.catalog
  }

  get tokens(): Tokens {
    return (this.tokenList ??= new Tokens(this.sql))
  }

  /** The token at a location of the parse tree. */
  token(location: number | undefined): number {
    this.toOffset ??= byteOffsets(this.sql)
    return this.tokens.at(this.toOffset(location ?? 0))
  }

  /** Where a location of the parse tree is in `sql`. */
  offset(location: number): number {
    this.toOffset ??= byteOffsets(this.sql)
    return this.toOffset(location)
  }

  /** The source of tokens from `from` up to `to`. */
  text(from: number, to: number): string {
    return this.cut(this.tokens.slice(from, to))
  }

  /** Takes in what was cut out of the source. */
  cut(text: string): string {
    if (!plainValue.test(text)) this.textTaken = true
    this.noteCasts(text)
    return text
  }

  /** Types that a text casts to are in use. */
  noteCasts(text: string): void {
    if (!text.includes('::')) return
    for (const [, quoted, plain, quotedLast, plainLast] of text.matchAll(casts))
      for (const name of [quoted, plain?.toLowerCase(), quotedLast, plainLast?.toLowerCase()])
        if (name !== undefined) this.catalog.typeUses.add(name)
  }

  /** The source inside the brackets that open at token `open`. */
  inside(open: number): string {
    return this.text(open + 1, this.tokens.close(open))
  }

  /** The search path to remember with an object whose texts were cut out of this statement; null when the default says the same. */
  get searchPath(): string | null {
    return this.textTaken ? this.session.path.text : null
  }

  span(location?: number, length = 0): Span {
    if (location === undefined || location < 0) return this.lines.span(this.base, this.base + this.sql.length)
    this.toOffset ??= byteOffsets(this.sql)
    const start = this.base + this.toOffset(location)
    return this.lines.span(start, start + length)
  }

  /** A place of the source, by its offsets there. */
  place(start: number, length: number): Span {
    return this.lines.span(start, start + length)
  }

  /** The line of the statement's first character. */
  get line(): number {
    return this.lines.line(this.base)
  }

  /** The access method of a table that is made: the one that is said, or the default in force. */
  accessMethod(said: string | undefined): string | null {
    return said === undefined ? this.session.settings.accessMethod : accessMethodNamed(said)
  }

  /** The tablespace of something that is made: the one that is said, or the default in force. */
  tablespace(said: string | undefined): string | null {
    if (said === undefined) return this.session.settings.tablespace
    return said === 'pg_default' ? null : said
  }

  tell(
    severity: Diagnostic['severity'],
    code: DiagnosticCode,
    message: string,
    more: { hint?: string; location?: number | undefined; fix?: Diagnostic['fix']; place?: Span | undefined } = {},
  ): void {
    const { hint, location, fix, place } = more
    this.session.diagnostics.push({
      code,
      severity,
      message,
      file: this.file,
      span: place ?? this.span(location),
      ...(hint !== undefined && { hint }),
      ...(fix !== undefined && { fix }),
    })
  }

  /** The name of a relation that is about to be made. */
  newName(relation: RangeVar | undefined): ObjectName {
    return this.nameFor(relation?.schemaname, relation?.relname ?? '', relation?.location)
  }

  /** The name of an object about to be made, from its name parts. */
  newNameOf(parts: readonly string[] | readonly Node[] | undefined, location?: number): ObjectName {
    const names = partsOf(parts)
    return this.nameFor(names.at(-2), names.at(-1) ?? '', location)
  }

  private nameFor(schema: string | undefined, name: string, location: number | undefined): ObjectName {
    const namespace = schema === undefined ? this.session.path.creation : storedName(schema)
    if (namespace === undefined) throw new Refusal('no-namespace', 'no namespace in the search path to create it in', { location })
    if (!this.catalog.hasNamespace(namespace)) this.adoptNamespace(namespace, location)
    return { namespace, name: storedName(name) }
  }

  /** A part of a database may be given without its CREATE SCHEMA: the namespace is then taken as there. */
  private adoptNamespace(name: string, location: number | undefined): void {
    // A search path that begins with it says that it is there; a name alone does not.
    if (this.session.strict && !this.session.path.names.includes(name))
      throw new Refusal('unknown-namespace', `schema "${name}" does not exist`, { location })
    this.tell('warning', 'implicit-namespace', `Schema "${name}" is used but never created; it was added.`, {
      location,
      hint: `Put CREATE SCHEMA ${name}; before this statement.`,
    })
    const namespace = { name, owner: null, comment: null }
    this.catalog.namespaces.set(name, namespace)
    this.catalog.note(namespace)
  }

  /** The existing relation that a range variable names. */
  find(relation: RangeVar | undefined): ObjectName | undefined {
    return this.catalog.resolve(this.session.path.names, relation?.schemaname, storedName(relation?.relname ?? ''))
  }

  /** The existing relation that name parts name. */
  findOf(parts: readonly string[] | readonly Node[] | undefined): ObjectName | undefined {
    const names = partsOf(parts)
    return this.catalog.resolve(this.session.path.names, names.at(-2), storedName(names.at(-1) ?? ''))
  }
}

/** `::name`, `::namespace.name`, each quoted or not. */
const casts = /::\s*(?:"([^"]+)"|([\p{L}_][\p{L}\p{N}_$]*))(?:\s*\.\s*(?:"([^"]+)"|([\p{L}_][\p{L}\p{N}_$]*)))?/gu

/** Numbers, plain strings, keywords: they mean the same under any search path. */
const plainValue = /^(?:-?[\d.]+|'(?:[^'\\]|'')*'|true|false|null|current_timestamp|current_date|current_user|now\(\))$/i

const partsOf = (parts: readonly string[] | readonly Node[] | undefined): readonly string[] =>
  typeof parts?.[0] === 'string' ? (parts as readonly string[]) : strings(parts as readonly Node[] | undefined)
