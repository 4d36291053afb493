import { canonicalType, findType, typeCategory, typeParts, type TypeCategory } from './postgres-types.ts'

const scalars = ['numeric', 'text', 'boolean', 'datetime', 'uuid', 'binary', 'network'] as const
const multiranges = ['int4', 'int8', 'num', 'date', 'ts', 'tstz'].map((of) => `${of}multirange`)

/** What each method of PostgreSQL's own has a default operator class for: by category, but for some types (`pg_opclass` of PostgreSQL 13 to 18). */
const methods: ReadonlyMap<
  string,
  { readonly categories: ReadonlySet<TypeCategory>; readonly except?: readonly string[]; readonly also?: readonly string[] }
> = new Map([
  ['btree', { categories: new Set([...scalars, 'array', 'enum', 'range', 'search', 'json']), except: ['json', 'jsonpath'] }],
  [
    'hash',
    { categories: new Set([...scalars, 'array', 'enum', 'range', 'json']), except: ['json', 'jsonpath', 'money', 'bit', 'bit varying'] },
  ],
  ['brin', { categories: new Set([...scalars, 'range']), except: ['boolean', 'money', ...multiranges], also: ['box'] }],
  ['gin', { categories: new Set(['array']), also: ['tsvector', 'jsonb'] }],
  ['gist', { categories: new Set(['range', 'search']), also: ['point', 'box', 'polygon', 'circle'] }],
  [
    'spgist',
    { categories: new Set(['range']), except: multiranges, also: ['text', 'character varying', 'point', 'box', 'polygon', 'inet', 'cidr'] },
  ],
])

/**
 * Whether an index of a method takes a type without an operator class being named. Undefined when that is not known: the method or type is an
 * extension's, or the type is not one of those that a schema of its own defines (`userTypes`, see `userTypeCategories`).
 */
export function hasDefaultOperatorClass(method: string, type: string, userTypes: ReadonlyMap<string, TypeCategory>): boolean | undefined {
  const known = methods.get(method)
  const category = typeCategory(type, userTypes)
  const { name } = typeParts(canonicalType(type))
  if (!known || name === 'citext' || (category === 'other' && name !== 'xml')) return undefined
  if (category !== 'array' && findType(name)) {
    if (known.also?.includes(name)) return true
    if (known.except?.includes(name)) return false
  }
  return known.categories.has(category)
}
