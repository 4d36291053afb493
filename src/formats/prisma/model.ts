import type { Index, PrimaryKey, Table, Unique } from '#core/schema/index.ts'
import { columnOf, isNullable } from '../shared/orm/catalog.ts'
import type { Context } from './context.ts'
import { prismaType, type PrismaType } from './types.ts'

/** What makes rows different, as Prisma has it: a unique constraint and a unique index are the same to it. */
export interface UniqueKey {
  readonly name: string
  readonly columns: readonly string[]
  readonly source: Unique | Index
}

/** A table on its way to a model. */
export interface Model {
  readonly table: Table
  readonly types: ReadonlyMap<string, PrismaType>
  readonly primaryKey: PrimaryKey | undefined
  readonly uniques: readonly UniqueKey[]
  /** Without a key whose fields are all required, the client cannot work with the model. */
  readonly isIgnored: boolean
}

export function modelOf(context: Context, table: Table): Model {
  const types = new Map(
    table.columns.map((column) => [column.name, prismaType(context, context.catalog.type(column.type, table.searchPath))]),
  )
  const found = table.constraints.find((constraint) => constraint.kind === 'primaryKey')
  const primaryKey = found?.kind === 'primaryKey' && canBeId(found, table, types) ? found : undefined
  const uniques = [...table.constraints, ...table.indexes].flatMap((source): readonly UniqueKey[] => {
    if ('kind' in source) {
      const isPlain = source.kind === 'unique' && !source.withoutOverlaps && source.columns.every((name) => columnOf(table, name))
      return isPlain ? [{ name: source.name, columns: source.columns, source }] : []
    }
    return isPlainUnique(table, source) ? [{ name: source.name, columns: source.elements.map(({ column }) => column ?? ''), source }] : []
  })
  const isRequired = (name: string): boolean => {
    const column = columnOf(table, name)
    const type = types.get(name)
    return column !== undefined && type !== undefined && !isNullable(table, column) && !type.isUnsupported && !type.isList
  }
  const keys = [...(primaryKey ? [primaryKey.columns] : []), ...uniques.map(({ columns }) => columns)]
  return { table, types, primaryKey, uniques, isIgnored: !keys.some((columns) => columns.length > 0 && columns.every(isRequired)) }
}

/** Prisma's ids cannot hold lists. */
const canBeId = (key: PrimaryKey, table: Table, types: ReadonlyMap<string, PrismaType>): boolean =>
  key.columns.length > 0 && !key.withoutOverlaps && key.columns.every((name) => columnOf(table, name) && !types.get(name)?.isList)

/** A unique index that Prisma can say as `@unique`: no expression, no predicate. */
const isPlainUnique = (table: Table, index: Index): boolean =>
  index.unique &&
  index.method === 'btree' &&
  index.predicate === null &&
  index.elements.length > 0 &&
  index.elements.every(({ column }) => column !== null && columnOf(table, column) !== undefined)
