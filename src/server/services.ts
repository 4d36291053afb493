import type { Auth, Person } from './auth/auth.ts'
import type { ServerConfig } from './config.ts'
import type { Databases } from './databases/databases.ts'
import type { Log } from './log.ts'
import type { Projects } from './projects/projects.ts'
import type { Queries } from './projects/queries.ts'
import type { Realtime } from './realtime/realtime.ts'
import type { Rooms } from './realtime/rooms.ts'
import type { Database } from './storage/database.ts'

/** Everything a running server holds: one of each per process. */
export interface Services {
  readonly config: ServerConfig
  readonly log: Log
  readonly database: Database
  readonly auth: Auth
  readonly rooms: Rooms
  readonly realtime: Realtime
  /** `projects.create` … of S0 §4.1 and §4.2. The first argument is the person, as `findPerson` gives it. */
  readonly projects: Projects
  readonly queries: Queries
  /** Live databases that people name, and scratch ones. */
  readonly databases: Databases
  readonly version: string
  readonly startedAt: number
  /** Who sends these headers (their session cookie); null = nobody signed in. */
  findPerson(headers: Headers): Promise<Person | null>
  /** Stops taking work, finishes what was accepted, closes the database, gives the data folder free. */
  close(): Promise<void>
}

const key = Symbol.for('schemaflow.services')
const holder = globalThis as { [key]?: Services }

/**
 * The running server, for the app's server functions. They are bundled apart from the server's own entry (and reloaded in development), so the
 * one set of services is found through the process, not through a module.
 */
export function services(): Services {
  const found = holder[key]
  if (!found) throw new Error('The server has not been started.')
  return found
}

export const provideServices = (running: Services): void => {
  holder[key] = running
}
export const runningServices = (): Services | undefined => holder[key]
