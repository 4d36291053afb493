import { expect, test } from 'vitest'
import { format } from '#formats/postgres-sql/index.ts'
import { connect } from '../connect/connect.ts'
import { openScratch } from '../scratch/open-scratch.ts'
import { readTruth } from './read-truth.ts'

const url = process.env['SCHEMAFLOW_TEST_PG']

test.skipIf(!url)('the truth of a server: its roles are its own again, its version is said, what hangs is stopped', async () => {
  const role = `sf_truth_${process.pid}`
  const text = `CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, state text CHECK (state IN ('a', 'b')));
    CREATE POLICY p ON t TO ${role} USING (true);
    DO $$ BEGIN FOR n IN 1..2 LOOP EXECUTE format('CREATE TABLE part_%s (LIKE t)', n); END LOOP; END $$;
    DO $$ BEGIN PERFORM pg_sleep(60); END $$;
    CREATE EXTENSION no_such_extension;
    CREATE INDEX CONCURRENTLY ON t (state);`
  const sources = [{ file: 'a.sql', text }]
  const read = await format.importer?.(sources)
  if (!read) throw new Error('PostgreSQL can be read')
  const scratch = await openScratch({ url: url ?? '', statementTimeout: 4000 })
  try {
    const { schema, executed, server, unverified } = await readTruth({ sources, read }, scratch)
    expect(schema.tables.map(({ name }) => name).toSorted()).toEqual(['part_1', 'part_2', 't'])
    expect(schema.tables.find(({ name }) => name === 't')).toMatchObject({
      indexes: [{ name: 't_state_idx' }],
      policies: [{ roles: [role] }],
      columns: [{ identity: { kind: 'always' } }, {}],
    })
    expect(executed).toEqual({ ran: 4, refused: 2, skipped: 0 })
    expect(unverified.map(({ name }) => name)).toEqual(['no_such_extension'])
    expect(server.engine).toBe('postgres')
  } finally {
    await scratch.close()
  }
  const maintenance = await connect(url ?? '')
  const left = await maintenance.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])
  await maintenance.close()
  expect(left).toEqual([])
})
