import { createRequire } from 'node:module'

// What a datamodel says, in the names of the database: for comparing two of them whatever their models and fields are called.

interface Field {
  readonly name: string
  readonly dbName?: string | null
  readonly kind: string
  readonly type: string
  readonly isList: boolean
  readonly isRequired: boolean
  readonly isId: boolean
  readonly isUnique: boolean
  readonly default?: unknown
  readonly nativeType?: readonly [string, readonly string[]] | null
  readonly relationFromFields?: readonly string[]
  readonly relationToFields?: readonly string[]
  readonly relationOnDelete?: string
  readonly relationOnUpdate?: string
}
interface Model {
  readonly name: string
  readonly dbName?: string | null
  readonly schema?: string | null
  readonly fields: readonly Field[]
  readonly primaryKey?: { readonly fields: readonly string[] } | null
  readonly uniqueFields: readonly (readonly string[])[]
}
interface Enum {
  readonly name: string
  readonly dbName?: string | null
  readonly values: readonly { readonly name: string; readonly dbName?: string | null }[]
}
interface Datamodel {
  readonly models: readonly Model[]
  readonly enums: readonly Enum[]
}

/** Every table's columns, keys and foreign keys as lines of text. Undefined when Prisma does not accept the datamodel. */
export function modelsOf(datamodel: string): ReadonlyMap<string, readonly string[]> | undefined {
  const { get_dmmf: dmmf } = createRequire(import.meta.url)('@prisma/prisma-schema-wasm') as { get_dmmf: (params: string) => string }
  let found: Datamodel
  try {
    found = (JSON.parse(dmmf(JSON.stringify({ prismaSchema: [['schema.prisma', datamodel]], noColor: true }))) as { datamodel: Datamodel })
      .datamodel
  } catch {
    return undefined
  }
  return new Map(found.models.map((model) => [tableOf(model), linesOf(found, model)]))
}

const tableOf = ({ schema, dbName, name }: Model): string => `${schema ?? 'public'}.${dbName ?? name}`

function linesOf(all: Datamodel, model: Model): readonly string[] {
  const columns = (of: Model, names: readonly string[]): string =>
    names.map((name) => of.fields.find((field) => field.name === name)?.dbName ?? name).join(', ')
  const fields = model.fields.filter(({ kind }) => kind !== 'object').map((field) => fieldLine(all, field))
  const relations = model.fields.flatMap((field) => {
    const to = all.models.find(({ name }) => name === field.type)
    if (field.kind !== 'object' || !to || !field.relationFromFields?.length) return []
    const actions = `${field.relationOnDelete ?? ''} ${field.relationOnUpdate ?? ''}`
    return [`(${columns(model, field.relationFromFields)}) -> ${tableOf(to)} (${columns(to, field.relationToFields ?? [])}) ${actions}`]
  })
  const keys = [
    ...(model.primaryKey ? [`id (${columns(model, model.primaryKey.fields)})`] : []),
    ...model.uniqueFields.map((names) => `unique (${columns(model, names)})`),
  ]
  return [...fields, ...relations, ...keys].sort()
}

function fieldLine({ enums }: Datamodel, field: Field): string {
  const type = enums.find(({ name }) => name === field.type)
  const native = field.nativeType
    ? `@${field.nativeType[0]}(${field.nativeType[1].join()})`.replace(/^(@Time(?:stamp)?(?:tz)?)\(6\)$/, '$1()')
    : ''
  const value = (one: unknown): unknown => type?.values.find(({ name }) => name === one)?.dbName ?? one
  const given = Array.isArray(field.default) ? field.default.map(value) : value(field.default)
  const marks = [field.isList ? '[]' : '', field.isRequired ? '' : '?', field.isId ? ' id' : '', field.isUnique ? ' unique' : ''].join('')
  const name = type ? (type.dbName ?? type.name) : field.type
  return `${field.dbName ?? field.name} ${name}${marks} ${native} ${given === undefined ? '' : JSON.stringify(given)}`
}
