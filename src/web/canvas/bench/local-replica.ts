import { runMutation } from '#core/mutations/run.ts'
import type { Id } from '#core/project/rows.ts'
import { ProjectStore, type ProjectRows } from '#core/project/store.ts'
import type { ReplicaApi, SyncState, Touched } from '#sync/types.ts'

const projectId: Id = '00000000-0000-7000-8000-000000000000'

/** A replica with no server behind it: every mutation is final at once. For measuring and trying the canvas alone. */
export function localReplica(rows: ProjectRows): ReplicaApi {
  const store = ProjectStore.from(rows)
  const listeners = new Set<(touched: Touched) => void>()
  const state: SyncState = { kind: 'saved' }
  let seq = 0
  return {
    view: store,
    role: 'owner',
    state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    mutate(name, args) {
      const limits = { tablesPerProject: 10_000, columnsPerTable: 1600 }
      const result = runMutation(store, name, args, { projectId, limits })
      if (result.kind === 'refused') return Promise.resolve(result)
      for (const listener of [...listeners]) listener({ reset: false, changes: result.changes })
      return Promise.resolve({ kind: 'ok', seq: ++seq, diagnostics: result.diagnostics })
    },
    onState: () => () => {},
  }
}
