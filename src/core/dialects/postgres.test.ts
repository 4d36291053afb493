import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  canonicalType,
  quoteDollar,
  quoteLiteral,
  quoteName,
  quoteQualified,
  shortType,
  typeCategory,
  typeParts,
  typePicker,
  unquoteNames,
} from './postgres.ts'

test('names are quoted only where PostgreSQL needs it', () => {
  const names = ['users', 'order', 'Order', 'with space', 'a"b', 'position', 'name', '1st', '', 'ünï', 'a$b', '__proto__']
  expect(names.map(quoteName)).toEqual([
    'users',
    '"order"',
    '"Order"',
    '"with space"',
    '"a""b"',
    '"position"',
    'name',
    '"1st"',
    '""',
    '"ünï"',
    '"a$b"',
    '__proto__',
  ])
})

test('the default namespace is left out unless asked for', () => {
  expect(quoteQualified({ namespace: 'public', name: 'user' })).toBe('"user"')
  expect(quoteQualified({ namespace: 'public', name: 'user' }, { always: true })).toBe('public."user"')
  expect(quoteQualified({ namespace: 'billing', name: 'plan' })).toBe('billing.plan')
})

test('any name survives quoting', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (name) => {
      expect(unquoteNames(quoteName(name))).toEqual([name])
    }),
  )
})

test('strings double their quotes and leave backslashes alone', () => {
  expect(quoteLiteral("it's a \\ slash")).toBe("'it''s a \\ slash'")
})

test('dollar quotes never end early', () => {
  const body = fc.array(fc.constantFrom('$$', '$', '_', '$_$', '_2', 'x')).map((parts) => parts.join(''))
  fc.assert(
    fc.property(body, (text) => {
      const quoted = quoteDollar(text)
      const [mark = ''] = /^\$\w*\$/.exec(quoted) ?? []
      expect(quoted.indexOf(mark, mark.length)).toBe(quoted.length - mark.length)
      expect(quoted.slice(mark.length, -mark.length)).toBe(text)
    }),
  )
})

test.each([
  ['varchar(20)', 'character varying(20)'],
  ['VARCHAR', 'character varying'],
  ['int[3]', 'integer[]'],
  ['int8 []', 'bigint[]'],
  ['integer ARRAY[4]', 'integer[]'],
  ['decimal(5)', 'numeric(5,0)'],
  ['numeric( 12 , 2 )', 'numeric(12,2)'],
  ['char', 'character(1)'],
  ['"char"', '"char"'],
  ['float(24)', 'real'],
  ['float', 'double precision'],
  ['timestamptz(3)', 'timestamp(3) with time zone'],
  ['timestamp(0) with time zone', 'timestamp(0) with time zone'],
  ['Double  Precision', 'double precision'],
  ['pg_catalog.int4', 'integer'],
  ['billing."Plan"[]', 'billing."Plan"[]'],
  ['geometry(Point,4326)', 'geometry(Point,4326)'],
])('%s is stored as %s', (typed, stored) => expect(canonicalType(typed)).toBe(stored))

test('types are shown short, and mean the same', () => {
  expect(
    ['character varying(255)', 'timestamp(3) with time zone', 'integer[]', 'character(3)', 'billing.plan', 'bpchar'].map(shortType),
  ).toEqual(['varchar(255)', 'timestamptz(3)', 'int[]', 'char(3)', 'billing.plan', 'bpchar'])
})

test('every type of the picker is spelt as PostgreSQL spells it and reads back from its short form', () => {
  for (const { type, short, modifier } of typePicker) {
    if (modifier === 'length' && !type.includes('varying')) continue
    expect(canonicalType(type)).toBe(type)
    expect(canonicalType(short)).toBe(type)
  }
})

test('types know their category', () => {
  expect(
    ['integer', 'text', 'integer[]', 'interval day to second', 'shop.status', 'x'].map((type) =>
      typeCategory(type, new Map([['shop.status', 'enum']])),
    ),
  ).toEqual(['numeric', 'text', 'array', 'datetime', 'enum', 'other'])
})

test('brackets inside quoted names are not modifiers', () => {
  expect(typeParts('"odd (name)"(3)[][]')).toEqual({ name: '"odd (name)"', modifier: '3', dimensions: '[][]' })
})
