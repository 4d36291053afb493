import { expect, test } from 'vitest'
import { scanMentions, type TextKind } from './scan.ts'
import { strength } from './order.ts'

/** `target namespace.name` of the mentions that are at least likely. */
function likely(text: string, kind: TextKind): readonly string[] {
  const found = new Set<string>()
  scanMentions(text, kind, new Set(['a', 'b', 'c', 'B c', 'd', 'e', 'f', 'x', 'y', 'Odd', 'status', 'Seq', 'plan']), (mention) => {
    if (mention.strength >= strength.likely)
      found.add(`${mention.target} ${mention.namespace === null ? '' : `${mention.namespace}.`}${mention.name}`)
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
})

test('what stands in the body of a function is only a hint', () => {
  expect(likely('SELECT f() FROM a', 'body')).toEqual([])
})
