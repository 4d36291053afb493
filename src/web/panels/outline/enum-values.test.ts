import { expect, test } from 'vitest'
import { enumChange, enumValue, moveValue, textsOf, troubleWith } from './enum-values.ts'

const values = ['draft', 'paid', 'void'].map(enumValue)

test('values move, and the ends hold', () => {
  expect(textsOf(moveValue(values, 0, 1))).toEqual(['paid', 'draft', 'void'])
  expect(textsOf(moveValue(values, 2, -4))).toEqual(['void', 'draft', 'paid'])
  expect(textsOf(moveValue(values, 0, 99))).toEqual(['paid', 'void', 'draft'])
})

test('a value may not repeat or be too long; an empty line is none', () => {
  expect(troubleWith([...values, enumValue('paid')])).toContain('twice')
  expect(troubleWith([enumValue('ä'.repeat(32))])).toContain('63 bytes')
  expect(troubleWith([...values, enumValue(''), enumValue('')])).toBeNull()
  expect(textsOf([...values, enumValue('')])).toEqual(['draft', 'paid', 'void'])
})

test('a renamed value is told apart from a removed and an added one', () => {
  const before = ['draft', 'paid', 'void']
  expect(enumChange(before, ['draft', 'settled', 'void'])).toEqual({ renameValue: { from: 'paid', to: 'settled' } })
  expect(enumChange(before, ['paid', 'draft', 'void'])).toEqual({ values: ['paid', 'draft', 'void'] })
  expect(enumChange(before, ['draft', 'void'])).toEqual({ values: ['draft', 'void'] })
  expect(enumChange(before, before)).toBeNull()
})
