import { expect, test } from 'vitest'
import { blockAt, blockText, findBlocks } from './blocks.ts'
import { indexLines, lineAt, lineText } from './line-index.ts'

test('every statement after an empty line is a block of its own', () => {
  expect(findBlocks(indexLines('CREATE TABLE a (\n\n  id int\n\n);\n\nCREATE TABLE b ();'))).toEqual([0, 6])
})

test('a function body, a template literal and a comment are never cut', () => {
  expect(findBlocks(indexLines('AS $f$\n\nBEGIN\n\nEND $f$;\n\nSELECT 1'))).toEqual([0, 6])
  expect(findBlocks(indexLines('sql`a\n\nb`\n\nconst c'))).toEqual([0, 4])
  expect(findBlocks(indexLines("/* a\n\nb */ -- it's\n\nSELECT"))).toEqual([0, 4])
})

test('a block is found by any of its lines', () => {
  const index = indexLines('a\n\nb\nc\n\nd')
  const blocks = findBlocks(index)
  expect([0, 1, 2, 3, 4, 5].map((line) => blockAt(blocks, line))).toEqual([0, 0, 1, 1, 1, 2])
  expect(blockText(index, blocks, 1)).toBe('b\nc\n\n')
})

test('lines are found by number and by offset, whatever ends them', () => {
  const index = indexLines('one\r\ntwo\n\nfour')
  expect([0, 1, 2, 3].map((line) => lineText(index, line))).toEqual(['one', 'two', '', 'four'])
  expect([0, 4, 5, 9, 10, 99].map((offset) => lineAt(index, offset))).toEqual([0, 0, 1, 2, 3, 3])
})
