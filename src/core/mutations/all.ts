import { createCheck, deleteCheck, updateCheck } from './checks.ts'
import { createColumn, removeColumn, reorderColumns, updateColumn } from './columns.ts'
import { setComment } from './comments.ts'
import { compositeTypes } from './composite-types.ts'
import { domains } from './domains.ts'
import { duplicateTable } from './duplicate-table.ts'
import { createEnumType, deleteEnumType, updateEnumType } from './enum-types.ts'
import { eventTriggers } from './event-triggers.ts'
import { createExclusion, deleteExclusion, updateExclusion } from './exclusions.ts'
import { extensions } from './extensions.ts'
import { importSchema } from './import-schema.ts'
import { createIndex, deleteIndex, updateIndex } from './indexes.ts'
import { createKey, deleteKey, updateKey } from './keys.ts'
import type { Mutation } from './mutation.ts'
import { namespaces } from './namespaces.ts'
import { createObject, deleteObject, updateObject } from './objects.ts'
import { createPolicy, deletePolicy, updatePolicy } from './policies.ts'
import { rangeTypes } from './range-types.ts'
import { createRelationship, deleteRelationship, updateRelationship } from './relationships.ts'
import { routines } from './routines.ts'
import { createRule, deleteRule, updateRule } from './rules.ts'
import { createSequence, deleteSequence, updateSequence } from './sequences.ts'
import { statistics } from './statistics.ts'
import { configureTable } from './table-settings.ts'
import { createTable, deleteTables, moveTables, updateTable } from './tables.ts'
import { createTrigger, deleteTrigger, updateTrigger } from './triggers.ts'
import { createView, deleteView, updateView } from './views.ts'

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
  configureTable,
  createIndex,
  updateIndex,
  deleteIndex,
  createKey,
  updateKey,
  deleteKey,
  createCheck,
  updateCheck,
  deleteCheck,
  createExclusion,
  updateExclusion,
  deleteExclusion,
  createTrigger,
  updateTrigger,
  deleteTrigger,
  createPolicy,
  updatePolicy,
  deletePolicy,
  createRule,
  updateRule,
  deleteRule,
  createSequence,
  updateSequence,
  deleteSequence,
  ...namespaces,
  ...extensions,
  ...domains,
  ...compositeTypes,
  ...rangeTypes,
  ...routines,
  ...eventTriggers,
  ...statistics,
  createObject,
  updateObject,
  deleteObject,
  setComment,
  createView,
  updateView,
  deleteView,
  importSchema,
] as const

/** Every mutation by name. A Map, so that names like `__proto__` find nothing. Each validates its own arguments, so here their types do not matter. */
export const mutations: ReadonlyMap<string, Mutation> = new Map(list.map((mutation) => [mutation.name, mutation as unknown as Mutation]))
