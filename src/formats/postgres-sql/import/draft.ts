import type { Column, Constraint, Domain, Index, ObjectName, Schema, Table, View } from '#core/schema/index.ts'
import { aView, plainNotNull } from '#core/schema/index.ts'

/** The same shape, open to change: what the importer works on until the schema is finished. */
export type Draft<T> = T extends readonly (infer U)[]
  ? Draft<U>[]
  : T extends object
    ? // Dictionaries (options) are replaced, never changed.
      string extends keyof T
      ? T
      : { -readonly [K in keyof T]: Draft<T[K]> }
    : T

export type TableDraft = Draft<Table>
export type ColumnDraft = Draft<Column>
export type ConstraintDraft = Draft<Constraint>
export type IndexDraft = Draft<Index>
export type ViewDraft = Draft<View>
export type DomainDraft = Draft<Domain>
export type Item<K extends keyof Schema> = Schema[K] extends readonly (infer U)[] ? Draft<U> : never

const noOptions = {}

/** Lists of their own: the factories' defaults are shared and must not be changed. Written out, as they are many. */
export function newTable(name: ObjectName): TableDraft {
  return {
    namespace: name.namespace,
    name: name.name,
    columns: [],
    constraints: [],
    indexes: [],
    triggers: [],
    policies: [],
    rules: [],
    unlogged: false,
    rowSecurity: false,
    forceRowSecurity: false,
    replicaIdentity: null,
    clusteredOn: null,
    partitionBy: null,
    partitionOf: null,
    inherits: [],
    ofType: null,
    options: noOptions,
    accessMethod: null,
    tablespace: null,
    foreign: null,
    searchPath: null,
    owner: null,
    comment: null,
  }
}

export const newRoutine = ({ namespace, name }: ObjectName, kind: Item<'routines'>['kind']): Item<'routines'> => ({
  namespace,
  name,
  kind,
  arguments: [],
  orderBy: [],
  returns: null,
  returnsSet: false,
  language: null,
  volatility: 'volatile',
  strict: false,
  securityDefiner: false,
  leakproof: false,
  window: false,
  parallel: 'unsafe',
  cost: null,
  rows: null,
  support: null,
  transforms: [],
  settings: noOptions,
  body: null,
  aggregate: noOptions,
  searchPath: null,
  owner: null,
  comment: null,
})

export function newView(name: ObjectName, definition: string): ViewDraft {
  return { ...aView({ ...name, definition }), columnNames: [], columns: [], indexes: [], triggers: [], rules: [] } as ViewDraft
}

/** Written out, and not made by the factory: there are many of them. */
export const newColumn = (name: string, type: string): ColumnDraft => ({
  name,
  type,
  nullable: true,
  default: null,
  identity: null,
  generated: null,
  collation: null,
  storage: null,
  compression: null,
  statistics: null,
  options: noOptions,
  foreignOptions: noOptions,
  inherited: false,
  ...plainNotNull,
  comment: null,
})

/** A deep copy of plain data. */
export function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T
  if (typeof value !== 'object' || value === null) return value
  const result: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) result[key] = copy(inner)
  return result as T
}
