import { expect, test } from 'vitest'
import { typeChoices, withTail } from './type-choices.ts'

const labels = (query: string, own: string[] = []): string[] =>
  typeChoices(
    query,
    own.map((type) => ({ type, about: 'enum' })),
  ).flatMap((group) => group.choices.map((choice) => choice.label))

test('CANVAS-3: nothing typed offers the project’s own types first, then every category', () => {
  const groups = typeChoices('', [{ type: 'order_status', about: 'enum' }])
  expect(groups[0]?.heading).toBe('This project')
  expect(groups.map((group) => group.heading)).toContain('Date and time')
})

test('CANVAS-3: aliases, lengths and brackets carry over', () => {
  expect(labels('int8')[0]).toBe('bigint')
  expect(labels('varchar(80)')[0]).toBe('varchar(80)')
  expect(labels('numeric(12,2)[]')[0]).toBe('numeric(12,2)[]')
  expect(typeChoices('timestamptz(3)', [])[0]?.choices[0]?.type).toBe('timestamp(3) with time zone')
})

test('CANVAS-3: the exact type comes first, an unknown one is offered as typed', () => {
  expect(labels('int')[0]).toBe('int')
  expect(labels('text')[0]).toBe('text')
  expect(labels('vector(3)')).toEqual(['vector(3)'])
  expect(labels('order_status', ['order_status'])).toEqual(['order_status'])
})

test('CANVAS-3: length and array are changed without touching the rest', () => {
  expect(withTail('character varying(80)', '20', true)).toBe('character varying(20)[]')
  expect(withTail('timestamp(3) with time zone', null, false)).toBe('timestamp with time zone')
  expect(withTail('numeric(10,2)[]', '12,4', false)).toBe('numeric(12,4)')
})
