import { createColumn, removeColumn, reorderColumns, updateColumn } from './columns.ts'
import { duplicateTable } from './duplicate-table.ts'
import { createEnumType, deleteEnumType, updateEnumType } from './enum-types.ts'
import { importSchema } from './import-schema.ts'
import { createIndex, deleteIndex } from './indexes.ts'
import type { Mutation } from './mutation.ts'
import { createRelationship, deleteRelationship, updateRelationship } from './relationships.ts'
import { createTable, deleteTables, moveTables, updateTable } from './tables.ts'
import { deleteView, updateView } from './views.ts'

const list = [
  createTable,
  updateTable,
  moveTables,
  deleteTables,
  duplicateTable,
  createColumn,
  updateColumn,
  removeColumn,
  reorderColumns,
  createRelationship,
  updateRelationship,
  deleteRelationship,
  createEnumType,
  updateEnumType,
  deleteEnumType,
  createIndex,
  deleteIndex,
  updateView,
  deleteView,
  importSchema,
] as const

/** Every mutation by name. A Map, so that names like `__proto__` find nothing. Each validates its own arguments, so here their types do not matter. */
export const mutations: ReadonlyMap<string, Mutation> = new Map(list.map((mutation) => [mutation.name, mutation as unknown as Mutation]))
