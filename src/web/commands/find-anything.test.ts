import { expect, test } from 'vitest'
import { schemaToRows } from '#core/project/schema.ts'
import { ProjectStore } from '#core/project/store.ts'
import { aSchema, aTable } from '#core/schema/index.ts'
import { commands } from './all.ts'
import { findAnything } from './find-anything.ts'
import { collectPlaces } from './places.ts'

const tables = ['edit_instrument', 'import_log', 'address'].map((name) => aTable({ name }))
let id = 0
const places = collectPlaces(ProjectStore.from(schemaToRows(aSchema({ tables }), () => `id-${id++}`)))
const firstOf = (query: string) => {
  const found = findAnything(query, places, commands)
  return found.commandsFirst ? found.commands[0]?.id : found.places[0]?.path
}

test('CANVAS-10: a place comes before a command that fits as well', () => {
  expect(firstOf('import')).toBe('import_log')
  expect(firstOf('addr')).toBe('address')
})

test('a command that is meant by name comes before places that only have its letters', () => {
  expect(firstOf('enum')).toBe('schema.addEnum')
  expect(firstOf('arrange')).toBe('canvas.layout')
})

test('nothing typed: some tables, every command', () => {
  expect(findAnything(' ', places, commands)).toMatchObject({ places, commands, commandsFirst: false })
})
