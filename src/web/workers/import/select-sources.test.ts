import { expect, test } from 'vitest'
import { selectSources } from './select-sources.ts'

const dropped = (...files: readonly string[]) => selectSources(files.map((file) => ({ kind: 'text', file, text: '' })))
const read = (...files: readonly string[]) => dropped(...files).sources.map(({ file }) => file)

test('several files are read in name order, numbers as numbers', () => {
  expect(read('10_b.sql', '2_a.sql', '1_z.sql')).toEqual(['1_z.sql', '2_a.sql', '10_b.sql'])
})

test('the way back of a migration is left out, and said so', () => {
  expect(read('m/1_init.up.sql', 'm/1_init.down.sql', 'm/2_more/up.sql', 'm/2_more/down.sql')).toEqual([
    'm/1_init.up.sql',
    'm/2_more/up.sql',
  ])
  expect(dropped('1.up.sql', '1.down.sql').diagnostics).toMatchObject([
    { code: 'down-migrations', severity: 'info', message: '1.down.sql leads back and was left out.' },
  ])
  expect(read('countdown.sql', 'breakdown.sql')).toHaveLength(2)
})

test('files that are no SQL do not spoil a folder', () => {
  expect(read('m/1.sql', 'm/migration_lock.toml', 'm/README.md')).toEqual(['m/1.sql'])
  expect(dropped('1.sql', 'a.png', 'b.png').diagnostics).toMatchObject([
    { code: 'other-files', message: '2 files were left out: they are no SQL.', hint: 'a.png, b.png' },
  ])
})

test('a single file is read whatever its name', () => {
  expect(read('1.down.sql')).toEqual(['1.down.sql'])
  expect(read('schema')).toEqual(['schema'])
})
