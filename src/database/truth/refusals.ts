import type { Diagnostic } from '#core/diagnostic.ts'
import type { Source } from '#formats/format.ts'
import { LineIndex } from '#formats/shared/sql/positions.ts'
import type { Executed } from './execute.ts'

/** The same words about more statements than this are counted. */
const MOST_OF_A_KIND = 10

/** What PostgreSQL refused and the grammar had accepted, at its place: each as a warning, many of a kind counted. */
export function refusals(statements: readonly Executed[], sources: readonly Source[]): readonly Diagnostic[] {
  const lines = new Map<string, LineIndex>()
  const linesOf = (file: string) => {
    const known = lines.get(file) ?? new LineIndex(sources.find((source) => source.file === file)?.text ?? '')
    lines.set(file, known)
    return known
  }
  const byMessage = new Map<string, Executed[]>()
  for (const each of statements) {
    if (each.outcome !== 'refused' || each.record.outcome === 'rejected') continue
    // That it is not there was said once.
    if (
      /^(?:CREATE|COMMENT ON) EXTENSION$/.test(each.record.kind) &&
      /^extension ".*" (?:is not available|does not exist)/.test(each.reason ?? '')
    )
      continue
    const key = `${each.record.file}\u0000${each.reason}`
    const group = byMessage.get(key)
    if (group) group.push(each)
    else byMessage.set(key, [each])
  }
  return [...byMessage.values()].flatMap((group) => {
    const told = group.slice(0, MOST_OF_A_KIND).map((each) => refusal(each, linesOf(each.record.file)))
    const [first] = group
    const more = group.length - told.length
    if (!first || more === 0) return told
    const message = `PostgreSQL refused ${more} more statements of this file: ${first.reason}.`
    return [...told, { code: 'refused-by-postgres', severity: 'warning', message, file: first.record.file } satisfies Diagnostic]
  })
}

function refusal({ record, reason, error }: Executed, lines: LineIndex): Diagnostic {
  const at = error?.position ?? null
  return {
    code: 'refused-by-postgres',
    severity: 'warning',
    message: `PostgreSQL refused this statement: ${reason}.`,
    file: record.file,
    span: at === null ? record.span : lines.span(record.span.start + at, record.span.start + at),
    hint: error?.hint ?? 'What it makes is kept as it was read, without proof.',
  }
}
