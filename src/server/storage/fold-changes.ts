import type { Change, Id, RowKind } from '#core/project/rows.ts'

/** What a sequence of changes comes to for one row. */
export type NetChange =
  | { readonly kind: 'put'; readonly row: Readonly<Record<string, unknown>> }
  | { readonly kind: 'patch'; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly kind: 'delete' }

/** Folds changes, in order, to one per row: what has to be written in the end. */
export function foldChanges(changes: Iterable<Change>): ReadonlyMap<RowKind, ReadonlyMap<Id, NetChange>> {
  const kinds = new Map<RowKind, Map<Id, NetChange>>()
  for (const { kind, id, before, after } of changes) {
    const rows = kinds.get(kind) ?? new Map<Id, NetChange>()
    kinds.set(kind, rows)
    rows.set(id, next(rows.get(id), before, after))
  }
  return kinds
}

function next(so: NetChange | undefined, before: object | null, after: object | null): NetChange {
  if (after === null) return { kind: 'delete' }
  if (before === null) return { kind: 'put', row: { ...after } }
  if (so?.kind === 'put') return { kind: 'put', row: { ...so.row, ...after } }
  if (so?.kind === 'patch') return { kind: 'patch', fields: { ...so.fields, ...after } }
  return { kind: 'patch', fields: { ...after } }
}
