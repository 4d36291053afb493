import { Client } from 'pg'
import { expect, test } from 'vitest'
import { hasDefaultOperatorClass, postgresTypes } from '#core/dialects/postgres.ts'

const url = process.env['SCHEMAFLOW_TEST_PG']
if (!url) process.emitWarning('SKIPPED: no PostgreSQL to ask for its operator classes (set SCHEMAFLOW_TEST_PG)')

test.skipIf(!url)('which types the index methods take without an operator class is as PostgreSQL has it', async () => {
  const client = new Client({ connectionString: url })
  await client.connect()
  const userTypes = new Map([['mood', 'enum'] as const])
  const differences: string[] = []
  try {
    await client.query("BEGIN; CREATE TYPE pg_temp.mood AS ENUM ('ok'); SET LOCAL search_path = pg_temp, public")
    for (const type of [...postgresTypes.map(({ name }) => name), 'text[]', 'varchar(10)', 'numeric(10,2)[]', 'mood']) {
      const isType = await client.query('SELECT to_regtype($1) AS type', [type.replace(/\(.*?\)/, '')])
      if (isType.rows[0].type === null) continue
      for (const method of ['btree', 'hash', 'brin', 'gin', 'gist', 'spgist']) {
        const ours = hasDefaultOperatorClass(method, type, userTypes)
        if (ours === undefined) continue
        await client.query('SAVEPOINT s')
        const theirs = await client.query(`CREATE TEMPORARY TABLE t (a ${type}); CREATE INDEX ON t USING ${method} (a)`).then(
          () => true,
          () => false,
        )
        await client.query('ROLLBACK TO s')
        if (ours !== theirs) differences.push(`${method} ${type}: ${ours ? 'we take it' : 'we do not'}`)
      }
    }
  } finally {
    await client.end()
  }
  expect(differences).toEqual([])
})
