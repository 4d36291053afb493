import fc from 'fast-check'
import { expect, test } from 'vitest'
import { docComment, lineComment, tsJson, tsKey, tsString, tsTemplate } from './literals.ts'
import { CodeWriter } from './writer.ts'

const evaluate = (code: string): unknown => new Function(`'use strict'; return ${code}`)()
const anyText = fc.oneof(
  fc.constant('__proto__'),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('`', '$', '{', '}', '\\', "'", '"', '\n', '\r', 'u', '\u2028', '\ud800', '\0', '*', '/') }),
)

test('every text reads back from its literals', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(evaluate(tsString(text))).toBe(text)
      expect(evaluate(`\`${tsTemplate(text)}\``)).toBe(text)
      expect(evaluate(`({ ${tsKey(text)}: 1 })`)).toEqual(Object.fromEntries([[text, 1]]))
      expect(evaluate(`(${docComment(text).join('\n')} 7)`)).toBe(7)
      expect(evaluate(`(\n${lineComment('//', text).join('\n')}\n7)`)).toBe(7)
    }),
  )
})

test('JSON values read back, or say that they cannot be written', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = tsJson(value)
      if (text !== undefined) expect(evaluate(`(${text})`)).toEqual(JSON.parse(JSON.stringify(value)))
      else expect(JSON.stringify(value)).toContain('__proto__')
    }),
  )
})

test('the writer indents, leaves one empty line and tells offsets', () => {
  const code = new CodeWriter()
  code
    .gap()
    .line('a {')
    .indented(() => code.line('b'))
  const start = code.offset
  code.line('}').gap().gap().line('c')
  expect(code.toString()).toBe('a {\n  b\n}\n\nc\n')
  expect(code.toString().slice(start)).toBe('}\n\nc\n')
})
