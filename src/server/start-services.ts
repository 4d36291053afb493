import type { ServerConfig } from './config.ts'
import { createAuth, findPerson } from './auth/auth.ts'
import { adoptGuest } from './auth/adopt-guest.ts'
import { findSecret } from './auth/secret.ts'
import { Databases } from './databases/databases.ts'
import { createLog } from './log.ts'
import { createProjects } from './projects/projects.ts'
import { createQueries } from './projects/queries.ts'
import { Realtime } from './realtime/realtime.ts'
import { Rooms, describe } from './realtime/rooms.ts'
import type { Services } from './services.ts'
import type { Database } from './storage/database.ts'
import { keepHouse } from './storage/housekeeping.ts'

export interface StartOptions {
  readonly config: ServerConfig
  readonly version: string
  /** A prepared data folder for the first start (see storage/build-seed.ts). */
  readonly seedFile?: string | undefined
}

const FIRST_TIDY_MS = 60_000
const DAY_MS = 24 * 3_600_000

/** Opens the database and makes everything that works on it. Nothing listens yet. Throws `FolderInUseError` when another server has the folder. */
export async function startServices({ config, version, seedFile }: StartOptions): Promise<Services> {
  const log = createLog(config.logLevel)
  for (const problem of config.problems) log.warn(problem)
  const database = await openDatabase(config, seedFile, (error) => log.warn({ error: error.message }, 'a database connection broke'))
  const rooms = new Rooms({ database, limits: config.limits, log })
  const secret = await findSecret(config, database)
  const onGuestBecame = async (guestId: string, userId: string) => {
    const adopted = await adoptGuest(database, guestId, userId)
    // Open editors come back by themselves, as the user that the guest has become.
    realtime.endUser(guestId)
    for (const projectId of adopted) await rooms.refreshAccess(projectId)
  }
  const auth = createAuth({ config, database, secret, log, onGuestBecame })
  const realtime = new Realtime({ config, auth, database, rooms, log })
  const tidy = () => void keepHouse(database.sql).catch((error: unknown) => log.warn({ error: describe(error) }, 'housekeeping failed'))
  const timers = [setTimeout(tidy, FIRST_TIDY_MS).unref(), setInterval(tidy, DAY_MS).unref()]
  const databases = new Databases({ config, log })
  let closing: Promise<void> | null = null
  const close = async () => {
    timers.forEach((timer) => clearInterval(timer))
    await realtime.close()
    await rooms.drain()
    await databases.close()
    await database.close()
  }
  return {
    config,
    log,
    database,
    auth,
    rooms,
    realtime,
    projects: createProjects({ database, limits: config.limits, onDeleted: (projectId) => realtime.projectDeleted(projectId) }),
    queries: createQueries({ database, rooms }),
    databases,
    version,
    startedAt: Date.now(),
    findPerson: (headers) => findPerson(auth, headers),
    close: () => (closing ??= close()),
  }
}

/** Only the engine that is used is loaded. */
async function openDatabase(config: ServerConfig, seedFile: string | undefined, onIdleError: (error: Error) => void): Promise<Database> {
  if (config.databaseUrl) return (await import('./storage/open-postgres.ts')).openPostgres(config.databaseUrl, onIdleError)
  return (await import('./storage/open-pglite.ts')).openPGlite({ folder: config.dataFolder, seedFile })
}
