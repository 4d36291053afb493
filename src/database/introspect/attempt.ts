import { DatabaseError } from '../connection.ts'
import type { Reading } from './reading.ts'

/** Asks what not every user may know. Refused: that is said, and the answer is empty; the transaction goes on. */
export async function attempt<Row>({ query, diagnostics }: Reading, what: string, sql: string): Promise<readonly Row[]> {
  await query('SAVEPOINT attempt')
  try {
    const rows = await query<Row>(sql)
    await query('RELEASE SAVEPOINT attempt')
    return rows
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== INSUFFICIENT_PRIVILEGE) throw error
    await query('ROLLBACK TO SAVEPOINT attempt')
    diagnostics.push({
      code: 'not-permitted',
      severity: 'warning',
      message: `This user may not see ${what}: ${error.message}.`,
      hint: 'If there are any, read the database as a user that may.',
    })
    return []
  }
}

const INSUFFICIENT_PRIVILEGE = '42501'
