import { expect, test } from 'vitest'
import { tokenKinds } from './code-line.ts'
import { highlight } from './highlight.ts'

/** The parts of a text with their kinds, plain ones left out: `keyword:CREATE`. */
async function parts(text: string, language: string): Promise<string[]> {
  const lines = text.split('\n')
  return (await highlight(text, language)).flatMap((runs, line) => {
    let at = 0
    const found: string[] = []
    for (let run = 0; run < runs.length; run += 2) {
      const length = runs[run] ?? 0
      const kind = tokenKinds[runs[run + 1] ?? 0] ?? 'plain'
      if (kind !== 'plain') found.push(`${kind}:${lines[line]?.slice(at, at + length).trim()}`)
      at += length
    }
    return found
  })
}

test('SQL of PostgreSQL is coloured by what it is', async () => {
  expect(
    await parts(`CREATE TABLE "user" (\n  id bigint GENERATED ALWAYS AS IDENTITY, -- key\n  tags text[] DEFAULT '{}'\n);`, 'sql'),
  ).toEqual([
    'keyword:CREATE',
    'keyword:TABLE',
    'type:bigint',
    'keyword:GENERATED',
    'keyword:ALWAYS',
    'keyword:AS',
    'keyword:IDENTITY',
    'comment:-- key',
    'type:text',
    'keyword:DEFAULT',
    "string:'{}'",
  ])
})

test('a column called like a type is a name', async () => {
  expect(await parts('  name text NOT NULL,\n  date date,\n  value numeric(12, 2)', 'sql')).toEqual([
    'type:text',
    'keyword:NOT',
    'keyword:NULL',
    'type:date',
    'type:numeric',
    'number:12',
    'number:2',
  ])
})

test('a dollar-quoted body is coloured as SQL and ends where its tag ends', async () => {
  expect(await parts(`AS $f$ SELECT '$$' $f$ LANGUAGE sql`, 'sql')).toEqual([
    'keyword:AS',
    'string:$f$',
    'keyword:SELECT',
    "string:'$$'",
    'string:$f$',
    'keyword:LANGUAGE',
  ])
})

test('TypeScript and Prisma are coloured too', async () => {
  expect(await parts(`import { pgTable } from 'drizzle-orm'`, 'typescript')).toEqual([
    'keyword:import',
    'keyword:from',
    "string:'drizzle-orm'",
  ])
  expect(await parts('model User {\n  id Int @id\n}', 'prisma')).toContain('type:User')
})

test('runs cover the whole line', async () => {
  const text = `ALTER TABLE a ADD CONSTRAINT b CHECK (c > 0); /* d */`
  const [runs = []] = await highlight(text, 'sql')
  expect(runs.filter((_, index) => index % 2 === 0).reduce((sum, length) => sum + length, 0)).toBe(text.length)
})
