import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allocateNames, camelCase, Names, pascalCase, plainCase, plural, singular } from './names.ts'

const ts = { unicode: true, prefix: '_' }
const ascii = { unicode: false, prefix: 'field' }

test('names become camelCase identifiers that people would write', () => {
  const cases = {
    user_id: 'userId',
    fullName: 'fullName',
    FullName: 'fullName',
    ID: 'id',
    USER_ID: 'userId',
    HTTPServer: 'httpServer',
    _x: 'x',
    '2bad name': '_2badName',
    ünï: 'ünï',
    l_2d: 'l2d',
    __proto__: 'proto',
    '': '_',
    '--': '_',
  }
  for (const [name, wanted] of Object.entries(cases)) expect(camelCase(name, ts)).toBe(wanted)
  expect(camelCase('ünï', ascii)).toBe('uni')
  expect(camelCase('123abc', ascii)).toBe('field123abc')
  expect(camelCase('名前', ascii)).toBe('field')
  expect(pascalCase('project_members', { unicode: false, prefix: 'model' })).toBe('ProjectMembers')
  expect(pascalCase('2024', { unicode: false, prefix: 'model' })).toBe('Model2024')
  expect(plainCase('in-progress', ascii)).toBe('in_progress')
})

test('`x` and `_x` stay apart, and a name that is an identifier keeps it', () => {
  const rule = { toIdentifier: (name: string) => camelCase(name, ts) }
  expect(allocateNames(['_x', 'x', '__x', 'x2'], rule)).toEqual(['x3', 'x', 'x4', 'x2'])
  expect(allocateNames(['class', 'user_id', 'userId'], { ...rule, reserved: ['class'] })).toEqual(['class2', 'userId2', 'userId'])
})

test('the first free wish is granted, then numbers', () => {
  const names = new Names(['text'], (name) => name.toLowerCase())
  expect(names.take('text', 'textTable')).toBe('textTable')
  expect(names.take('TEXT', 'texttable')).toBe('texttable2')
})

test('singular and plural are undone by each other where English is regular', () => {
  for (const word of ['user', 'category', 'box', 'class', 'status', 'person', 'projectMember', 'address', 'branch'])
    expect(singular(plural(word))).toBe(word)
  for (const word of ['news', 'data', 'bus', 'analysis']) expect(singular(word)).toBe(word)
})

test('any different names give different, valid identifiers', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 8 }), { maxLength: 12 }), (names) => {
      for (const alphabet of [ts, ascii]) {
        const valid = alphabet.unicode ? /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u : /^[A-Za-z][A-Za-z0-9_]*$/
        for (const style of [camelCase, pascalCase, plainCase]) {
          const given = allocateNames(names, { toIdentifier: (name) => style(name, alphabet) })
          expect(new Set(given).size).toBe(names.length)
          for (const identifier of given) expect(identifier).toMatch(valid)
        }
      }
    }),
  )
})
