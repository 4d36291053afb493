import type { Id, ProjectView } from '#core/project/rows.ts'
import type { Spec, Values } from './fields.ts'
import { checkSpec, exclusionSpec, foreignKeySpec, indexSpec, keySpec, policySpec, ruleSpec, triggerSpec } from './specs/table-parts.ts'

/** A part of an overview: what hangs on a table or view, kind by kind. */
export interface Section {
  readonly key: string
  readonly title: string
  readonly spec: Spec
  readonly rows: readonly (Values & { readonly id: Id; readonly name: string })[]
  /** Whether another can be made here. */
  readonly mayAdd: boolean
}

/** The sections of a table, in the order in which they are shown; empty ones too, so that something can be added. */
export function tableSections(view: ProjectView, tableId: Id): readonly Section[] {
  const constraints = view.childrenOf('constraint', tableId)
  const of = (...kinds: readonly string[]) => constraints.filter(({ kind }) => kinds.includes(kind))
  return [
    section('Keys', keySpec, of('primaryKey', 'unique')),
    section('Foreign keys', foreignKeySpec, of('foreignKey')),
    section('Indexes', indexSpec, view.childrenOf('index', tableId)),
    section('Checks', checkSpec, of('check')),
    section('Exclusions', exclusionSpec, of('exclusion')),
    section('Triggers', triggerSpec, view.childrenOf('trigger', tableId)),
    section('Policies', policySpec, view.childrenOf('policy', tableId)),
    section('Rules', ruleSpec, view.childrenOf('rule', tableId)),
  ]
}

/** The sections of a view; only materialized ones have indexes, only the others triggers and rules. */
export function viewSections(view: ProjectView, viewId: Id): readonly Section[] {
  if (view.get('view', viewId)?.materialized) return [section('Indexes', indexSpec, view.childrenOf('index', viewId))]
  return [section('Triggers', triggerSpec, view.childrenOf('trigger', viewId)), section('Rules', ruleSpec, view.childrenOf('rule', viewId))]
}

const section = (title: string, spec: Spec, rows: readonly object[]): Section => ({
  key: spec.id,
  title,
  spec,
  // Rows are values to look at: the fields of the spec are theirs.
  rows: rows as Section['rows'],
  mayAdd: spec.create !== null,
})
