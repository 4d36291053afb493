import type { Diagnostic, Span } from '#core/diagnostic.ts'
import { escapeRegExp } from '#core/escape-regexp.ts'
import type { Schema } from '#core/schema/index.ts'
import { format } from '#formats/postgres-sql/index.ts'
import { LineIndex } from '#formats/shared/sql/positions.ts'
import { splitScript } from '#formats/shared/sql/split.ts'
import { DatabaseError, type Connection } from '../connection.ts'
import { ScratchLost } from '../scratch/scratch-lost.ts'
import { differences, subset, type Difference } from './differences.ts'
import { dependentsOf } from './dependents.ts'
import { dropSql } from './drop-sql.ts'

export interface EditToCheck {
  /** What the scratch database was loaded with. */
  readonly loaded: Schema
  /** The project without the edit, and with it. */
  readonly now: Schema
  readonly after: Schema
  /** The text under edit: trouble inside it is told with its place there. */
  readonly text?: string | undefined
}

/** `stale`: the scratch database is too far from the project to judge; load it again. */
export type EditVerdict =
  | { readonly kind: 'checked'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'not-checked' | 'stale'; readonly reason: string }

/** Objects that are tried out at most; more and the database is loaded again. */
const MOST_DIFFERENCES = 60
const STATEMENT_MS = 5_000
const QUERY_CANCELED = '57014'

/**
 * Asks PostgreSQL whether it takes an edit: in a transaction that is always taken back, what differs is dropped and made again as the edit has it.
 * What PostgreSQL also dislikes without the edit is not held against it. Function bodies are looked at too. Rejects when the database is lost.
 */
export async function checkEdit(connection: Connection, { loaded, now, after, text }: EditToCheck): Promise<EditVerdict> {
  const edited = differences(now, after)
  if (edited.length === 0) return { kind: 'checked', diagnostics: [] }
  const changed = differences(loaded, after)
  if (edited.length > MOST_DIFFERENCES) return { kind: 'not-checked', reason: 'The edit touches too many objects at once.' }
  if (changed.length > MOST_DIFFERENCES) return { kind: 'stale', reason: 'Much has changed since.' }
  const unknown = changed.find(({ list, before, after: item }) => dropOf({ list, before: before ?? item, after: undefined }) === null)
  if (unknown) return { kind: 'not-checked', reason: `This kind of object (${unknown.list}) is not tried out.` }
  const failure = await tryOut(connection, changed, subset(after, changed, 'after'))
  if (!failure) return { kind: 'checked', diagnostics: [] }
  if (failure.error.code === QUERY_CANCELED) return { kind: 'not-checked', reason: 'It takes PostgreSQL too long.' }
  const without = differences(loaded, now)
  const same = [...without, ...edited.map(({ list, before }) => ({ list, before, after: before }))]
  const anyway = await tryOut(connection, same, subset(now, same, 'after'))
  if (anyway?.error.message === failure.error.message) {
    if (without.length > 0) return { kind: 'stale', reason: failure.error.message }
    return { kind: 'not-checked', reason: `What it stands on is not there: ${failure.error.message}.` }
  }
  return { kind: 'checked', diagnostics: [describe(failure, text)] }
}

interface Failure {
  readonly error: DatabaseError
  readonly statement: string
  /** What fails because it stands on what was edited; missing when the edit itself fails. */
  readonly dependent?: string
}

/** Drops and makes again, with what stands on it; the first statement that PostgreSQL refuses ends it. Nothing stays. */
async function tryOut(connection: Connection, changed: readonly Difference[], made: Schema): Promise<Failure | null> {
  await connection.exec('BEGIN')
  try {
    await connection.exec(
      `SET LOCAL statement_timeout = ${STATEMENT_MS}; SET LOCAL client_min_messages = error; SET LOCAL check_function_bodies = on`,
    )
    const dependents = await dependentsOf(connection, changed)
    for (const difference of changed.toReversed()) {
      const drop = dropOf(difference)
      if (drop !== null) await connection.exec(`SAVEPOINT s; ${drop}`).catch(() => connection.exec('ROLLBACK TO SAVEPOINT s'))
    }
    for (const statement of statementsOf(made)) {
      const error = await refusalOf(connection, statement)
      if (error) return { error, statement }
    }
    if (dependents.length > 0) await connection.exec("SET LOCAL search_path = ''")
    for (const { what, statement } of dependents) {
      const error = await refusalOf(connection, statement)
      if (error) return { error, statement, dependent: what }
    }
    return null
  } finally {
    await connection.exec('ROLLBACK').catch(() => undefined)
  }
}

/** What PostgreSQL says against a statement; null when it takes it. Rejects when there is no answer: a database that is gone says nothing. */
async function refusalOf(connection: Connection, statement: string): Promise<DatabaseError | null> {
  try {
    await connection.exec(statement)
    return null
  } catch (error) {
    if (error instanceof ScratchLost || !(error instanceof DatabaseError) || error.code === null) throw error
    return error
  }
}

const dropOf = ({ list, before }: Difference): string | null => (before === undefined ? null : dropSql(list, before))

function statementsOf(schema: Schema): readonly string[] {
  const text = format.exporter?.(schema).files[0]?.text ?? ''
  return [...splitScript(text)]
    .map(({ start, end }) => text.slice(start, end))
    .filter((statement) => !/^SET check_function_bodies/i.test(statement))
}

function describe({ error, statement, dependent }: Failure, text: string | undefined): Diagnostic {
  if (dependent !== undefined) {
    const message = `${dependent.replace(/^./, (first) => first.toUpperCase())}, which stands on it, would fail: ${error.message}`
    return { code: 'database-refused', severity: 'error', message, ...(error.hint ? { hint: error.hint } : {}) }
  }
  const span =
    text === undefined ? undefined : error.position === null ? placeOfName(text, error.message) : placeIn(text, statement, error.position)
  const hint = error.hint ?? error.detail
  return { code: 'database-refused', severity: 'error', message: error.message, ...(hint ? { hint } : {}), ...(span ? { span } : {}) }
}

/** Where a place of the statement is in the text under edit, if that is where it lies. White space may have changed on the way. */
function placeIn(text: string, statement: string, position: number): Span | undefined {
  const written = withoutBlanks(statement)
  const edited = withoutBlanks(text)
  if (edited.text === '') return undefined
  const wanted = written.places.findIndex((place) => place >= position)
  for (let at = written.text.indexOf(edited.text); at !== -1; at = written.text.indexOf(edited.text, at + 1)) {
    const start = edited.places[wanted - at]
    if (wanted < at || start === undefined) continue
    return wordAt(text, start)
  }
  return undefined
}

function wordAt(text: string, start: number): Span {
  const word = /^(?:[\p{L}\p{N}_$]+|\S)/u.exec(text.slice(start, start + 200))?.[0] ?? ''
  return new LineIndex(text).span(start, start + word.length)
}

/** PostgreSQL says no place for what is inside ALTER TABLE. Then the name in its message tells, if the text has it. */
function placeOfName(text: string, message: string): Span | undefined {
  const names = [...message.matchAll(/"([^"]+)"|\b(?:function|column|type|relation|operator) ([\p{L}_][\p{L}\p{N}_$.]*)/gu)].map(
    ([, quoted, bare]) => quoted ?? bare ?? '',
  )
  for (const name of names.map((each) => each.split('.').at(-1) ?? '')) {
    const word = new RegExp(`(?<![\\p{L}\\p{N}_$])${escapeRegExp(name)}(?![\\p{L}\\p{N}_$])`, 'iu')
    const found = name === '' ? null : word.exec(text)
    if (found) return wordAt(text, found.index)
  }
  return undefined
}

/** The characters that are not white space, and where each stood. */
function withoutBlanks(text: string): { readonly text: string; readonly places: readonly number[] } {
  const places: number[] = []
  for (let at = 0; at < text.length; at += 1) if (!/\s/.test(text.charAt(at))) places.push(at)
  return { text: text.replaceAll(/\s/g, ''), places }
}
