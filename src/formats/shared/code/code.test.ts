import fc from 'fast-check'
import { format } from 'oxfmt'
import { expect, test } from 'vitest'
import { docComment, lineComment, tsJson, tsKey, tsString, tsTemplate } from './literals.ts'
import { array, arrow, braces, call, chain, layOut, object, tallObject, type Code } from './layout.ts'
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

test('code is laid out as a formatter would', async () => {
  const long = 'x'.repeat(40)
  const column = (...calls: Parameters<typeof chain>[1]): Code => chain(call('text', `'${long}'`), calls)
  const statements = [
    layOut('import ', braces(['one', 'two']), " from 'a';"),
    layOut('import ', braces([long, `${long}2`, `${long}3`]), " from 'b';"),
    layOut('export const a = ', call('pgEnum', "'a'", array([`'${long}'`, `'${long}'`, `'${long}'`])), ';'),
    layOut('export const b = ', chain(call('f', object({ a: '1', b: array(['2']) })), [call('.g', "'x'")]), ';'),
    layOut(
      'export const c = ',
      call('pgTable', "'c'", tallObject([{ key: 'a:', value: column(call('.default', 'sql`a`'), call('.notNull')) }])),
      ';',
    ),
    layOut(
      'export const d = ',
      chain('schema', [
        call(
          '.table',
          "'d'",
          tallObject([{ key: 'a:', value: column(), above: ['/** said */'] }]),
          arrow('(table)', array([call('index', `'${long}'`)])),
        ),
        call('.enableRLS'),
      ]),
      ';',
    ),
    layOut(
      'export const e = ',
      call(
        'relations',
        'e',
        arrow('({ one })', tallObject([{ key: 'a:', value: call('one', long, object({ fields: long, references: long })) }], true)),
      ),
      ';',
    ),
    layOut('export const f = ', chain(call('pgView', "'f'", tallObject([])), [call('.as', 'sql`SELECT 1\nFROM a`')]), ';'),
    layOut(
      'export const g = ',
      chain(call('index', "'g'"), [call('.on', 'table.a', `sql\`${long}\``), call('.where', `sql\`${long}\``)]),
      ';',
    ),
    layOut('export const h = ', call('check', `'${long}'`, `sql\`${long}${long}\``), ';'),
  ]
  const text = `${statements.join('\n')}\n`
  const { code, errors } = await format('a.ts', text, { printWidth: 100, singleQuote: true })
  expect(errors).toEqual([])
  expect(text).toBe(code)
})
