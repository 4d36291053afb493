import { z } from 'zod'
import { isPlain, plainLists, type PlainKind } from '../project/plain-kinds.ts'
import { isEqual } from '../project/equal.ts'
import { warnOfLeftovers, warnOfMentions } from '../project/edits/mentions.ts'
import type { Referred } from '../project/edits/reference-walk.ts'
import { renameObject, usersOf, type Reference } from '../project/edits/references.ts'
import { renameUserType } from '../project/edits/renaming.ts'
import type { Draft, Row } from '../project/rows.ts'
import { without } from '../project/without.ts'
import { schemaShape } from '../schema/index.ts'
import { fieldsOf } from '../schema/shape.ts'
import { id, projectId } from './arguments.ts'
import { mutation } from './mutation.ts'
import { createPlain, deletePlain, updatePlain, type Item, type Plain, type PlainRules } from './plain-objects.ts'
import { parsedAs } from './shape-arguments.ts'
import { existing, refuse, wordFor } from './trouble.ts'
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

/** A kind that others name: they follow a new name, and stand in the way of deleting it. */
function namedAs<K extends RareKind>(of: K, what: (row: Row<K>) => Referred): PlainRules<K> {
  const reference = (row: Row<K>): Reference => {
    const { namespace = '', name = '' } = row as { readonly namespace?: string; readonly name?: string }
    return { what: what(row), name: { namespace, name } }
  }
  // Which of several is meant is PostgreSQL's to know: only a name that is gone is rewritten, or stands in the way.
  const isOnly = (draft: Draft, row: Row<K>): boolean =>
    !draft.all(of).some((other) => other.id !== row.id && isEqual(reference(other), reference(row)))
  return {
    deleting(draft, row) {
      const { name } = reference(row).name
      const [user] = isOnly(draft, row) ? usersOf(draft, reference(row)) : []
      if (user !== undefined) inUse(of, name, user)
      return warnOfLeftovers(draft, `The deleted ${wordFor(of)} "${name}"`, [name], [])
    },
    renamed(draft, before, after) {
      if (!isOnly(draft, before)) return []
      const { name } = reference(before)
      const views = renameObject(draft, reference(before), reference(after).name)
      return warnOfMentions(draft, `The ${wordFor(of)} "${name.name}"`, [name.name], views)
    },
  }
}

const searchKinds = { parser: 'tsParser', template: 'tsTemplate', dictionary: 'tsDictionary', configuration: 'tsConfiguration' } as const

/** What needs an object of a rarer kind, as far as the project knows. */
const rules: { readonly [K in RareKind]?: PlainRules<K> } = {
  baseType: {
    deleting(draft, row) {
      requireUnusedType(draft, 'base type', row)
      return []
    },
    renamed: (draft, before, after) => renameUserType(draft, 'baseType', before, after),
  },
  collation: namedAs('collation', () => 'collation'),
  operator: namedAs('operator', () => 'operator'),
  operatorFamily: namedAs('operatorFamily', () => 'opfamily'),
  operatorClass: namedAs('operatorClass', () => 'opclass'),
  textSearch: namedAs('textSearch', ({ kind: each }) => searchKinds[each]),
  language: namedAs('language', () => 'language'),
  accessMethod: namedAs('accessMethod', () => 'accessMethod'),
  foreignDataWrapper: namedAs('foreignDataWrapper', () => 'wrapper'),
  foreignServer: namedAs('foreignServer', () => 'server'),
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
