import { mutations } from '#core/mutations/all.ts'
import { aColumn, aForeignKey, aPrimaryKey, aSchema, aTable, aView } from '#core/schema/index.ts'
import type { ProjectView, RowKind } from '#core/project/rows.ts'
import { objectEdits } from './object-edits.ts'

/** An edit not yet made concrete: which mutation, and numbers to choose its objects and texts by. */
export interface AnyEdit {
  readonly name: string
  readonly picks: readonly number[]
}
export const mutationNames = [...mutations.keys()]

const names = ['users', 'posts', 'tags', 'status', 'B c', '']
const columnNames = ['a', 'id', 'user_id', 'users', 'B c', '']
const enumNames = ['a', 'B c', 'kind', 'users']
const types = ['integer', 'bigint', 'uuid', 'text', 'serial', 'a', 'numeric(10,2)', 'amount']
const expressions: readonly (string | null)[] = [null, '0', "'x'", 'now()', 'a', '(']

/** Arguments for an edit, made of what the view shows now: mostly sensible, sometimes not. */
export function argumentsOf(view: ProjectView, { name, picks }: AnyEdit, newId: () => string, defaults = expressions): unknown {
  const number = (at: number) => picks[at] ?? 0
  const from = <T>(list: readonly T[], at: number): T | undefined => list[number(at) % list.length]
  const row = (kind: RowKind, at: number) => from(view.all(kind), at)?.id ?? '0198f2b4-0000-7000-8000-ffffffffffff'
  const foreignKey =
    from(
      view.all('constraint').filter(({ kind }) => kind === 'foreignKey'),
      0,
    )?.id ?? row('constraint', 0)
  const place = { positionX: number(1), positionY: -number(2) }
  const table = view.get('table', row('table', 0))
  const target = view.get('table', row('table', 1))
  const columnOf = (owner: typeof table, at: number) => (owner && from(view.childrenOf('column', owner.id), at)?.id) ?? row('column', at)
  const fields = {
    isPrimaryKey: yesNo(number(3)),
    isUnique: yesNo(number(4)),
    isNullable: yesNo(number(2)),
    defaultValue: from(defaults, 1),
  }
  switch (name) {
    case 'tables.create':
      return {
        id: newId(),
        name: from(names, 0),
        ...place,
        columns: [{ id: newId(), name: 'id', dataType: from(types, 1), isPrimaryKey: true }],
      }
    case 'tables.update':
      return { id: row('table', 0), name: from(names, 1), ...(number(2) % 3 === 0 ? { namespace: 'app' } : {}) }
    case 'tables.move':
      return {
        moves: view
          .all('table')
          .map(({ id }) => ({ id, ...place }))
          .slice(0, 1 + (number(0) % 3)),
      }
    case 'tables.delete':
      return { id: row('table', 0) }
    case 'tables.duplicate':
      return { id: row('table', 0), newId: newId(), offsetX: 1, offsetY: 1 }
    case 'columns.create':
      return { id: newId(), tableId: row('table', 0), name: from(columnNames, 1), dataType: from(types, 2), ...fields }
    case 'columns.update':
      return { id: row('column', 0), ...(number(2) % 2 ? { name: from(columnNames, 1) } : { dataType: from(types, 1), ...fields }) }
    case 'columns.delete':
      return { id: row('column', 0) }
    case 'columns.reorder':
      return {
        tableId: table?.id ?? row('table', 0),
        columnIds: table
          ? view
              .childrenOf('column', table.id)
              .map(({ id }) => id)
              .toReversed()
          : [],
      }
    case 'relationships.create':
      return {
        id: newId(),
        sourceTableId: table?.id,
        targetTableId: target?.id,
        targetColumnId: columnOf(target, 2),
        onDelete: 'cascade',
        ...(number(3) % 2 ? { sourceColumnId: columnOf(table, 4) } : { newColumnId: newId() }),
        relationType: from(['one-to-one', 'one-to-many', 'many-to-many'], 5),
      }
    case 'relationships.update':
      return {
        id: foreignKey,
        relationType: from(['one-to-one', 'one-to-many', 'many-to-many'], 1),
        onDelete: from(['setNull', 'cascade'], 2),
      }
    case 'relationships.delete':
      return { id: foreignKey }
    case 'enumTypes.create':
      return { id: newId(), name: from(enumNames, 0), values: ['x', 'y'] }
    case 'enumTypes.update':
      return { id: row('enumType', 0), name: from(enumNames, 1), renameValue: { from: 'x', to: from(['x', 'z'], 2) } }
    case 'enumTypes.delete':
      return { id: row('enumType', 0) }
    case 'indexes.create':
      return {
        id: newId(),
        tableId: table?.id,
        elements: [{ columnId: columnOf(table, 1) }],
        unique: yesNo(number(2)),
        predicate: number(3) % 3 === 0 ? '1 > 0' : null,
        ...(number(4) % 2 ? { name: from(names, 5) } : {}),
      }
    case 'indexes.delete':
      return { id: row('index', 0) }
    case 'views.update':
      return {
        id: row('view', 0),
        ...from([{ name: from(names, 2) }, place, { definition: 'SELECT 1 AS id' }, { materialized: yesNo(number(2)) ?? false }], 1),
      }
    case 'views.delete':
      return { id: row('view', 0) }
    case 'schema.import':
      return { idSeed: newId(), schema: imported, mode: number(0) % 4 === 0 ? 'replace' : 'merge' }
    default: {
      const make = objectEdits[name]
      if (make) return make({ view, number, from, newId, careful: defaults !== expressions })
      throw new Error(`${name} has no arguments here: add them, so that it is tested`)
    }
  }
}

const yesNo = (number: number): boolean | undefined => [true, false, undefined][number % 3]

const imported = aSchema({
  views: [aView({ name: 'v', definition: 'SELECT users.id FROM public.users' }), aView({ name: 'w', definition: 'SELECT v.id FROM v' })],
  tables: [
    aTable({
      name: 'users',
      columns: [aColumn({ name: 'id', type: 'uuid', nullable: false })],
      constraints: [aPrimaryKey({ name: 'users_pkey', columns: ['id'] })],
    }),
    aTable({
      name: 'tags',
      columns: [aColumn({ name: 'a', type: 'uuid' })],
      constraints: [
        aForeignKey({ name: 'tags_a_fkey', columns: ['a'], references: { namespace: 'public', table: 'users', columns: ['id'] } }),
      ],
    }),
  ],
})
