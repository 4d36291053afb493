import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { decodeSources } from './decode.ts'

const file = (name: string, bytes: Uint8Array | string) => ({ kind: 'file' as const, file: name, blob: new Blob([bytes as BlobPart]) })
const codeOf = async (name: string, bytes: Uint8Array | string) => {
  const outcome = await decodeSources([file(name, bytes)])
  return outcome.kind === 'refused' ? outcome.diagnostics.map(({ code }) => code) : outcome.sources.map(({ text }) => text)
}

test('what is no text is refused with what to do about it', async () => {
  expect(await codeOf('a.dump', 'PGDMP\u0001\u000e')).toEqual(['binary-dump'])
  expect(await codeOf('a.zip', 'PK\u0003\u0004rest')).toEqual(['zip-file'])
  expect(await codeOf('a.db', 'SQLite format 3\u0000')).toEqual(['sqlite-file'])
  expect(await codeOf('a.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 3, 0]))).toEqual(['not-text'])
})

test('UTF-16 and gzip are text', async () => {
  const wide = new Uint8Array([0xff, 0xfe, ...new Uint8Array(new Uint16Array([...'SELECT 1;'].map((c) => c.charCodeAt(0))).buffer)])
  expect(await codeOf('a.sql', wide)).toEqual(['SELECT 1;'])
  expect(await codeOf('a.sql.gz', new Uint8Array(gzipSync('SELECT 2;')))).toEqual(['SELECT 2;'])
  expect(await codeOf('a.sql.gz', new Uint8Array([0x1f, 0x8b, 8, 9, 9]))).toEqual(['damaged-gzip'])
})

test('several files are read in name order, numbers as numbers', async () => {
  const outcome = await decodeSources([file('10_b.sql', 'c'), file('2_a.sql', 'b'), file('1_z.sql', 'a')])
  expect(outcome.kind === 'decoded' && outcome.sources.map(({ text }) => text)).toEqual(['a', 'b', 'c'])
})
