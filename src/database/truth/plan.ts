import { applyEdits } from '#core/apply-fixes.ts'
import type { Diagnostic, Fix } from '#core/diagnostic.ts'
import type { StatementRecord } from '#formats/format.ts'
import { maskVariables } from '#formats/postgres-sql/import/repairs.ts'
import { Scanner } from '#formats/shared/sql/scanner.ts'
import { splitScript } from '#formats/shared/sql/split.ts'
import { Tokens } from '#formats/shared/sql/tokens.ts'
import { ByPlace } from './by-place.ts'
import { skipReason } from './skip-policy.ts'
import type { TruthInput } from './types.ts'

/** A statement of the sources, ready to be run. */
export interface Planned {
  readonly record: StatementRecord
  /** Why it is not run; null = it is. */
  readonly skip: string | null
  /** What is run: the statement as it stands (offsets are kept), or what a repair made of it. Mostly one. */
  readonly parts: readonly string[]
  /** The parts are the source's own text: an error's position is one in the source. */
  readonly verbatim: boolean
  /** The statement that sets the search path in force; null = the default one. */
  readonly path: string | null
}

/** Goes through the statements that the importer saw, in its own division, and decides what PostgreSQL is asked to run. */
export function plan(
  { sources, read }: TruthInput,
  options: { readonly privileges: boolean; readonly strict: boolean },
): readonly Planned[] {
  const texts = new Map(sources.map((source) => [source.file, source]))
  const edits = editsByPlace(read.diagnostics)
  const paths = new PathFollower()
  return read.statements.map((record) => {
    const text = texts.get(record.file)?.text.slice(record.span.start, record.span.end) ?? ''
    const skip = skipReason(record, text, options)
    const isPath = paths.follow(record, text)
    if (isPath || skip !== null) return { record, skip: skip ?? 'a setting', parts: [], verbatim: true, path: paths.current }
    return { record, skip, ...statementParts(record, text, edits), path: paths.current }
  })
}

type Edit = Fix['edits'][number]

function editsByPlace(diagnostics: readonly Diagnostic[]): ByPlace<Edit> {
  const edits = new ByPlace<Edit>()
  for (const { fix, file } of diagnostics) if (file !== undefined) for (const edit of fix?.edits ?? []) edits.add(file, edit.start, edit)
  return edits
}

/** Repairs that the importer made are made here too, so that PostgreSQL sees what was meant. */
function statementParts(record: StatementRecord, text: string, fixes: ByPlace<Edit>): Pick<Planned, 'parts' | 'verbatim'> {
  if (record.outcome === 'repaired') {
    const { start, end } = record.span
    const edits = fixes
      .within(record.file, start, end)
      .filter((edit) => edit.end <= end && !(edit.start === end && edit.text === ';'))
      .map((edit) => ({ start: edit.start - start, end: edit.end - start, text: edit.text }))
    const fixed = edits.length === 0 ? text : applyEdits(text, edits)
    const mended = maskVariables(fixed)?.sql ?? fixed
    if (mended !== text) return { parts: piecesOf(mended), verbatim: false }
  }
  return { parts: text.includes('\\') ? piecesOf(text) : [withoutConcurrently(text)], verbatim: true }
}

/** Statements without the backslash commands in them; nothing moves. */
function piecesOf(text: string): readonly string[] {
  const parts: string[] = []
  for (const { kind, start, end, blanks } of splitScript(text)) {
    if (kind !== 'statement') continue
    let part = text.slice(0, end)
    for (const [from, to] of blanks ?? []) part = part.slice(0, from) + ' '.repeat(to - from) + part.slice(to)
    parts.push(withoutConcurrently(start === 0 ? part : part.slice(start)))
  }
  return parts
}

/** PostgreSQL's lexer looks at all that follows once more for each comment inside a comment: nested by the hundred they become spaces. Nothing moves. */
function withoutDeepComments(sql: string): string {
  if (!/(?:\/\*){100}/.test(sql)) return sql
  const scanner = new Scanner(sql)
  let result = ''
  let at = 0
  while (scanner.next()) {
    if (scanner.kind !== 'comment') continue
    result += sql.slice(at, scanner.start) + ' '.repeat(scanner.end - scanner.start)
    at = scanner.end
  }
  return result + sql.slice(at)
}

/** CONCURRENTLY is of no use in an empty database, and cannot stand among other statements. Nothing moves. */
function withoutConcurrently(text: string): string {
  const sql = withoutDeepComments(text)
  if (!/\bconcurrently\b/i.test(sql) || !/^\s*(?:create|drop|alter|--|\/\*)/i.test(sql)) return sql
  const tokens = new Tokens(sql)
  const found = tokens.find('concurrently', 0)
  const token = tokens.list[found]
  return token ? sql.slice(0, token.start) + ' '.repeat(token.end - token.start) + sql.slice(token.end) : sql
}

/** Follows the search path through the sources. Each file begins like a new connection. */
class PathFollower {
  current: string | null = null
  private file: string | undefined
  /** The path before SET LOCAL: in force again after the transaction. */
  private outer: { readonly path: string | null } | undefined

  /** True when the statement sets the path, and so need not be run: whoever runs another one sets the path first. */
  follow({ file, kind }: StatementRecord, text: string): boolean {
    if (file !== this.file) {
      this.file = file
      this.current = null
      this.outer = undefined
    }
    if (/^(?:COMMIT|END|ROLLBACK|ABORT)$/.test(kind.split(' ')[0] ?? '')) {
      if (this.outer) this.current = this.outer.path
      this.outer = undefined
      return false
    }
    if (!/search_path/i.test(text)) {
      if (/^(?:RESET ALL|DISCARD ALL)\b/i.test(text)) this.current = null
      return false
    }
    if (/^(?:set|reset)\b/i.test(text)) return this.set(text)
    if (!/^select\b[^]*\bset_config\s*\(\s*'search_path'/i.test(text)) return false
    // A third argument of true means LOCAL.
    const local = /,\s*true\s*\)/i.test(text)
    this.change(local ? text.replace(/,\s*true\s*\)/i, ', false)') : text, local)
    return true
  }

  private set(text: string): boolean {
    if (!/^(?:set|reset)\s+(?:local\s+|session\s+)?search_path\b/i.test(text)) return false
    if (/^reset\b/i.test(text)) this.change(null, false)
    else this.change(text.replace(/^set\s+(?:local|session)\s+/i, 'SET '), /^set\s+local\b/i.test(text))
    return true
  }

  private change(path: string | null, local: boolean): void {
    if (local) this.outer ??= { path: this.current }
    this.current = path
  }
}
