import { z } from 'zod'
import { isPlain, plainLists, type PlainKind } from '../project/plain-kinds.ts'
import type { Draft, Row } from '../project/rows.ts'
import { without } from '../project/without.ts'
import { schemaShape } from '../schema/index.ts'
import { fieldsOf } from '../schema/shape.ts'
import { id, projectId } from './arguments.ts'
import { mutation } from './mutation.ts'
import { createPlain, deletePlain, updatePlain, type Item, type Plain, type PlainRules } from './plain-objects.ts'
import { parsedAs } from './shape-arguments.ts'
import { existing, quoted, refuse, wordFor } from './trouble.ts'
import { requireUnusedType } from './type-users.ts'

// The rarer kinds: one create, one update and one delete for all of them, their fields looked at by the model's own shapes.

/** Kinds that have no mutations of their own. */
export const rareKinds = [
  'baseType',
  'collation',
  'operator',
  'operatorFamily',
  'operatorClass',
  'cast',
  'textSearch',
  'language',
  'transform',
  'conversion',
  'accessMethod',
  'foreignDataWrapper',
  'foreignServer',
  'userMapping',
  'publication',
  'privilege',
  'opaque',
] as const satisfies readonly PlainKind[]
type RareKind = (typeof rareKinds)[number]

const kind = z.enum(rareKinds)
const fields = z.record(z.string(), z.unknown())

/** `objects.create`: an object of a rarer kind. `fields` are those of its shape. */
export const createObject = mutation({
  name: 'objects.create',
  role: 'editor',
  args: z.strictObject({ id, projectId, kind, fields }),
  apply: (draft, args) => createPlain(draft, rare(args.kind), args.id, itemOf(args.kind, args.fields)),
})

/** `objects.update`: the given fields of an object of a rarer kind. */
export const updateObject = mutation({
  name: 'objects.update',
  role: 'editor',
  args: z.strictObject({ id, projectId, kind, fields }),
  apply(draft, args) {
    const row = existing(draft, args.kind, args.id)
    const item = itemOf(args.kind, { ...without(row, 'id', 'order'), ...args.fields })
    return updatePlain(draft, rare(args.kind), args.id, item as unknown as Partial<Row<RareKind>>)
  },
})

/** `objects.delete`: refused while another object of the project needs it. */
export const deleteObject = mutation({
  name: 'objects.delete',
  role: 'editor',
  args: z.strictObject({ id, projectId, kind }),
  apply: (draft, args) => deletePlain(draft, rare(args.kind), args.id),
})

/** The entry of its list that the fields make, or the mutation ends. */
function itemOf(of: RareKind, given: Readonly<Record<string, unknown>>): Item<RareKind> {
  const list = fieldsOf(schemaShape)[plainLists[of]]
  // Every list of the schema is `list(shape)`: a default round a read-only array.
  const array = list instanceof z.ZodDefault ? list.unwrap() : list
  const type = array instanceof z.ZodReadonly ? array.unwrap() : array
  if (!isPlain(of) || !(type instanceof z.ZodArray)) return refuse('bad-arguments', `There is no list of ${of}.`)
  return parsedAs(type.element as z.ZodType, given) as Item<RareKind>
}

/** What needs an object of a rarer kind, as far as the project knows. */
const rules: { readonly [K in RareKind]?: PlainRules<K> } = {
  baseType: {
    deleting(draft, row) {
      requireUnusedType(draft, 'base type', row)
      return []
    },
  },
  foreignServer: {
    deleting(draft, { name }) {
      const table = draft.all('table').find(({ foreign }) => foreign?.server === name)
      if (table) inUse('foreignServer', name, `the foreign table ${quoted(table)}`)
      const mapping = draft.all('userMapping').find(({ server }) => server === name)
      if (mapping) inUse('foreignServer', name, `the user mapping of ${mapping.user}`)
      return []
    },
    renamed(draft, before, { name: server }) {
      for (const table of draft.all('table'))
        if (table.foreign?.server === before.name) draft.update('table', table.id, { foreign: { ...table.foreign, server } })
      for (const mapping of draft.all('userMapping'))
        if (mapping.server === before.name) draft.update('userMapping', mapping.id, { server })
      return []
    },
  },
  foreignDataWrapper: {
    deleting(draft, { name }) {
      const server = draft.all('foreignServer').find(({ wrapper }) => wrapper === name)
      if (server) inUse('foreignDataWrapper', name, `the server "${server.name}"`)
      return []
    },
    renamed(draft, before, { name: wrapper }) {
      for (const server of draft.all('foreignServer'))
        if (server.wrapper === before.name) draft.update('foreignServer', server.id, { wrapper })
      return []
    },
  },
  operatorFamily: {
    deleting(draft, row) {
      const user = draft.all('operatorClass').find(({ family }) => family?.name === row.name && family.namespace === row.namespace)
      if (user) inUse('operatorFamily', row.name, `the operator class ${quoted(user)}`)
      return []
    },
  },
  language: {
    deleting(draft: Draft, { name }) {
      const routine = draft.all('routine').find(({ language }) => language === name)
      if (routine) inUse('language', name, `the ${routine.kind} ${quoted(routine)}`)
      return []
    },
  },
  opaque: {
    sound(_draft, row) {
      if (row.sql.trim() === '') refuse('bad-query', 'A statement needs a text.', 'Delete it when it is not needed.')
      return { ...row, sql: row.sql.replace(/[\s;]+$/, '') }
    },
  },
}

// Each kind with its own rules: the compiler cannot follow the pairs.
const rare = (of: RareKind): Plain<RareKind> => ({ kind: of, rules: (rules[of] ?? {}) as PlainRules<RareKind> })

function inUse(of: RareKind, name: string, user: string): never {
  return refuse('object-in-use', `The ${wordFor(of)} "${name}" is used by ${user}.`, 'Change or delete that first.')
}
