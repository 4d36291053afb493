import { beforeEach, describe, expect, test } from 'vitest'
import {
  aBaseType,
  aCast,
  aCollation,
  aColumn,
  aForeignServer,
  aForeignDataWrapper,
  aLanguage,
  anIndex,
  anIndexElement,
  anOperator,
  anOperatorClass,
  aPublication,
  aRangeType,
  aRoutine,
  aSchema,
  aTable,
  aTextSearchConfiguration,
  aTextSearchDictionary,
  aTransform,
  aUserMapping,
  type Schema,
} from '../../schema/index.ts'
import { rowsToSchema, schemaToRows } from '../schema.ts'
import { ProjectStore } from '../store.ts'
import { deleteColumn, deleteTable } from './deleting.ts'
import { renameCollation, renameConfiguration, renameObject, renameReferences, usersOf } from './references.ts'
import { renameColumn, renameTable, renameUserType } from './renaming.ts'

const inPublic = (name: string) => ({ namespace: 'public', name })
const inShop = (name: string) => ({ namespace: 'shop', name })

/** A type of one's own with all that hangs on it, and what few schemas have. */
const whole = aSchema({
  baseTypes: [aBaseType({ name: 'box2', options: { input: 'public.box2_in', output: 'public.box2_out', like: 'integer' } })],
  rangeTypes: [aRangeType({ name: 'boxes', subtype: 'box2', options: { subtype_opclass: 'public.box2_ops', collation: 'public.german' } })],
  collations: [aCollation({ name: 'german' }), aCollation({ name: 'austrian', from: 'public.german' })],
  routines: [
    aRoutine({
      name: 'box2_in',
      arguments: [{ mode: 'in', name: null, type: 'cstring', default: null }],
      returns: 'box2',
      language: 'lua',
    }),
    aRoutine({ name: 'best', kind: 'aggregate', aggregate: { sfunc: 'public.box2_in', stype: 'box2', sortop: 'public.<#>' } }),
  ],
  operators: [anOperator({ name: '<#>', left: 'box2', right: 'box2', function: 'public.box2_lt', commutator: 'OPERATOR(public.<#>)' })],
  operatorClasses: [
    anOperatorClass({
      name: 'box2_ops',
      method: 'btree',
      type: 'box2',
      elements: [
        { kind: 'operator', number: 1, name: 'public.<#>', types: ['box2', 'box2'], orderBy: null },
        { kind: 'function', number: 1, name: 'public.box2_cmp(box2, numeric(4,2))', types: ['box2', 'box2'], orderBy: null },
      ],
    }),
  ],
  casts: [aCast({ source: 'box2', target: 'text', method: 'function', function: 'public.box2_text(box2)' })],
  languages: [aLanguage({ name: 'lua', handler: 'public.lua_handler' })],
  transforms: [aTransform({ type: 'box2', language: 'lua', toSql: 'public.box2_lua(internal)' })],
  textSearch: [
    aTextSearchDictionary({ name: 'nouns', template: 'simple' }),
    aTextSearchConfiguration({
      name: 'titles',
      parser: '"default"',
      mappings: [{ token: 'word', dictionaries: ['public.nouns', 'simple'] }],
    }),
  ],
  foreignDataWrappers: [aForeignDataWrapper({ name: 'w', validator: 'public.box2_in' })],
  foreignServers: [aForeignServer({ name: 'far', wrapper: 'w' })],
  userMappings: [aUserMapping({ user: 'public', server: 'far' })],
  tables: [
    aTable({
      name: 'people',
      columns: [
        aColumn({ name: 'id', type: 'integer' }),
        aColumn({ name: 'shape', type: 'box2' }),
        aColumn({ name: 'name', type: 'text', collation: 'german', default: "'x' COLLATE public.german" }),
        aColumn({ name: 'words', type: 'tsvector', default: "to_tsvector('titles', 'x')" }),
      ],
      indexes: [anIndex({ name: 'i', elements: [anIndexElement({ column: 'shape', opclass: 'box2_ops' })] })],
    }),
    aTable({ name: 'away', foreign: { server: 'far', options: {} } }),
  ],
  publications: [
    aPublication({
      name: 'news',
      tables: [{ table: inPublic('people'), only: false, columns: ['id', 'name'], where: 'people.id > 0 AND name IS NOT NULL' }],
    }),
  ],
  privileges: [
    {
      kind: 'grant',
      defaults: null,
      privileges: [{ name: 'SELECT', columns: ['name'] }],
      grantOption: false,
      on: 'table',
      objects: [{ ...inPublic('people'), arguments: null }],
      allIn: false,
      roles: ['public'],
      grantedBy: null,
      cascade: false,
    },
  ],
})

let store: ProjectStore
const after = (): Schema => rowsToSchema(store)
const row = <K extends 'table' | 'baseType' | 'column'>(kind: K, name: string) => {
  const found = store.all(kind).find((each) => each.name === name)
  if (!found) throw new Error(`no ${kind} ${name}`)
  return found
}
beforeEach(() => {
  let n = 0
  store = ProjectStore.from(schemaToRows(whole, () => `id-${(n += 1)}`))
})

describe('what names an object follows its new name', () => {
  test('CANV-1 a type', () => {
    renameUserType(store, 'baseType', row('baseType', 'box2'), inShop('Box'))
    const { operators, operatorClasses, casts, transforms, rangeTypes, routines, baseTypes } = after()
    expect(baseTypes[0]).toMatchObject(inShop('Box'))
    expect(operators[0]).toMatchObject({ left: 'shop."Box"', right: 'shop."Box"', function: 'public.box2_lt' })
    expect(operatorClasses[0]?.type).toBe('shop."Box"')
    expect(operatorClasses[0]?.elements.map(({ name, types }) => [name, ...types])).toEqual([
      ['public.<#>', 'shop."Box"', 'shop."Box"'],
      ['public.box2_cmp(shop."Box", numeric(4,2))', 'shop."Box"', 'shop."Box"'],
    ])
    expect(casts[0]).toMatchObject({ source: 'shop."Box"', target: 'text', function: 'public.box2_text(shop."Box")' })
    expect([transforms[0]?.type, rangeTypes[0]?.subtype, routines[0]?.returns, routines[1]?.aggregate['stype']]).toEqual(
      Array.from({ length: 4 }, () => 'shop."Box"'),
    )
  })

  test('a function', () => {
    renameReferences(store, { what: 'routine', name: inPublic('box2_in') }, inShop('read'))
    const { baseTypes, routines, foreignDataWrappers } = after()
    expect(baseTypes[0]?.options).toEqual({ input: 'shop.read', output: 'public.box2_out', like: 'integer' })
    expect(routines[1]?.aggregate['sfunc']).toBe('shop.read')
    expect(foreignDataWrappers[0]?.validator).toBe('shop.read')
  })

  test('an operator, an operator class, a dictionary', () => {
    renameReferences(store, { what: 'operator', name: inPublic('<#>') }, inPublic('<=>'))
    renameReferences(store, { what: 'opclass', name: inPublic('box2_ops') }, inShop('Ops'))
    renameReferences(store, { what: 'tsDictionary', name: inPublic('nouns') }, inShop('n'))
    const { operators, operatorClasses, routines, rangeTypes, textSearch, tables } = after()
    expect([operators[0]?.commutator, operatorClasses[0]?.elements[0]?.name, routines[1]?.aggregate['sortop']]).toEqual([
      'OPERATOR(public.<=>)',
      'public.<=>',
      'public.<=>',
    ])
    expect([rangeTypes[0]?.options['subtype_opclass'], tables[0]?.indexes[0]?.elements[0]?.opclass]).toEqual(['shop."Ops"', 'shop."Ops"'])
    expect(textSearch[1]).toMatchObject({ mappings: [{ dictionaries: ['shop.n', 'simple'] }] })
  })

  test('a collation and a text search configuration, in expressions too', () => {
    renameObject(store, { what: 'collation', name: inPublic('german') }, inPublic('deutsch'))
    renameObject(store, { what: 'tsConfiguration', name: inPublic('titles') }, inShop('T'))
    const { collations, rangeTypes, tables } = after()
    expect([collations[1]?.from, rangeTypes[0]?.options['collation']]).toEqual(['public.deutsch', 'public.deutsch'])
    expect(tables[0]?.columns.map((column) => column.collation)).toContain('deutsch')
    expect(tables[0]?.columns.slice(2).map((column) => column.default)).toEqual([
      "'x' COLLATE public.deutsch",
      `to_tsvector('shop."T"', 'x')`,
    ])
  })

  test('a server, a wrapper, a language', () => {
    renameReferences(store, { what: 'server', name: { namespace: '', name: 'far' } }, { namespace: '', name: 'near' })
    renameReferences(store, { what: 'wrapper', name: { namespace: '', name: 'w' } }, { namespace: '', name: 'W' })
    renameReferences(store, { what: 'language', name: { namespace: '', name: 'lua' } }, { namespace: '', name: 'Lua' })
    const { foreignServers, userMappings, tables, routines, transforms } = after()
    expect([userMappings[0]?.server, tables[1]?.foreign?.server, foreignServers[0]?.wrapper]).toEqual(['near', 'near', 'W'])
    expect([routines[0]?.language, transforms[0]?.language]).toEqual(['Lua', 'Lua'])
  })

  test('a table and a column, in publications and privileges', () => {
    renameColumn(store, row('column', 'name'), 'Name')
    renameTable(store, row('table', 'people'), inShop('folk'))
    const { publications, privileges } = after()
    expect(publications[0]?.tables).toEqual([
      { table: inShop('folk'), only: false, columns: ['id', 'Name'], where: 'folk.id > 0 AND "Name" IS NOT NULL' },
    ])
    expect(privileges[0]).toMatchObject({ objects: [inShop('folk')], privileges: [{ columns: ['Name'] }] })
  })
})

describe('what hangs on an object is told, or goes with it', () => {
  test('users are named for people', () => {
    expect(usersOf(store, { what: 'type', name: inPublic('box2') })).toEqual(
      expect.arrayContaining([
        'the operator "<#>"',
        'the operator class "box2_ops"',
        'the cast from box2 to text',
        'the transform of box2',
      ]),
    )
    expect(usersOf(store, { what: 'server', name: { namespace: '', name: 'far' } })).toEqual(
      expect.arrayContaining(['the user mapping of public', 'the table "away"']),
    )
    expect(usersOf(store, { what: 'collation', name: inPublic('german') })).toEqual(
      expect.arrayContaining(['the column "name" of "people"', 'the range type "boxes"', 'the collation "austrian"']),
    )
    expect(usersOf(store, { what: 'type', name: inPublic('box') })).toEqual([])
  })

  test('a deleted column leaves publications and privileges, and a row filter that names it is told', () => {
    const warnings = deleteColumn(store, row('column', 'name'))
    const { publications, privileges } = after()
    expect(publications[0]?.tables[0]?.columns).toEqual(['id'])
    expect(privileges).toEqual([])
    expect(warnings.map(({ message }) => message).join()).toContain('the row filter of the publication "news"')
  })

  test('a deleted table leaves publications and privileges', () => {
    deleteTable(store, row('table', 'people'))
    expect(after()).toMatchObject({ publications: [{ tables: [] }], privileges: [] })
  })
})

test.each([
  ['name COLLATE german = german', 'name COLLATE public."X" = german'],
  ['name COLLATE "german"', 'name COLLATE public."X"'],
  ["'COLLATE german' || german", "'COLLATE german' || german"],
  ['a COLLATE shop.german', 'a COLLATE shop.german'],
])('a collation renamed in %s', (sql, expected) => {
  expect(renameCollation(sql, inPublic('german'), { namespace: 'public', name: 'X' }).replaceAll('public."X"', '"X"')).toBe(
    expected.replaceAll('public."X"', '"X"'),
  )
})

test.each([
  ["'titles'::regconfig", "'t'::regconfig"],
  ["to_tsvector('public.titles'::regconfig, 'titles')", "to_tsvector('public.t'::regconfig, 'titles')"],
  ["f('titles')", "f('titles')"],
])('a text search configuration renamed in %s', (sql, expected) => {
  expect(renameConfiguration(sql, inPublic('titles'), inPublic('t'))).toBe(expected)
})
