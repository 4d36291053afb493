import { quoteName, quoteQualified } from '#core/dialects/postgres.ts'
import {
  aBaseType,
  aCast,
  aCollation,
  aConversion,
  aForeignDataWrapper,
  aForeignServer,
  aLanguage,
  anAccessMethod,
  anArgument,
  anOperator,
  anOperatorClass,
  anOperatorFamily,
  aPublication,
  aRangeType,
  aRoutine,
  aTextSearchConfiguration,
  aTextSearchDictionary,
  aTextSearchParser,
  aTextSearchTemplate,
  aTransform,
  aUserMapping,
  type ObjectName,
  type OperatorClass,
  type Routine,
  type Schema,
  type Table,
} from '#core/schema/index.ts'
import type { Chooser } from './chooser.ts'

// The kinds of objects that few schemas have, made of functions that every PostgreSQL has inside. Names are spelt as the importer spells them.

/** A function, operator or collation of the schema, as texts name it. */
const spelt = (name: ObjectName): string => quoteQualified(name, { always: true })

/** Functions of the server under another name: `LANGUAGE internal`. */
const inner = (name: ObjectName, symbol: string, [returns, ...types]: readonly string[]): Routine =>
  aRoutine({
    ...name,
    arguments: types.map((type) => anArgument({ type })),
    returns: returns ?? null,
    language: 'internal',
    volatility: 'immutable',
    strict: true,
    body: { kind: 'string', text: symbol },
  })

/** A base type that behaves like integer, with all it needs to be sorted and converted. */
interface OwnType {
  readonly type: Schema['baseTypes'][number]
  readonly routines: readonly Routine[]
  readonly operators: Schema['operators']
  readonly families: Schema['operatorFamilies']
  readonly classes: Schema['operatorClasses']
  readonly casts: Schema['casts']
}

const comparisons = [
  ['<', 'int4lt'],
  ['<=', 'int4le'],
  ['=', 'int4eq'],
  ['>=', 'int4ge'],
  ['>', 'int4gt'],
] as const
const commutators: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '=': '=', '>=': '<=', '>': '<' }
const negators: Readonly<Record<string, string>> = { '<': '>=', '<=': '>', '>=': '<', '>': '<=' }

export function ownType(maker: Chooser): OwnType {
  const name = maker.objectName()
  const type = quoteQualified(name)
  const routine = (symbol: string, types: readonly string[]): Routine => inner(maker.objectName(), symbol, types)
  const input = routine('int4in', [type, 'cstring'])
  const output = routine('int4out', ['cstring', type])
  const compare = routine('btint4cmp', ['integer', type, type])
  const tests = comparisons.map(([sign, symbol]) => ({ sign, test: routine(symbol, ['boolean', type, type]) }))
  const fromInteger = routine('int4abs', [type, 'integer'])
  const namespace = maker.pick(maker.namespaces)
  const nameOf = (sign: string): string => `${quoteName(namespace)}.${sign}`
  const operatorText = (sign: string): string => `OPERATOR(${nameOf(sign)})`
  const family = maker.chance() ? anOperatorFamily({ ...maker.objectName(), method: 'btree', comment: maker.comment() }) : null
  const opclass: OperatorClass = anOperatorClass({
    ...maker.objectName(),
    method: 'btree',
    type,
    isDefault: true,
    family: family ? { namespace: family.namespace, name: family.name } : null,
    elements: [
      ...tests.map(({ sign }, n) => ({ kind: 'operator' as const, number: n + 1, name: nameOf(sign), types: [type, type], orderBy: null })),
      { kind: 'function', number: 1, name: `${spelt(compare)}(${type}, ${type})`, types: [type, type], orderBy: null },
    ],
    comment: maker.comment(),
  })
  return {
    type: aBaseType({
      ...name,
      options: {
        input: spelt(input),
        output: spelt(output),
        ...(maker.chance() ? { like: 'integer' } : { internallength: '4', passedbyvalue: 'true', alignment: 'int4' }),
        ...(maker.chance() ? { category: "'N'", default: "'7'" } : {}),
      },
      comment: maker.comment(),
    }),
    routines: [input, output, compare, ...tests.map(({ test }) => test), fromInteger],
    operators: tests.map(({ sign, test }) =>
      anOperator({
        namespace,
        name: sign,
        left: type,
        right: type,
        function: spelt(test),
        commutator: operatorText(commutators[sign] ?? sign),
        negator: negators[sign] === undefined ? null : operatorText(negators[sign]),
        restrict: sign === '=' ? 'eqsel' : null,
        join: sign === '=' ? 'eqjoinsel' : null,
        merges: sign === '=',
        comment: maker.comment(),
      }),
    ),
    families: family ? [family] : [],
    classes: [opclass],
    casts: [
      aCast({ source: 'integer', target: type, method: 'function', function: `${spelt(fromInteger)}(integer)`, context: 'assignment' }),
      aCast({ source: type, target: 'integer', method: 'binary', context: maker.pick(['explicit', 'implicit']), comment: maker.comment() }),
      aCast({ source: type, target: 'text', method: 'inout' }),
    ],
  }
}

export const collation = (maker: Chooser): Schema['collations'][number] => {
  const name = { ...maker.objectName(), comment: maker.comment() }
  return maker.pick([
    aCollation({ ...name, locale: 'C' }),
    aCollation({ ...name, provider: 'icu', locale: 'und', deterministic: maker.chance() }),
    aCollation({ ...name, lcCollate: 'C', lcCtype: 'POSIX' }),
    aCollation({ ...name, from: '"C"' }),
  ])
}

/** Operators on types of the server, spelt as nothing of its own is. */
export function strayOperators(maker: Chooser, equal: Routine): Schema['operators'] {
  const sign = maker.pick(['===', '<#>', '~~~~', '@#', '&&&', '!==='])
  const name = { namespace: maker.pick(maker.namespaces), name: sign }
  return [
    anOperator({ ...name, left: 'integer', right: 'integer', function: spelt(equal), hashes: maker.chance(), comment: maker.comment() }),
  ]
}
export const equality = (maker: Chooser): Routine => inner(maker.objectName(), 'int4eq', ['boolean', 'integer', 'integer'])

/** A range over an own type or a plain one. */
export const rangeType = (maker: Chooser, subtype: string): Schema['rangeTypes'][number] => {
  const name = maker.objectName()
  return aRangeType({
    ...name,
    subtype,
    options: { multirange_type_name: quoteQualified({ namespace: name.namespace, name: maker.name() }, { always: true }) },
    comment: maker.comment(),
  })
}

/** Options with the names that break careless code. */
const options = (maker: Chooser): Readonly<Record<string, string>> =>
  Object.fromEntries(maker.names(maker.integer(0, 3)).map((name) => [name, maker.pick(['', "it's", 'a\\b', '$$', 'x'])]))

export function foreignData(maker: Chooser): Pick<Schema, 'foreignDataWrappers' | 'foreignServers' | 'userMappings'> {
  const foreignDataWrappers = maker.times(0, 2, () =>
    aForeignDataWrapper({ name: maker.name(), options: options(maker), comment: maker.comment() }),
  )
  const foreignServers = foreignDataWrappers.map((wrapper) =>
    aForeignServer({
      name: maker.name(),
      wrapper: wrapper.name,
      type: maker.chance() ? "it's" : null,
      version: maker.chance() ? '1' : null,
      options: options(maker),
      comment: maker.comment(),
    }),
  )
  const userMappings = foreignServers.map((server) =>
    aUserMapping({ user: maker.pick(['public', 'postgres', 'current_user']), server: server.name, options: options(maker) }),
  )
  return { foreignDataWrappers, foreignServers, userMappings }
}

/** A parser, a template, a dictionary and a configuration that use each other. */
export function textSearch(maker: Chooser): Schema['textSearch'] {
  const named = () => ({ ...maker.objectName(), comment: maker.comment() })
  const parser = aTextSearchParser({
    ...named(),
    options: { start: 'prsd_start', gettoken: 'prsd_nexttoken', end: 'prsd_end', lextypes: 'prsd_lextype', headline: 'prsd_headline' },
  })
  const template = aTextSearchTemplate({ ...named(), options: { init: 'dsimple_init', lexize: 'dsimple_lexize' } })
  const dictionary = aTextSearchDictionary({ ...named(), template: spelt(template), options: maker.chance() ? { accept: 'false' } : {} })
  const configuration = aTextSearchConfiguration({
    ...named(),
    parser: spelt(parser),
    mappings: [
      { token: 'word', dictionaries: [spelt(dictionary), 'simple'] },
      { token: 'asciiword', dictionaries: [spelt(dictionary), 'simple'] },
      { token: 'email', dictionaries: ['simple'] },
    ],
  })
  return [parser, template, dictionary, configuration]
}

/** What extends the server: a language with a routine in it, a transform, a conversion, access methods. */
export function extending(maker: Chooser, type: string | undefined) {
  const languages = maker.times(0, 1, () =>
    aLanguage({
      // One letter would be the language C.
      name: maker.name().replace(/^[a-z]$/, 'basic'),
      trusted: maker.chance(),
      handler: 'plpgsql_call_handler',
      inline: 'plpgsql_inline_handler',
      validator: 'plpgsql_validator',
      comment: maker.comment(),
    }),
  )
  const [language] = languages
  const transforms =
    language && type !== undefined
      ? [aTransform({ type, language: language.name, fromSql: 'textlike_support(internal)', comment: maker.comment() })]
      : []
  const routines = languages.map(({ name }) =>
    aRoutine({
      ...maker.objectName(),
      arguments: type === undefined ? [] : [anArgument({ type })],
      returns: 'integer',
      language: name,
      transforms: type === undefined ? [] : [type],
      body: { kind: 'string', text: 'BEGIN RETURN 1; END' },
    }),
  )
  const conversions = maker.times(0, 1, () =>
    aConversion({
      ...maker.objectName(),
      from: 'UTF8',
      to: 'LATIN1',
      function: 'utf8_to_iso8859_1',
      isDefault: maker.chance(),
      comment: maker.comment(),
    }),
  )
  const accessMethods = maker.times(0, 1, () =>
    maker.chance(0.5)
      ? anAccessMethod({ name: maker.name(), kind: 'index', handler: 'bthandler', comment: maker.comment() })
      : anAccessMethod({ name: maker.name(), kind: 'table', handler: 'heap_tableam_handler', comment: maker.comment() }),
  )
  return { languages, transforms, routines, conversions, accessMethods }
}

export function publications(maker: Chooser, tables: readonly Table[]): Schema['publications'] {
  const published = tables.filter(({ foreign, unlogged }) => !foreign && !unlogged)
  return maker
    .times(0, 2, (n) =>
      aPublication({
        name: maker.name(),
        allTables: n === 0 && maker.chance(),
        comment: maker.comment(),
        options: maker.chance() ? { publish: 'insert, delete' } : {},
      }),
    )
    .map((publication) => {
      if (publication.allTables) return publication
      return {
        ...publication,
        tables: published
          .filter(() => maker.chance(0.5))
          .map((table) => ({
            table: { namespace: table.namespace, name: table.name },
            only: false,
            columns: maker.chance() && !table.columns.some(({ generated }) => generated) ? table.columns.map(({ name }) => name) : [],
            where: maker.chance() ? '1 = 1' : null,
          })),
        namespaces: [],
      }
    })
}

/** Grants to roles that every server has. */
export function privileges(maker: Chooser, schema: Schema): Schema['privileges'] {
  const roles = () => [maker.pick(['public', 'postgres', 'pg_read_all_data'])]
  const all = { defaults: null, grantOption: false, allIn: false, grantedBy: null, cascade: false } as const
  const named = ({ namespace, name }: ObjectName) => [{ namespace, name, arguments: null }]
  return [
    ...schema.tables.flatMap((table) => {
      const columns = maker.chance() ? table.columns.map(({ name }) => name) : []
      return [
        {
          ...all,
          kind: 'grant' as const,
          on: 'table' as const,
          privileges: [{ name: 'SELECT', columns }],
          objects: named(table),
          roles: roles(),
        },
        { ...all, kind: 'revoke' as const, on: 'table' as const, privileges: [], objects: named(table), roles: ['postgres'] },
      ]
    }),
    ...schema.enums.map((type) => ({
      ...all,
      kind: 'grant' as const,
      on: 'type' as const,
      privileges: [{ name: 'USAGE', columns: [] }],
      objects: named(type),
      roles: roles(),
    })),
    ...schema.namespaces.map(({ name }) => ({
      ...all,
      kind: 'grant' as const,
      on: 'namespace' as const,
      grantOption: true,
      privileges: [{ name: 'CREATE', columns: [] }],
      objects: [{ namespace: null, name, arguments: null }],
      roles: ['postgres'],
    })),
    ...schema.foreignServers.map(({ name }) => ({
      ...all,
      kind: 'grant' as const,
      on: 'foreignServer' as const,
      privileges: [{ name: 'USAGE', columns: [] }],
      objects: [{ namespace: null, name, arguments: null }],
      roles: roles(),
    })),
    ...maker.times(0, 1, () => ({
      ...all,
      kind: 'grant' as const,
      on: 'table' as const,
      defaults: { roles: maker.chance() ? ['postgres'] : [], namespaces: maker.chance() ? [maker.pick(maker.namespaces)] : [] },
      privileges: [{ name: 'SELECT', columns: [] }],
      objects: [],
      roles: ['public'],
    })),
  ]
}
