import type { Schema } from '#core/schema/index.ts'
import type { ImportResult, Outcome } from '#formats/format.ts'
import { everyFix, groupDiagnostics, type DiagnosticGroup } from './group.ts'

/** What the report shows of a reading. Bounded in size, however large the source was. */
export interface ImportSummary {
  /** Statements by how they ended. */
  readonly totals: Readonly<Record<Outcome, number>>
  /** What came, by kind, in the order people ask for it. Kinds that are absent are left out, the first eight excepted. */
  readonly counts: readonly KindCount[]
  readonly groups: readonly DiagnosticGroup[]
  /** What mends everything that can be mended, when that is more than one card offers. */
  readonly fixAll: DiagnosticGroup['fix']
  /** Diagnostics beyond the groups that are shown. */
  readonly hidden: number
  /** Statements that were kept word for word or left out, by kind, the most frequent first. */
  readonly verbatim: readonly StatementKind[]
  readonly ignored: readonly StatementKind[]
}
export interface KindCount {
  readonly kind: string
  readonly count: number
}
export interface StatementKind {
  readonly kind: string
  readonly count: number
  /** The first of them. */
  readonly place: { readonly source: number; readonly line: number; readonly column: number }
}

const MOST_GROUPS = 200

export function summarise(result: ImportResult, files: readonly string[]): ImportSummary {
  const groups = groupDiagnostics(result.diagnostics, files)
  return {
    totals: countOutcomes(result),
    counts: countKinds(result.schema),
    groups: groups.slice(0, MOST_GROUPS),
    fixAll: groups.filter(({ fix }) => fix).length > 1 ? everyFix(result.diagnostics, files) : null,
    hidden: groups.slice(MOST_GROUPS).reduce((sum, { count }) => sum + count, 0),
    verbatim: countStatements(result, 'verbatim', files),
    ignored: countStatements(result, 'ignored', files),
  }
}

function countOutcomes({ statements }: ImportResult): ImportSummary['totals'] {
  const totals = { modelled: 0, verbatim: 0, repaired: 0, ignored: 0, rejected: 0 } satisfies Record<Outcome, number>
  for (const { outcome } of statements) totals[outcome]++
  return totals
}

function countStatements({ statements }: ImportResult, outcome: Outcome, files: readonly string[]): readonly StatementKind[] {
  const kinds = new Map<string, { kind: string; count: number; place: StatementKind['place'] }>()
  for (const statement of statements) {
    if (statement.outcome !== outcome) continue
    const known = kinds.get(statement.kind)
    if (known) known.count++
    else
      kinds.set(statement.kind, {
        kind: statement.kind,
        count: 1,
        place: { source: files.indexOf(statement.file), line: statement.span.line, column: statement.span.column },
      })
  }
  return [...kinds.values()].toSorted((a, b) => b.count - a.count)
}

function countKinds(schema: Schema): readonly KindCount[] {
  const { tables, views, routines } = schema
  const sum = (count: (table: Schema['tables'][number]) => number): number => tables.reduce((total, table) => total + count(table), 0)
  const constraints = (kind: string): number => sum((table) => table.constraints.filter((one) => one.kind === kind).length)
  const always: KindCount[] = [
    { kind: 'table', count: tables.length },
    { kind: 'column', count: sum(({ columns }) => columns.length) },
    { kind: 'foreign key', count: constraints('foreignKey') },
    { kind: 'index', count: sum(({ indexes }) => indexes.length) + views.reduce((total, { indexes }) => total + indexes.length, 0) },
    { kind: 'check', count: constraints('check') },
    {
      kind: 'trigger',
      count:
        sum(({ triggers }) => triggers.length) +
        views.reduce((total, { triggers }) => total + triggers.length, 0) +
        schema.eventTriggers.length,
    },
    { kind: 'function', count: routines.length },
    { kind: 'view', count: views.length },
  ]
  const sometimes: KindCount[] = [
    { kind: 'enum', count: schema.enums.length },
    { kind: 'domain', count: schema.domains.length },
    { kind: 'type', count: schema.compositeTypes.length + schema.rangeTypes.length + schema.baseTypes.length },
    { kind: 'collation', count: schema.collations.length },
    { kind: 'operator', count: schema.operators.length + schema.operatorFamilies.length + schema.operatorClasses.length },
    { kind: 'cast', count: schema.casts.length },
    { kind: 'text search object', count: schema.textSearch.length },
    { kind: 'language', count: schema.languages.length + schema.transforms.length },
    { kind: 'conversion', count: schema.conversions.length },
    { kind: 'access method', count: schema.accessMethods.length },
    { kind: 'foreign server', count: schema.foreignDataWrappers.length + schema.foreignServers.length + schema.userMappings.length },
    { kind: 'publication', count: schema.publications.length },
    { kind: 'sequence', count: schema.sequences.length },
    { kind: 'unique', count: constraints('unique') },
    { kind: 'exclusion', count: constraints('exclusion') },
    { kind: 'policy', count: sum(({ policies }) => policies.length) },
    { kind: 'rule', count: sum(({ rules }) => rules.length) + views.reduce((total, { rules }) => total + rules.length, 0) },
    { kind: 'extension', count: schema.extensions.length },
    { kind: 'namespace', count: schema.namespaces.length },
    { kind: 'statistics object', count: schema.statistics.length },
  ]
  return [...always, ...sometimes.filter(({ count }) => count > 0)]
}
