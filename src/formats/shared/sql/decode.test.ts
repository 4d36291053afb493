import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeText } from './decode.ts'
import { byteOffsets, codePointOffset, LineIndex } from './positions.ts'

const bytes = (...values: number[]) => new Uint8Array(values)

test('IMP-1 UTF-8 is read as it is, without its byte order mark', () => {
  expect(decodeText(new TextEncoder().encode('SELECT 1 -- é😀')).text).toBe('SELECT 1 -- é😀')
  expect(decodeText(bytes(0xef, 0xbb, 0xbf, 0x61))).toEqual({ text: 'a', diagnostics: [] })
})

test('IMP-1 UTF-16 is read by its mark or its zeros, and said so', () => {
  expect(decodeText(bytes(0xff, 0xfe, 0x61, 0, 0xe9, 0)).text).toBe('aé')
  expect(decodeText(bytes(0xfe, 0xff, 0, 0x61, 0, 0xe9)).text).toBe('aé')
  expect(decodeText(bytes(0x61, 0, 0x62, 0, 0x63, 0)).diagnostics[0]?.code).toBe('encoding-utf16')
})

test('IMP-1 anything else is read as Latin-1, with the place of the first byte that is not UTF-8', () => {
  const { text, diagnostics } = decodeText(bytes(0x61, 0x0a, 0x62, 0xe9, 0x63), 'dump.sql')
  expect(text).toBe('a\nbéc')
  expect(diagnostics[0]).toMatchObject({ code: 'encoding-latin1', file: 'dump.sql', span: { line: 2, column: 2 } })
})

test('IMP-1 any bytes give a text', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (value) => typeof decodeText(value).text === 'string'))
})

test('IMP-1 offsets in bytes and in code points become offsets in the text', () => {
  const text = 'aé😀z'
  expect([0, 1, 3, 7].map(byteOffsets(text))).toEqual([0, 1, 2, 4])
  expect([0, 1, 2, 3].map((point) => codePointOffset(text, point))).toEqual([0, 1, 2, 4])
})

test('IMP-1 lines and columns count from one', () => {
  const lines = new LineIndex('ab\n\ncd')
  expect(lines.span(0)).toMatchObject({ line: 1, column: 1 })
  expect(lines.span(3)).toMatchObject({ line: 2, column: 1 })
  expect(lines.span(5, 6)).toEqual({ start: 5, end: 6, line: 3, column: 2 })
})
