import { z } from 'zod'
import { fieldsOf, flag, factory, list, maybe, shape, sqlText } from './shape.ts'
import { objectNameShape } from './names.ts'
import { sequenceShape } from './sequence.ts'
import { tableShape } from './table.ts'
import { eventTriggerShape } from './trigger.ts'
import { collationShape } from './collation.ts'
import { foreignDataWrapperShape, foreignServerShape, userMappingShape } from './foreign-data.ts'
import { accessMethodShape, conversionShape, languageShape, transformShape } from './language.ts'
import { castShape, operatorClassShape, operatorFamilyShape, operatorShape } from './operator.ts'
import { privilegeShape } from './privilege.ts'
import { publicationShape } from './publication.ts'
import { textSearchShape } from './text-search.ts'
import { baseTypeShape, compositeTypeShape, domainShape, enumShape, rangeTypeShape } from './types.ts'
import { routineShape } from './routine.ts'
import { viewShape } from './view.ts'

export const namespaceShape = shape({ name: z.string(), owner: maybe(z.string()), comment: maybe(z.string()) })
export type Namespace = z.output<typeof namespaceShape>
export const aNamespace = factory(namespaceShape)

export const extensionShape = shape({
  name: z.string(),
  namespace: maybe(z.string()),
  version: maybe(z.string()),
  comment: maybe(z.string()),
})
export type Extension = z.output<typeof extensionShape>
export const anExtension = factory(extensionShape)

/** Extended statistics (`CREATE STATISTICS`). */
export const statisticsShape = shape({
  namespace: z.string().default('public'),
  name: z.string(),
  /** `ndistinct`, `dependencies`, `mcv`; empty = all. */
  kinds: list(z.string()),
  /** Columns or expressions as SQL writes them. */
  elements: z.array(sqlText).readonly(),
  table: objectNameShape,
  target: maybe(z.number().int()),
  searchPath: maybe(z.string()),
  owner: maybe(z.string()),
  comment: maybe(z.string()),
})
export type Statistics = z.output<typeof statisticsShape>
export const aStatistics = factory(statisticsShape)

/** A statement that has no typed place (a DO block, a call, something newer than we are): kept word for word and written out again in its place. */
export const opaqueShape = shape({
  /** The statement without its final semicolon. */
  sql: sqlText,
  /** What it is, for people: `DO block`. */
  reason: z.string(),
  /** Where it stood: the n-th statement of the source, and its line. */
  position: shape({ statement: z.number().int(), line: z.number().int() }),
  /** Objects it brings into being, so that what uses them comes later. */
  defines: list(objectNameShape),
  /** Must come after everything else (a comment on, or a change of, an object that exists by then). */
  late: flag,
  searchPath: maybe(z.string()),
})
export type Opaque = z.output<typeof opaqueShape>
export const anOpaque = factory(opaqueShape)

export const dialects = ['postgres', 'mysql', 'sqlite', 'clickhouse'] as const
export type Dialect = (typeof dialects)[number]

/** The whole model: everything `pg_dump --schema-only` prints has its place here. Lists keep source order. */
export const schemaShape = shape({
  dialect: z.enum(dialects).default('postgres'),
  namespaces: list(namespaceShape),
  extensions: list(extensionShape),
  enums: list(enumShape),
  domains: list(domainShape),
  compositeTypes: list(compositeTypeShape),
  rangeTypes: list(rangeTypeShape),
  baseTypes: list(baseTypeShape),
  collations: list(collationShape),
  sequences: list(sequenceShape),
  tables: list(tableShape),
  views: list(viewShape),
  routines: list(routineShape),
  eventTriggers: list(eventTriggerShape),
  statistics: list(statisticsShape),
  operators: list(operatorShape),
  operatorFamilies: list(operatorFamilyShape),
  operatorClasses: list(operatorClassShape),
  casts: list(castShape),
  textSearch: list(textSearchShape),
  languages: list(languageShape),
  transforms: list(transformShape),
  conversions: list(conversionShape),
  accessMethods: list(accessMethodShape),
  foreignDataWrappers: list(foreignDataWrapperShape),
  foreignServers: list(foreignServerShape),
  userMappings: list(userMappingShape),
  publications: list(publicationShape),
  privileges: list(privilegeShape),
  opaque: list(opaqueShape),
})
export type Schema = z.output<typeof schemaShape>
export const aSchema = factory(schemaShape)

/** The lists that a schema is made of, in the order of the shape. */
export type SchemaList = Exclude<keyof Schema, 'dialect'>
export const schemaLists = Object.keys(fieldsOf(schemaShape)).filter((key): key is SchemaList => key !== 'dialect')
