import type { StatementRecord } from '../../format.ts'
import type { LineIndex } from '../../shared/sql/positions.ts'
import { Catalog } from './catalog.ts'
import { dispatch } from './dispatch.ts'
import { Statement, type Session } from './statement.ts'
import { Undone } from './undone.ts'

/** A statement that took effect, as little of it as is needed to let it take effect again. */
interface Entry {
  readonly lines: LineIndex
  readonly file: string
  readonly sql: string
  readonly base: number
  readonly number: number
}

/** A failed transaction costs as much as reading again what stood before it; a script with so many of them is taken as it comes. */
const MAX_UNDONE = 200

/**
 * What PostgreSQL undoes, for imports that take only what it takes: a statement that fails between BEGIN and COMMIT undoes them all, ROLLBACK
 * undoes them anyway, and so does the end of the file. To undo, what took effect before is read again; nothing is paid as long as nothing fails.
 */
export class Transactions {
  private readonly session: Session
  private readonly records: StatementRecord[]
  private readonly log: (Entry | 'file')[] = []
  private open:
    | { readonly log: number; readonly records: number; readonly diagnostics: number; readonly savepoints: Map<string, number> }
    | undefined
  private failed: { readonly record: number; readonly diagnostics: readonly Session['diagnostics'][number][] } | undefined
  private undoneCount = 0
  private readonly undone = new Undone()

  constructor(session: Session, records: StatementRecord[]) {
    this.session = session
    this.records = records
  }

  /** True when PostgreSQL says "current transaction is aborted" to this statement. What it would have made is remembered as missing. */
  skips(entry: Entry): boolean {
    if (!this.failed || closing.test(entry.sql)) return false
    const { lines, ...place } = entry
    const parsed = this.session.parse(place.sql)
    const st = new Statement(this.session, lines, place)
    this.session.undone = this.undone
    for (const { stmt } of parsed.ok ? parsed.stmts : []) if (stmt) this.undone.addSkipped(st, stmt)
    return true
  }

  /** Every file is a session of its own: what it leaves open is undone. */
  beginFile(): void {
    this.log.push('file')
  }

  endFile(): void {
    if (this.open) this.undo('ROLLBACK')
  }

  /** Takes note of a statement that was just recorded. */
  note(entry: Entry, outcome: StatementRecord['outcome']): void {
    const { sql } = entry
    if (outcome === 'rejected') return this.fail()
    const isBegin = /^(?:begin|start\s+transaction)\b/i.test(sql)
    if (isBegin) this.begin()
    if (outcome !== 'ignored' || settling.test(sql)) this.log.push(entry)
    const savepoint = /^savepoint\s+(\S+)/i.exec(sql)?.[1]
    if (savepoint !== undefined) this.open?.savepoints.set(savepoint.toLowerCase(), this.log.length)
    else if (/^(?:commit|end)\b/i.test(sql)) {
      if (this.failed) this.undo('COMMIT')
      this.open = undefined
    } else if (/^(?:rollback|abort)\b/i.test(sql)) this.rollback(/\bto\s+(?:savepoint\s+)?(\S+)/i.exec(sql)?.[1])
  }

  private begin(): void {
    if (this.open || this.undoneCount >= MAX_UNDONE) return
    this.open = { log: this.log.length, records: this.records.length, diagnostics: this.session.diagnostics.length, savepoints: new Map() }
  }

  private fail(): void {
    if (!this.open || this.failed) return
    this.failed = { record: this.records.length - 1, diagnostics: this.session.diagnostics.slice(this.diagnosticsBefore()) }
  }

  /** What was said of the failing statement itself. */
  private diagnosticsBefore(): number {
    const start = this.records.at(-1)?.span.start ?? 0
    return this.session.diagnostics.findLastIndex(({ span }) => (span?.start ?? 0) < start) + 1
  }

  private rollback(savepoint: string | undefined): void {
    if (!this.open) return
    const to = savepoint === undefined ? undefined : this.open.savepoints.get(savepoint.toLowerCase())
    if (to === undefined) return this.undo('ROLLBACK')
    this.failed = undefined
    this.restore(to)
  }

  private undo(by: 'COMMIT' | 'ROLLBACK'): void {
    const { open, failed, session, records } = this
    if (!open) return
    this.undoneCount += 1
    const first = records[open.records - 1]
    const last = records.at(-1)
    const culprit = failed && records[failed.record]
    let didAnything = false
    for (let n = open.records; n < records.length; n += 1) {
      const record = records[n]
      if (!record || record.outcome === 'ignored') continue
      didAnything = true
      records[n] = { ...record, outcome: 'rejected' }
    }
    session.diagnostics.splice(open.diagnostics)
    if (failed) session.diagnostics.push(...failed.diagnostics)
    if (first && last && didAnything) {
      const lines = `${first.span.line} to ${last.span.line} (${records.length - open.records} statements)`
      const cause = culprit ? 'because this statement fails' : by === 'ROLLBACK' ? 'because it is rolled back' : 'at its end'
      session.diagnostics.push({
        code: 'transaction-rolled-back',
        severity: culprit ? 'error' : 'info',
        message: `PostgreSQL undoes the transaction of lines ${lines} ${cause}.`,
        file: (culprit ?? first).file,
        span: (culprit ?? first).span,
        hint: culprit ? 'Mend the statement, or import with --fix: it keeps the statements that work.' : undefined,
      })
    }
    this.open = undefined
    this.failed = undefined
    this.restore(open.log)
  }

  /** Brings the state back that there was after so many entries of the log. */
  private restore(to: number): void {
    const { session } = this
    const before = session.catalog
    const { length } = session.diagnostics
    this.log.length = to
    session.catalog = new Catalog()
    session.dynamic = false
    session.settings.reset()
    for (const entry of this.log) {
      if (entry === 'file') session.settings.reset()
      else this.again(entry)
    }
    session.diagnostics.length = length
    session.undone = this.undone
    this.undone.add(before, session.catalog)
  }

  private again({ lines, ...place }: Entry): void {
    const parsed = this.session.parse(place.sql)
    if (!parsed.ok) return
    try {
      for (const { stmt } of parsed.stmts) if (stmt) dispatch(new Statement(this.session, lines, place), stmt)
    } catch {
      // It took effect once; what it met then it meets again, so that nothing is left to be said.
    }
  }
}

/** What is ignored, but for the settings that it changes. */
const settling = /^\s*(?:set|reset|discard|select|do|begin|start|commit|end|rollback|abort)\b/i
const closing = /^(?:commit|end|rollback|abort)\b/i
