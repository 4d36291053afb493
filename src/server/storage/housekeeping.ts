import type { Sql } from './database.ts'

/** What may go after a while, oldest promise first. Nothing that a person made is among it. */
const chores = [
  // A client that was away longer is told so when it comes back (`unknown-client`), and sends nothing twice.
  `DELETE FROM client_state WHERE updated_at < now() - interval '30 days'`,
  `DELETE FROM session WHERE expires_at < now()`,
  `DELETE FROM verification WHERE expires_at < now()`,
  // Guests who left nothing and can never come back.
  `DELETE FROM "user" u WHERE is_anonymous AND created_at < now() - interval '30 days' AND NOT EXISTS (SELECT FROM projects WHERE owner_id = u.id)
     AND NOT EXISTS (SELECT FROM session WHERE user_id = u.id)`,
]

/** Removes what nobody can need any more. Cheap; once a day is plenty. */
export async function keepHouse(sql: Sql): Promise<void> {
  for (const chore of chores) await sql(chore)
}
