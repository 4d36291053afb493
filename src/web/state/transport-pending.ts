import type { Id } from '#core/project/rows.ts'
import type { MutateMessage } from '#sync/messages.ts'
import type { SavedPending } from '#sync/pending.ts'

/** Keeps work that the server has not acknowledged, so that it survives a reload and a closed tab. */
export interface PendingShelf {
  /** Writes soon; empty work is taken off the shelf. */
  save(saved: SavedPending): void
  /** What earlier tabs left of a project: one to go on with (`mine`), the others to be sent as they are. Work of tabs that are open stays theirs. */
  take(projectId: Id): Promise<TakenWork>
  /** Writes at once and gives the client id free for others to go on with. */
  close(saved: SavedPending): Promise<void>
}
export interface TakenWork {
  readonly mine: SavedPending | undefined
  readonly others: readonly { readonly saved: MutateMessage; readonly done: () => void }[]
}

const WRITE_AFTER_MS = 25
const nothing: TakenWork = { mine: undefined, others: [] }

/**
 * The browser's shelf: IndexedDB for the work, Web Locks to know which tab is still there. Without either (an old browser, a page that is not
 * served securely) nothing is kept, and nothing else changes.
 */
export function browserShelf(): PendingShelf | null {
  if (typeof indexedDB === 'undefined' || typeof navigator === 'undefined' || !('locks' in navigator)) return null
  const database = openDatabase()
  database.catch(() => undefined)
  const releases: (() => void)[] = []
  let waiting: SavedPending | null = null
  let clientId: Id | null = null
  let timer: ReturnType<typeof setTimeout> | null = null

  const write = async () => {
    if (timer) clearTimeout(timer)
    timer = null
    const saved = waiting
    waiting = null
    if (saved) await put(database, saved).catch(() => undefined)
  }
  /** The server may have forgotten this tab's client id: then its work goes on under another, and nothing is left under the old. */
  const follow = (saved: SavedPending) => {
    if (clientId === saved.clientId) return
    const old = clientId
    clientId = saved.clientId
    if (old) void remove(database, { ...saved, clientId: old }).catch(() => undefined)
    void holdLock(saved.clientId).then((release) => release && releases.push(release))
  }
  const onHide = () => void write()
  addEventListener('pagehide', onHide)

  return {
    save(saved) {
      follow(saved)
      waiting = saved
      timer ??= setTimeout(() => void write(), WRITE_AFTER_MS)
    },
    async take(projectId) {
      try {
        const all = await list(database, projectId)
        const abandoned: SavedPending[] = []
        for (const saved of all) {
          const release = await holdLock(saved.clientId)
          if (!release) continue
          releases.push(release)
          abandoned.push(saved)
        }
        const [mine, ...others] = abandoned
        clientId = mine?.clientId ?? null
        return {
          mine,
          others: others.map((saved) => ({ saved: messageOf(saved), done: () => void remove(database, saved).catch(() => undefined) })),
        }
      } catch {
        return nothing
      }
    },
    async close(saved) {
      removeEventListener('pagehide', onHide)
      waiting = saved
      await write()
      for (const release of releases) release()
      ;(await database.catch(() => null))?.close()
    },
  }
}

const messageOf = ({ clientId, pending }: SavedPending): MutateMessage => ({ clientId, mutations: pending })

/** Takes the lock of a client id and keeps it; null = another tab has it. */
function holdLock(clientId: Id): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    void navigator.locks.request(`schemaflow-client-${clientId}`, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null)
      return new Promise<void>((release) => resolve(() => release()))
    })
  })
}

const STORE = 'pending'

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open('schemaflow', 1)
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ['projectId', 'clientId'] })
  return settled(request)
}

async function put(database: Promise<IDBDatabase>, saved: SavedPending): Promise<void> {
  if (saved.pending.length === 0) return remove(database, saved)
  await settled(store(await database, 'readwrite').put(saved))
}

async function remove(database: Promise<IDBDatabase>, { projectId, clientId }: SavedPending): Promise<void> {
  await settled(store(await database, 'readwrite').delete([projectId, clientId]))
}

async function list(database: Promise<IDBDatabase>, projectId: Id): Promise<readonly SavedPending[]> {
  const all = (await settled(store(await database, 'readonly').getAll())) as readonly SavedPending[]
  return all.filter((saved) => saved.projectId === projectId)
}

const store = (database: IDBDatabase, mode: IDBTransactionMode): IDBObjectStore => database.transaction(STORE, mode).objectStore(STORE)

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'))
  })
}
