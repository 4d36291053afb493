import { randomUUID } from 'node:crypto'
import { Client } from 'pg'

const CHANNEL = 'schemaflow_project'
const RETRY_MS = 1_000
/** This process: what it says itself is no news to it. */
const self = randomUUID()

/** Word from other servers on the same database that a project has news. May get lost: whoever needs to be sure looks by itself. */
export interface Hints {
  close(): Promise<void>
}

/** Tells the other servers about project `$1`. One per batch: NOTIFY takes a lock on the whole instance at commit. */
export const HINT = `SELECT pg_notify('${CHANNEL}', '${self} ' || $1)`

/** Listens on a connection of its own and takes another when it breaks. */
export function listenForHints(url: string, onHint: (projectId: string) => void): Hints {
  let client: Client | null = null
  let retry: NodeJS.Timeout | null = null
  let isClosed = false

  const again = () => {
    if (isClosed || retry) return
    retry = setTimeout(() => {
      retry = null
      connect()
    }, RETRY_MS)
    retry.unref()
  }
  const connect = () => {
    const fresh = new Client({ connectionString: url, application_name: 'schemaflow hints', keepAlive: true })
    client = fresh
    fresh.on('error', again)
    fresh.on('end', again)
    fresh.on('notification', ({ payload = '' }) => {
      const [from, projectId] = payload.split(' ')
      if (projectId && from !== self) onHint(projectId)
    })
    fresh
      .connect()
      .then(() => fresh.query(`LISTEN ${CHANNEL}`))
      .catch(again)
  }
  connect()
  return {
    async close() {
      isClosed = true
      if (retry) clearTimeout(retry)
      await client?.end().catch(() => undefined)
    },
  }
}
