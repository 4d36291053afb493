import type { Span } from '#core/diagnostic.ts'
import type { StatementRecord } from '#formats/format.ts'
import type { Executed } from './execute.ts'
import { untried } from './skip-policy.ts'

/** What PostgreSQL said about names, asked when the two readings differ. */
export interface Witness {
  /** What it said against a statement that speaks of all these names; null = it took every one of them. */
  refusal(...names: readonly string[]): string | null
  /** Whether code that ran may have taken away something of this name: a DO block, a function call, DROP … CASCADE. */
  mayHaveTaken(name: string): boolean
  /** Where a thing of this name is made or changed, for people. `byCode`: else where code makes what it computes. */
  place(name: string, byCode?: boolean): { readonly file: string; readonly span: Span } | null
  /** What became of a statement, by its text. */
  outcome(sql: string): Executed | null
}

/** An execution with the texts of its statements. */
export interface Testimony {
  readonly statements: readonly Executed[]
  readonly textOf: (record: StatementRecord) => string
}

/** Nobody was asked: every statement counts as run. */
export const noWitness: Witness = { refusal: () => null, mayHaveTaken: () => false, place: () => null, outcome: () => null }

export function witnessOf({ statements, textOf }: Testimony): Witness {
  const refused = once(() => wordIndex(statements.filter(speaksAgainst), ({ record }) => textOf(record)))
  const heads = once(() =>
    wordIndex(
      statements.filter(({ record }) => /^(?:CREATE|ALTER|DO|SELECT|CALL)\b/.test(record.kind)),
      ({ record }) => (dynamic.test(record.kind) ? textOf(record) : textOf(record).slice(0, 300)),
    ),
  )
  const taking = once(() => takingTexts(statements, textOf))
  const maker = once(() =>
    statements.find(
      ({ record, outcome }) => outcome === 'ran' && dynamic.test(record.kind) && /\bexecute\b|^select\b/i.test(textOf(record)),
    ),
  )
  const byText = once(() => new Map(statements.map((each) => [textOf(each.record).trim(), each])))
  return {
    refusal: (...names) => {
      const lists = names.map((name) => refused().get(name.toLowerCase()) ?? none).sort((a, b) => a.size - b.size)
      const [shortest = none, ...rest] = lists
      for (const each of shortest) if (rest.every((list) => list.has(each))) return each.reason ?? 'it was not run'
      return null
    },
    mayHaveTaken: (name) => {
      const { texts, computed } = taking()
      return computed || texts.some((text) => text.includes(name.toLowerCase()))
    },
    place: (name, byCode = false) => {
      const [known] = heads().get(name.toLowerCase()) ?? []
      const found = known ?? (byCode ? maker() : undefined)
      return found ? { file: found.record.file, span: found.record.span } : null
    },
    outcome: (sql) => byText().get(sql.trim()) ?? null,
  }
}

const dynamic = /^(?:DO|SELECT|CALL|EXECUTE)\b/
/** Skipped by policy says nothing against it; skipped for want of time or because it was rejected does. */
const speaksAgainst = ({ outcome, reason }: Executed): boolean =>
  outcome === 'refused' || (outcome === 'skipped' && untried.has(reason ?? ''))

/** The texts that take something away when they run, and whether some of them compute what. */
function takingTexts(statements: readonly Executed[], textOf: Testimony['textOf']): { texts: readonly string[]; computed: boolean } {
  const texts: string[] = []
  let computed = false
  let calls = false
  for (const { record, outcome } of statements) {
    if (outcome !== 'ran') continue
    const isDynamic = dynamic.test(record.kind)
    if (isDynamic) calls = true
    else if (!record.kind.startsWith('DROP') && !record.kind.startsWith('ALTER') && !/FUNCTION|PROCEDURE/.test(record.kind)) continue
    const text = textOf(record)
    if (!/\b(?:drop|rename|cascade)\b/i.test(text)) continue
    if (isDynamic || /\bcascade\b/i.test(text) || /FUNCTION|PROCEDURE/.test(record.kind)) {
      texts.push(text.toLowerCase())
      if (isDynamic && /\bexecute\b/i.test(text)) computed = true
      // CASCADE takes what depends on what it names.
      if (/\bcascade\b/i.test(text) && record.kind.startsWith('DROP')) computed = true
      if (/FUNCTION|PROCEDURE/.test(record.kind) && /\bexecute\b/i.test(text)) computed = computed || calls
    }
  }
  return { texts, computed }
}

/** Statements by the words and quoted names in their texts, in lower case. */
function wordIndex(statements: readonly Executed[], textOf: (each: Executed) => string): ReadonlyMap<string, ReadonlySet<Executed>> {
  const index = new Map<string, Set<Executed>>()
  for (const each of statements) {
    for (const word of new Set(
      textOf(each)
        .toLowerCase()
        .match(/"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*/gu) ?? [],
    )) {
      const name = word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word
      const list = index.get(name)
      if (list) list.add(each)
      else index.set(name, new Set([each]))
    }
  }
  return index
}

const none: ReadonlySet<Executed> = new Set()

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
