import { invariant } from '../unreachable.ts'
import { Journal } from './journal.ts'
import { ChildIndex, NameIndex, SortedRows } from './row-index.ts'
import { rowKinds, type Change, type Draft, type ForeignKeyRow, type Id, type Named, type Row, type RowKind } from './rows.ts'

/** All rows of a project by kind: what a snapshot carries. Kinds without rows may be missing. */
export type ProjectRows = { readonly [K in RowKind]?: readonly Row<K>[] }

/** What was done since `record()`: to keep or to take back. Recordings nest and end in reverse order of their start. */
export interface Recording {
  /** The net difference so far: at most one change per row, deletions (children first), insertions (parents first), then updates. */
  changes(): readonly Change[]
  /** Ends the recording and keeps what was done. */
  keep(): readonly Change[]
  /** Ends the recording and takes everything back. */
  rollback(): void
}

type Parented = 'column' | 'constraint' | 'index' | 'trigger' | 'rule' | 'policy'

/**
 * A project's rows in memory, for reading and editing: what the server's room and every client's replica hold. Rows are never changed in
 * place: an edit replaces them, so a row or list that was read stays as it was. Lists are cached until one of their rows changes.
 *
 * The content depends on the rows alone, never on the order in which they came.
 */
export class ProjectStore implements Draft {
  readonly #rows = new Map<RowKind, SortedRows>(rowKinds.map((kind) => [kind, new SortedRows()]))
  readonly #children = new Map<RowKind, ChildIndex>(rowKinds.map((kind) => [kind, new ChildIndex()]))
  readonly #foreignKeys = new ChildIndex()
  readonly #names = new NameIndex()
  #journals: Journal[] = []

  /** A store holding these rows. */
  static from(rows: ProjectRows): ProjectStore {
    const store = new ProjectStore()
    store.load(rows)
    return store
  }

  get<K extends RowKind>(kind: K, id: Id): Row<K> | undefined {
    return this.#family(kind).get(id) as Row<K> | undefined
  }

  all<K extends RowKind>(kind: K): readonly Row<K>[] {
    return this.#family(kind).sorted() as readonly Row<K>[]
  }

  childrenOf<K extends Parented>(kind: K, parentId: Id): readonly Row<K>[] {
    return (this.#children.get(kind)?.of(parentId) ?? []) as readonly Row<K>[]
  }

  foreignKeysTo(tableId: Id): readonly ForeignKeyRow[] {
    return this.#foreignKeys.of(tableId) as readonly ForeignKeyRow[]
  }

  named(name: string): readonly Named[] {
    return this.#names.of(name)
  }

  insert<K extends RowKind>(kind: K, row: Row<K>): void {
    invariant(!this.#family(kind).has(row.id), `${kind} ${row.id} is there already`)
    this.#put(kind, row.id, row)
  }

  update<K extends RowKind>(kind: K, id: Id, patch: Partial<Row<K>>): void {
    const row = this.#family(kind).get(id)
    invariant(row, `${kind} ${id} is not there`)
    this.#put(kind, id, { ...row, ...patch } as Row)
  }

  delete(kind: RowKind, id: Id): void {
    invariant(this.#family(kind).has(id), `${kind} ${id} is not there`)
    this.#put(kind, id, undefined)
  }

  /** Carries out changes that were made elsewhere. All or nothing: throws, with the store as it was, when they do not fit its rows. */
  apply(changes: readonly Change[]): void {
    this.#attempt(() => changes.forEach((change) => this.#applyOne(change)))
  }

  /** Takes changes back that `apply` carried out, or that an edit made. All or nothing, like `apply`. */
  revert(changes: readonly Change[]): void {
    this.#attempt(() => {
      for (let index = changes.length - 1; index >= 0; index -= 1) {
        const change = changes[index]
        if (change) this.#applyOne({ ...change, before: change.after, after: change.before })
      }
    })
  }

  /** Starts noting what is done. */
  record(): Recording {
    const journal = new Journal((kind, id) => this.#family(kind).get(id))
    this.#journals.push(journal)
    const end = () => {
      invariant(this.#journals.at(-1) === journal, 'recordings end in reverse order')
      this.#journals.pop()
    }
    return {
      changes: () => journal.changes(),
      keep: () => {
        end()
        return journal.changes()
      },
      rollback: () => {
        end()
        journal.rollback((kind, id, row) => this.#put(kind, id, row))
      },
    }
  }

  /** Replaces everything with these rows. Not recorded. */
  load(rows: ProjectRows): void {
    invariant(this.#journals.length === 0, 'nothing may be recording while a project loads')
    for (const kind of rowKinds) for (const row of this.all(kind)) this.#put(kind, row.id, undefined)
    for (const kind of rowKinds) for (const row of rows[kind] ?? []) this.#put(kind, row.id, row)
  }

  /** Everything there is, in order: what a snapshot carries. */
  rows(): ProjectRows {
    return Object.fromEntries(rowKinds.flatMap((kind) => (this.all(kind).length > 0 ? [[kind, this.all(kind)]] : [])))
  }

  #family(kind: RowKind): SortedRows {
    const family = this.#rows.get(kind)
    invariant(family, `there is no kind ${kind}`)
    return family
  }

  #applyOne({ kind, id, before, after }: Change): void {
    const row = this.#family(kind).get(id)
    if (before === null && after === null) return
    if (before === null) invariant(!row, `${kind} ${id} is there already`)
    else invariant(row, `${kind} ${id} is not there`)
    this.#put(kind, id, after === null ? undefined : ({ ...row, ...after } as Row))
  }

  #attempt(work: () => void): void {
    const recording = this.record()
    try {
      work()
    } catch (error) {
      recording.rollback()
      throw error
    }
    recording.keep()
  }

  /** The only place where a row is set or removed. */
  #put(kind: RowKind, id: Id, row: Row | undefined): void {
    const family = this.#family(kind)
    const before = family.get(id)
    for (const journal of this.#journals) journal.note(kind, id, before)
    family.set(id, row)
    this.#names.replace(kind, id, before, row)
    this.#children.get(kind)?.replace(id, parentOf(before), parentOf(row), row)
    if (kind === 'constraint') this.#foreignKeys.replace(id, referencedTable(before), referencedTable(row), row)
  }
}

function parentOf(row: Row | undefined): Id | null {
  if (!row) return null
  if ('viewId' in row && row.viewId !== null) return row.viewId
  return 'tableId' in row ? row.tableId : null
}

function referencedTable(row: Row | undefined): Id | null {
  return row && 'references' in row ? row.references.tableId : null
}
