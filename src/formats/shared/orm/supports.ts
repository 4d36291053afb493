import { unreachable } from '#core/unreachable.ts'
import type { ObjectName, Routine, Schema, SchemaList, TextSearch } from '#core/schema/index.ts'

/** Something that tables may need and that is no table: a type, a function, an operator … */
export interface Support {
  readonly list: SchemaList
  readonly item: object
  readonly name: ObjectName
  /** How texts speak of it: `f(`, `&&&`, or by its name alone. */
  readonly mention: 'call' | 'symbol' | 'name'
  readonly isType: boolean
  /** Types it is made of: they must be there before it. */
  readonly types: readonly string[]
  /** Texts of which everything must be there before it. */
  readonly texts: readonly string[]
  /** Queries: the same, and they may read tables. */
  readonly queries: readonly string[]
  /** Texts that are looked at when it is used. */
  readonly bodies: readonly string[]
  /** It comes along with these types. */
  readonly companionOf: readonly string[]
  readonly searchPath: string | null
}

/** Everything of a schema that tables may need. */
export function supportsOf(schema: Schema): readonly Support[] {
  return [
    ...schema.languages.map((one) =>
      support('languages', one, { namespace: '', name: one.name }, { texts: [one.handler, one.inline, one.validator].flatMap(called) }),
    ),
    ...schema.collations.map((one) => support('collations', one, one, { texts: one.from === null ? [] : [one.from] })),
    ...schema.domains.map((one) =>
      support('domains', one, one, {
        isType: true,
        types: [one.type],
        texts: [...present(one.collation), ...present(one.default), ...one.constraints.map(({ expression }) => expression)],
        searchPath: one.searchPath,
      }),
    ),
    ...schema.compositeTypes.map((one) =>
      support('compositeTypes', one, one, {
        isType: true,
        types: one.attributes.map(({ type }) => type),
        texts: one.attributes.flatMap(({ collation }) => present(collation)),
      }),
    ),
    ...schema.rangeTypes.map((one) =>
      support('rangeTypes', one, one, {
        isType: true,
        types: [one.subtype],
        texts: Object.values(one.options).flatMap(named),
        searchPath: one.searchPath,
      }),
    ),
    ...schema.baseTypes.map((one) =>
      // Its functions name the type: PostgreSQL has a shell of it before both, so they only come along.
      support('baseTypes', one, one, { isType: true, bodies: Object.values(one.options).flatMap(named), searchPath: one.searchPath }),
    ),
    ...schema.routines.map(routineSupport),
    ...operatorSupports(schema),
    ...schema.casts.map((one) =>
      support(
        'casts',
        one,
        { namespace: '', name: `${one.source} AS ${one.target}` },
        {
          types: [one.source, one.target],
          texts: called(one.function),
          companionOf: [one.source, one.target],
          searchPath: one.searchPath,
        },
      ),
    ),
    ...schema.textSearch.map(textSearchSupport),
  ]
}

type Parts = Partial<Omit<Support, 'list' | 'item' | 'name'>>
const support = (list: SchemaList, item: object, { namespace, name }: ObjectName, parts: Parts): Support => ({
  list,
  item,
  name: { namespace, name },
  mention: 'name',
  isType: false,
  types: [],
  texts: [],
  queries: [],
  bodies: [],
  companionOf: [],
  searchPath: null,
  ...parts,
})

const present = (text: string | null): readonly string[] => (text === null ? [] : [text])
/** A function's name as a call of it. */
const called = (name: string | null): readonly string[] => (name === null ? [] : [name.includes('(') ? name : `${name}()`])
/** A name that may be a function's or anything else's. */
const named = (name: string): readonly string[] => [name, `${name}()`]

function routineSupport(routine: Routine): Support {
  const args = [...routine.arguments, ...routine.orderBy]
  const { body } = routine
  return support('routines', routine, routine, {
    mention: 'call',
    types: [...args.map(({ type }) => type), ...present(routine.returns)],
    texts: [
      ...args.flatMap(({ default: value }) => present(value)),
      ...present(routine.language),
      ...called(routine.support),
      ...Object.values(routine.aggregate).flatMap(named),
    ],
    queries: body?.kind === 'sql' ? [body.text] : [],
    bodies: body?.kind === 'string' && /sql$/i.test(routine.language ?? '') ? [body.text] : [],
    searchPath: routine.searchPath,
  })
}

function operatorSupports(schema: Schema): readonly Support[] {
  const elements = (list: Schema['operatorClasses'][number]['elements']): readonly string[] =>
    list.flatMap(({ kind, name }) => (kind === 'function' ? called(name) : [name]))
  return [
    ...schema.operators.map((one) =>
      support('operators', one, one, {
        mention: 'symbol',
        types: [...present(one.left), ...present(one.right)],
        texts: called(one.function),
        // They may name each other: announced with the first.
        bodies: [...present(one.commutator), ...present(one.negator)],
        companionOf: [...present(one.left), ...present(one.right)],
        searchPath: one.searchPath,
      }),
    ),
    ...schema.operatorFamilies.map((one) =>
      support('operatorFamilies', one, one, { texts: elements(one.elements), searchPath: one.searchPath }),
    ),
    ...schema.operatorClasses.map((one) =>
      support('operatorClasses', one, one, {
        types: [one.type],
        texts: [...elements(one.elements), ...(one.family ? [one.family.name] : [])],
        companionOf: [one.type],
        searchPath: one.searchPath,
      }),
    ),
  ]
}

function textSearchSupport(one: TextSearch): Support {
  const texts = (): readonly string[] => {
    switch (one.kind) {
      case 'parser':
      case 'template':
        return Object.values(one.options).flatMap(called)
      case 'dictionary':
        return [one.template, ...Object.values(one.options)]
      case 'configuration':
        return [one.parser, ...one.mappings.flatMap(({ dictionaries }) => dictionaries)]
      default:
        return unreachable(one)
    }
  }
  return support('textSearch', one, one, { texts: texts(), searchPath: one.searchPath })
}
