import type { Diagnostic } from '#core/diagnostic.ts'
import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import type { Outcome, Source, StatementRecord } from '../../format.ts'
import { codePointOffset, LineIndex } from '../../shared/sql/positions.ts'
import type { Piece } from '../../shared/sql/split.ts'
import { causeOf, nameIn } from './causes.ts'
import { dispatch } from './dispatch.ts'
import { foreignDialect } from './foreign-dialects.ts'
import { mend } from './mend.ts'
import { noScript } from './no-script.ts'
import { namespaceOfExtension } from './of-extension.ts'
import { keepVerbatim } from './opaque.ts'
import type { Known, Parser } from './parser.ts'
import type { Transactions } from './transactions.ts'
import { UnpartitionedParent } from './partitions.ts'
import { fillVariables, maskVariables, missingSemicolon } from './repairs.ts'
import { statementKind } from './statement-kind.ts'
import { Refusal, Statement, type Session } from './statement.ts'
import { undoubledQuote } from './undoubled-quote.ts'

/** A data statement longer than this is not worth parsing: there is no schema in it. */
const LONG_DATA = 100_000
/** So many semicolons are put into one piece of so many characters at most: beyond, it is not SQL with a slip but something else. */
const MAX_SPLITS = 100
const MAX_SPLIT_LENGTH = 1_000_000
/** A statement that the grammar refused. */
interface Refused {
  readonly sql: string
  readonly kind: string
  readonly start: number
  readonly end: number
  readonly piece: Piece
  readonly number: number
}

interface Telling {
  readonly at: number
  readonly length: number
  readonly hint?: string | undefined
  readonly fix?: Diagnostic['fix']
}

/** What the readers of an import share. */
export interface Run {
  readonly session: Session
  readonly records: StatementRecord[]
  /** Set for imports that take only what PostgreSQL takes. */
  readonly transactions: Transactions | undefined
}

/** Reads the pieces of one source into the session's catalog. */
export class Reader {
  private readonly session: Session
  private readonly parse: Parser
  private readonly source: Source
  private readonly records: StatementRecord[]
  private readonly transactions: Transactions | undefined
  /** psql's variables, as far as the script sets them. */
  private readonly variables = new Map<string, string>()
  private readonly lines: LineIndex
  private count = 0
  /** Where each table's CREATE statement ends, for fixes that add to it. */
  private readonly ends = new Map<object, number>()
  private dialectTold = false
  private splits = 0
  private syntaxErrors = 0
  private readonly firstRecord: number

  constructor({ session, records, transactions }: Run, source: Source) {
    this.session = session
    this.parse = session.parse
    this.transactions = transactions
    this.source = source
    this.records = records
    this.lines = new LineIndex(source.text)
    this.firstRecord = records.length
  }

  /** Each file begins like a new connection. False when the text is no script at all: that is said once, and nothing of it is read. */
  begin(): boolean {
    this.session.settings.reset()
    this.session.temporary.clear()
    this.transactions?.beginFile()
    const { text } = this.source
    const trouble = noScript(text)
    if (!trouble) return true
    this.tell('error', trouble.code, trouble.message, { at: trouble.at, length: 1, hint: trouble.hint })
    this.record('rejected', 'file', 0, text.length)
    return false
  }

  /** Says once that a text is not SQL, when the grammar took nothing of it. */
  end(): void {
    this.transactions?.endFile()
    if (this.syntaxErrors === 0 || this.syntaxErrors < this.records.length - this.firstRecord) return
    this.tell('error', 'not-sql', 'Nothing in this text is a statement that PostgreSQL understands.', {
      at: 0,
      length: 0,
      hint: 'Import a schema as SQL: CREATE TABLE …, or the output of pg_dump --schema-only.',
    })
  }

  read(piece: Piece): void {
    const { kind, start, end } = piece
    if (kind === 'copyData') return this.record('ignored', 'COPY data', start, end)
    if (kind === 'meta') return this.readMeta(this.source.text.slice(start, end), start, end)
    this.splits = 0
    const { transactions } = this
    if (!transactions) return this.readStatement(start, end, piece)
    const sql = blanked(this.source.text.slice(start, end), start, piece.blanks)
    const entry = { lines: this.lines, file: this.source.file, sql, base: start, number: this.count + 1 }
    if (transactions.skips(entry)) return this.record('rejected', statementKind(sql), start, end)
    this.readStatement(start, end, piece)
    transactions.note(entry, this.records.at(-1)?.outcome ?? 'ignored')
  }

  /** psql's own commands; of them only variables matter. */
  private readMeta(text: string, start: number, end: number): void {
    const [, name, value = ''] = /^\\set\s+(\S+)\s*(.*)$/.exec(text) ?? []
    if (name !== undefined)
      this.variables.set(
        name,
        value.trim().replace(/^'((?:[^']|'')*)'$/, (_, inner: string) => inner.replaceAll("''", "'")),
      )
    this.record('ignored', /^\\\S*/.exec(text.slice(0, 40))?.[0] ?? '\\', start, end)
  }

  private readStatement(start: number, end: number, piece: Piece, repaired = false): void {
    const sql = blanked(this.source.text.slice(start, end), start, piece.blanks)
    const kind = statementKind(sql)
    if (sql.length > LONG_DATA && /^(?:INSERT|UPDATE|DELETE)$/.test(kind)) return this.record('ignored', kind, start, end)
    this.count += 1
    const number = this.count
    const zero = sql.indexOf('\0')
    if (zero >= 0) {
      this.tell('error', 'zero-byte', 'This statement holds a zero byte, which SQL cannot.', { at: start + zero, length: 1 })
      return this.record('rejected', kind, start, end)
    }
    if (piece.open && piece.open.what !== 'parenthesis') return this.rejectOpen(piece, kind, start, end)
    // What is passed over anyway needs no tree; that it is SQL is looked at nevertheless.
    const parsed = this.parse(sql, this.known(kind, piece, start))
    if (parsed.ok) {
      const st = new Statement(this.session, this.lines, { file: this.source.file, sql, base: start, number })
      const outcome = this.take(st, parsed.stmts)
      this.record(repaired && outcome === 'modelled' ? 'repaired' : outcome, kind, start, end)
      return
    }
    this.repair({ sql, kind, start, end, piece, number }, parsed.message, codePointOffset(sql, parsed.position))
  }

  private known(kind: string, { body }: Piece, start: number): Known | undefined {
    if (body) return { body: [body[0] - start, body[1] - start] }
    const passedOver = treeless.has(kind) || (!this.session.privileges && (kind === 'GRANT' || kind === 'REVOKE'))
    return passedOver && !this.session.undone ? { treeless: true } : undefined
  }

  private take(st: Statement, stmts: readonly { stmt?: Parameters<typeof dispatch>[1] }[]): Outcome {
    let outcome: Outcome = 'ignored'
    try {
      for (const { stmt } of stmts) if (stmt) outcome = dispatch(st, stmt) ?? 'modelled'
      this.rememberEnd(st)
      return outcome
    } catch (error) {
      return this.refuse(st, error)
    }
  }

  /** A table made by this statement: a fix may have to add to its end. */
  private rememberEnd(st: Statement): void {
    const last = st.catalog.lastTable
    if (last && !this.ends.has(last)) this.ends.set(last, st.base + st.sql.length)
  }

  private refuse(st: Statement, error: unknown): Outcome {
    if (!(error instanceof Refusal)) {
      st.tell(
        'error',
        'internal-error',
        `This statement could not be understood: ${error instanceof Error ? error.message : String(error)}`,
        { hint: 'It is kept as it is. Please report it.' },
      )
      keepVerbatim(st, 'not understood')
      return 'verbatim'
    }
    const { refused } = this.session
    const name = nameIn(error)
    if (name !== undefined && error.code.startsWith('unknown-') && refused.explains(name, st)) {
      refused.inherit(name, st)
      return 'rejected'
    }
    // What we did not see being made may still be there.
    if (error.code.startsWith('unknown-') && this.session.dynamic) {
      st.tell('info', 'kept-unverified', `${capital(error.message)}, as far as can be seen; the statement is kept as it is.`, {
        location: error.location,
      })
      keepVerbatim(st, statementKind(st.sql), { late: true })
      return 'verbatim'
    }
    const foreign = name !== undefined && error.code.startsWith('unknown-') ? namespaceOfExtension(st, name) : undefined
    if (foreign !== undefined) {
      const said = `"${foreign}.${name ?? ''}" is not made here; an extension may bring it. The statement is kept as it is.`
      st.tell('info', 'kept-unverified', said, { location: error.location })
      keepVerbatim(st, statementKind(st.sql), { late: true })
      return 'verbatim'
    }
    const { start, length, hint } = causeOf(st, error)
    const fix = error.fix ?? this.partitionFix(error)
    st.tell('error', error.code, `${capital(error.message)}.`, {
      ...(start === undefined ? { location: error.location } : { place: st.place(start, length) }),
      ...(hint !== undefined && { hint }),
      ...(fix && { fix }),
    })
    const told = this.session.diagnostics.length - 1
    if (!error.code.startsWith('duplicate-')) refused.add(st.sql, told)
    if (name !== undefined && named.has(error.code)) refused.addName(name, st, told)
    return 'rejected'
  }

  /** PARTITION BY at the end of the parent's statement. */
  private partitionFix(error: Refusal): Diagnostic['fix'] {
    const end = error instanceof UnpartitionedParent ? this.ends.get(error.table) : undefined
    if (!(error instanceof UnpartitionedParent) || end === undefined) return undefined
    return { title: `Partition "${error.table.name}"`, edits: [{ start: end, end, text: error.clause }] }
  }

  /** The grammar refused it: psql variables, a forgotten semicolon, another database's SQL, or an error to report. */
  private repair(at: Refused, message: string, offset: number): void {
    // Taken strictly it is refused; what mends it the second, lenient reading says.
    const { strict } = this.session
    if (this.fillVariables(at) || (!strict && (this.repairVariables(at) || this.repairSemicolon(at, offset) || this.mend(at, offset))))
      return
    const { sql, kind, start, end, piece } = at
    const first = this.session.diagnostics.length
    const dialect = foreignDialect(sql, offset)
    const quote = undoubledQuote(sql)
    if (quote !== undefined) this.tellQuote(start + quote)
    else if (piece.open?.what === 'parenthesis') {
      this.tell('error', 'unclosed-parenthesis', 'This parenthesis is never closed.', {
        at: piece.open.at,
        length: 1,
        hint: 'Close it before the semicolon.',
      })
    } else if (dialect) {
      const text = this.dialectTold ? `${dialect.name}: ${dialect.sign}.` : `This is ${dialect.name} (${dialect.sign}), not PostgreSQL.`
      this.tell('error', 'foreign-dialect', text, { at: start + offset, length: 0, hint: this.dialectTold ? undefined : dialect.hint })
      this.dialectTold = true
    } else {
      this.syntaxErrors += 1
      this.tell('error', 'syntax-error', `${capital(message)}.`, {
        at: start + offset,
        length: wordLength(sql, offset),
        hint: missingHint(sql, offset),
      })
    }
    this.session.refused.add(sql, first)
    this.record('rejected', kind, start, end)
  }

  /** Variables that the script sets have their value, as psql gives it. */
  private fillVariables({ sql, kind, start, end, number }: Refused): boolean {
    const filled = fillVariables(sql, this.variables)
    const parsed = filled === undefined ? undefined : this.parse(filled)
    if (!parsed?.ok || filled === undefined) return false
    const st = new Statement(this.session, this.lines, { file: this.source.file, sql: filled, base: start, number })
    this.record(this.take(st, parsed.stmts), kind, start, end)
    return true
  }

  private repairVariables({ sql, kind, start, end, number }: Refused): boolean {
    const masked = maskVariables(sql)
    const parsed = masked && this.parse(masked.sql)
    if (!parsed?.ok) return false
    for (const { at, text } of masked?.variables ?? []) {
      this.tell('warning', 'psql-variable', `The psql variable ${text} has no value here.`, {
        at: start + at,
        length: text.length,
        hint: 'Replace it by its value; until then a placeholder stands for it.',
      })
    }
    const st = new Statement(this.session, this.lines, { file: this.source.file, sql: masked?.sql ?? sql, base: start, number })
    const { diagnostics } = this.session
    const before = diagnostics.length
    const outcome = this.take(st, parsed.stmts)
    // A namespace that only a placeholder names is no news.
    diagnostics.push(...diagnostics.splice(before).filter(({ code }) => code !== 'implicit-namespace'))
    this.record(outcome === 'modelled' ? 'repaired' : outcome, kind, start, end)
    return true
  }

  private repairSemicolon({ sql, start, end, piece }: Refused, offset: number): boolean {
    if (this.splits >= MAX_SPLITS || sql.length > MAX_SPLIT_LENGTH) return false
    const split = missingSemicolon(sql, offset)
    if (!split) return false
    this.splits += 1
    const stop = start + split.end
    this.tell('warning', 'missing-semicolon', 'A semicolon is missing before this statement.', {
      at: start + split.next,
      length: 6,
      hint: 'Write ; at the end of the statement above.',
      fix: { title: 'Add the semicolon', edits: [{ start: stop, end: stop, text: ';' }] },
    })
    this.readStatement(start, stop, { kind: 'statement', start, end: stop, ...(piece.blanks && { blanks: piece.blanks }) }, true)
    this.readStatement(start + split.next, end, piece)
    return true
  }

  /** What one small edit mends, or what another database would have taken. */
  private mend({ sql, kind, start, end, number }: Refused, offset: number): boolean {
    const mended = mend(sql, offset, this.parse)
    const parsed = mended && this.parse(mended.sql)
    if (!mended || !parsed?.ok) return false
    for (const { code, message, hint, title, edits, at, length } of mended.mends) {
      const fix = { title, edits: edits.map((edit) => ({ start: start + edit.start, end: start + edit.end, text: edit.text })) }
      this.tell('warning', code, message, { at: start + at, length, hint, fix })
    }
    const { diagnostics } = this.session
    const before = diagnostics.length
    const st = new Statement(this.session, this.lines, { file: this.source.file, sql: mended.sql, base: start, number })
    const outcome = this.take(st, parsed.stmts)
    // Places in the mended text are not those of the source: what has a fix of its own is told when that is read.
    const span = diagnostics[before - 1]?.span
    const noticed = diagnostics.splice(before).filter((diagnostic) => !diagnostic.fix)
    diagnostics.push(...noticed.map((diagnostic) => ({ ...diagnostic, span })))
    this.record(outcome === 'modelled' ? 'repaired' : outcome, kind, start, end)
    return true
  }

  private rejectOpen(piece: Piece, kind: string, start: number, end: number): void {
    const { open } = piece
    const what = open?.what === 'comment' ? 'comment' : 'quote'
    this.session.refused.add(this.source.text.slice(start, end), this.session.diagnostics.length)
    const quote = what === 'quote' ? undoubledQuote(this.source.text.slice(start, end)) : undefined
    if (quote !== undefined) {
      this.tellQuote(start + quote)
      return this.record('rejected', kind, start, end)
    }
    this.tell('error', what === 'comment' ? 'unterminated-comment' : 'unterminated-quote', `This ${what} is never closed.`, {
      at: open?.at ?? start,
      length: 1,
      hint: what === 'comment' ? 'End it with */.' : 'End it with the mark it begins with.',
    })
    this.record('rejected', kind, start, end)
  }

  private tellQuote(at: number): void {
    this.tell('error', 'undoubled-quote', 'This quote ends the string, although the text seems to go on.', {
      at,
      length: 1,
      hint: "A quote inside a string is written twice: 'it''s'.",
      fix: { title: 'Write the quote twice', edits: [{ start: at, end: at, text: "'" }] },
    })
  }

  private tell(severity: 'error' | 'warning', code: DiagnosticCode, message: string, { at, length, hint, fix }: Telling): void {
    this.session.diagnostics.push({
      code,
      severity,
      message,
      file: this.source.file,
      span: this.lines.span(at, at + length),
      ...(hint !== undefined && { hint }),
      ...(fix && { fix }),
    })
  }

  private record(outcome: Outcome, kind: string, start: number, end: number): void {
    this.records.push({ outcome, kind, file: this.source.file, span: this.lines.span(start, end) })
  }
}

/** Statements about rows. */
const treeless = new Set(['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'ANALYZE', 'VACUUM'])

/** Missing things that one name says enough of. */
const named = new Set<DiagnosticCode>(['unknown-namespace', 'unknown-sequence', 'unknown-table'])

/** Backslash commands inside a statement become spaces, so that every offset stays. */
function blanked(sql: string, base: number, blanks: Piece['blanks']): string {
  let result = sql
  for (const [start, end] of blanks ?? []) {
    // A statement that was split in two has only its own.
    if (start < base || end > base + sql.length) continue
    result = result.slice(0, start - base) + ' '.repeat(end - start) + result.slice(end - base)
  }
  return result
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const wordLength = (sql: string, offset: number): number => /^\w*/.exec(sql.slice(offset, offset + 64))?.[0].length ?? 0

/** The one slip that the grammar's message does not name. */
function missingHint(sql: string, offset: number): string | undefined {
  const before = sql.slice(0, offset).trimEnd()
  if (before.endsWith(',') && sql.charAt(offset) === ')') return 'Remove the comma before the closing parenthesis.'
  return undefined
}
