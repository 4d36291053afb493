import type { Diagnostic } from '#core/diagnostic.ts'
import type { ImportResult, StatementRecord } from '../../format.ts'

/** Told of transactions: only the strict reading knows of them. */
const ofTransactions = new Set<Diagnostic['code']>(['transaction-rolled-back'])

/** What the lenient reading puts right by itself and is no cause by itself: the strict one says it in its own words. */
const repaired = new Set<Diagnostic['code']>(['implicit-namespace', 'kept-unverified'])

/**
 * What to say of a script that was taken strictly: of statements that were refused, what the lenient reading noticed there, as errors; else what
 * the strict one said. Statements of which neither said anything fell only because of others; they are counted, and told once.
 */
export function trueCauses(strict: ImportResult, lenient: ImportResult): readonly Diagnostic[] {
  const rejected = new Set(strict.statements.filter(({ outcome }) => outcome === 'rejected'))
  const at = finder(strict.statements)
  const causes: Diagnostic[] = []
  const caused = new Set<StatementRecord>()
  for (const diagnostic of lenient.diagnostics) {
    const record = at(diagnostic)
    if (!record || !rejected.has(record) || repaired.has(diagnostic.code)) continue
    causes.push({ ...diagnostic, severity: 'error' })
    caused.add(record)
  }
  const told = new Set(caused)
  const rest = strict.diagnostics.filter((diagnostic) => {
    const record = at(diagnostic)
    if (!record || !rejected.has(record) || ofTransactions.has(diagnostic.code)) return true
    if (caused.has(record) || diagnostic.code === 'undone') return false
    told.add(record)
    return true
  })
  return withConsequences(
    [...rest, ...causes],
    [...rejected].filter((record) => !told.has(record)),
  )
}

/** Says with the first error how many statements fell only because of it or others. */
function withConsequences(diagnostics: readonly Diagnostic[], followers: readonly StatementRecord[]): readonly Diagnostic[] {
  const count = followers.length
  const first = diagnostics.findIndex(({ severity }) => severity === 'error')
  if (count === 0) return diagnostics
  const told = `${count === 1 ? 'One statement is' : `${count} statements are`} refused only because of this or other errors.`
  return diagnostics.map((diagnostic, n) => (n === first ? { ...diagnostic, message: `${diagnostic.message} ${told}` } : diagnostic))
}

/** Finds the statement that a diagnostic is in. */
function finder(records: readonly StatementRecord[]): (diagnostic: Diagnostic) => StatementRecord | undefined {
  const byFile = new Map<string, StatementRecord[]>()
  for (const record of records) {
    const list = byFile.get(record.file)
    if (list) list.push(record)
    else byFile.set(record.file, [record])
  }
  return ({ file, span }) => {
    const list = byFile.get(file ?? '')
    if (!list || !span) return undefined
    let low = 0
    let high = list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((list[middle]?.span.start ?? 0) <= span.start) low = middle + 1
      else high = middle
    }
    return list[low - 1]
  }
}
