import type { Connection } from '../connection.ts'
import { connectPGlite } from '../connect/connect-pglite.ts'
import { statementProblem } from '../connect/problems.ts'
import { catalogState, emptyDatabase, type CatalogState } from './empty-database.ts'
import type { Scratch, ScratchOptions } from './types.ts'
import { WorkerDatabase } from './worker-database.ts'

/** A scratch database in a PGlite of its own. */
export async function openPGliteScratch({ statementTimeout }: ScratchOptions, archive?: string | null): Promise<Scratch> {
  const database = new WorkerDatabase({ statementTimeout, ...(archive !== undefined && { archive }) })
  try {
    const connection = await connectPGlite(database, { owned: true })
    let fresh = await catalogState(connection)
    return {
      connection,
      run: async (statements) => {
        const results = await database.run(statements)
        return results.map((error, n) => (error === null ? null : statementProblem(plain(error), statements[n] ?? '')))
      },
      reset: async () => {
        if (await isEmptied(connection, fresh)) return
        await database.reopen()
        fresh = await catalogState(connection)
      },
      close: () => connection.close(),
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Emptying takes a fraction of opening anew, but knows only what it knows: what it leaves behind is seen, and then it is opened anew. */
async function isEmptied(connection: Connection, fresh: CatalogState): Promise<boolean> {
  try {
    return await emptyDatabase(connection, fresh)
  } catch {
    return false
  }
}

const plain = (error: object): object => Object.fromEntries(Object.entries(error).filter(([, value]) => value !== null))
