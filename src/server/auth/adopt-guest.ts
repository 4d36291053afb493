import type { Id } from '#core/project/rows.ts'
import type { Database } from '../storage/database.ts'

/**
 * Everything a guest owned becomes the user's: projects, and the client ids under which unsent work is waiting in the browser. The access version
 * moves on, so that no commit made for the guest can slip in afterwards.
 * @returns the projects
 */
export function adoptGuest(database: Database, guestId: string, userId: string): Promise<readonly Id[]> {
  return database.transaction(async (sql) => {
    const moved = await sql<{ id: Id }>(
      'UPDATE projects SET owner_id = $2, acl_version = acl_version + 1 WHERE owner_id = $1 RETURNING id',
      [guestId, userId],
    )
    await sql('UPDATE client_state SET user_id = $2 WHERE user_id = $1', [guestId, userId])
    return moved.map(({ id }) => id)
  })
}
