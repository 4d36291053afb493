import { expect, test } from 'vitest'
import { scanMentions, type TextKind } from './scan.ts'
import { strength } from './order.ts'

const names = ['a', 'b', 'c', 'B c', 'd', 'e', 'f', 'x', 'y', 'Odd', 'status', 'Seq', 'plan', 'german', 'in_out', 'box_ops', 'simple']
const known = { names: new Set(names), operators: new Set(['===', '=', '<#>']) }

/** `target namespace.name` of the mentions that are at least likely. */
function likely(text: string, kind: TextKind): readonly string[] {
  const found = new Set<string>()
  scanMentions(text, kind, known, (target, namespace, name, how) => {
    if (how >= strength.likely) found.add(`${target} ${namespace === null ? '' : `${namespace}.`}${name}`)
  })
  return [...found]
}

test('relations are found where nothing else can stand', () => {
  expect(likely('SELECT x, y FROM a, "B c" JOIN s.d ON (a.x = y) WHERE z IN (SELECT 1 FROM e)', 'query')).toEqual(
    expect.arrayContaining(['relation a', 'relation B c', 'relation s.d', 'relation e']),
  )
  expect(likely('SELECT x, y FROM a', 'query')).not.toContain('relation y')
})

test('an alias is not a type', () => {
  expect(likely('SELECT x AS y FROM a AS b', 'query')).not.toContain('rowType b')
  expect(likely('CAST(x AS status)', 'expression')).toContain('type status')
})

test('functions, casts and names in strings are found', () => {
  expect(likely(`f("Odd"(x), 'a'::status, nextval('s."Seq"'::regclass))`, 'expression')).toEqual(
    expect.arrayContaining(['routine f', 'routine Odd', 'type status', 'relation s.Seq']),
  )
})

test('comments and other strings mention nothing', () => {
  expect(likely("'from a' -- from b\n || $$ from c $$", 'query')).toEqual([])
})

test('a type is its own mention', () => {
  expect(likely('billing.plan[]', 'type')).toContain('type billing.plan')
  expect(likely('plan', 'argument')).toContain('shell plan')
})

test('operators are found by what they are spelt with', () => {
  expect(likely('x === y AND f(x<#>y) AND x = 1', 'expression')).toEqual(expect.arrayContaining(['operator ===', 'operator <#>']))
  expect(likely('x = y', 'expression')).not.toContain('operator =')
  expect(likely('x OPERATOR(s.=) y', 'query')).toContain('operator s.=')
  expect(likely('x ===-- no\n y', 'expression')).toContain('operator ===')
})

test('what only names is read as a name', () => {
  expect(likely('s.in_out(integer, text)', 'name:routine')).toEqual(['routine s.in_out'])
  expect(likely('OPERATOR(s.===)', 'name:operator')).toEqual(['operator s.==='])
  expect(likely('"B c".box_ops (siglen = 3)', 'name:opclass')).toEqual(['opclass B c.box_ops'])
  expect(likely('"B c"', 'name:collation')).toEqual(['collation B c'])
})

test('collations and text search configurations are found in expressions', () => {
  expect(likely('x COLLATE s.german', 'expression')).toEqual(['collation s.german'])
  expect(likely("to_tsvector('s.simple', x)", 'expression')).toContain('tsConfiguration s.simple')
})

test('what stands in the body of a function is only a hint', () => {
  expect(likely('SELECT f() FROM a', 'body')).toEqual([])
})
