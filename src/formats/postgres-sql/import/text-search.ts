import {
  aTextSearchConfiguration,
  aTextSearchDictionary,
  aTextSearchParser,
  aTextSearchTemplate,
  nameKey,
  type ObjectName,
} from '#core/schema/index.ts'
import type { AlterTSConfigurationStmt, AlterTSDictionaryStmt, DefineStmt } from 'libpg-query'
import { all, strings } from './ast.ts'
import type { Item } from './draft.ts'
import { functionText, namesIn, textSearchText } from './object-names.ts'
import { keepDefinition, keepVerbatim } from './opaque.ts'
import { addPlain, byNames, isThere } from './plain-objects.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { builtinMappings, inTokenOrder, isDefaultParser } from './text-search-builtin.ts'
import { valueText } from './values.ts'

// CREATE and ALTER TEXT SEARCH.

type Configuration = Extract<Item<'textSearch'>, { kind: 'configuration' }>
type Dictionary = Extract<Item<'textSearch'>, { kind: 'dictionary' }>

export function createTextSearch(st: Statement, node: DefineStmt, kind: Item<'textSearch'>['kind']): Handled {
  const name = st.newNameOf(node.defnames)
  const existing = st.catalog.kinds.named('textSearch', nameKey(name)).find((other) => other.kind === kind)
  isThere(existing, `text search ${kind} "${name.name}"`, false)
  const object = kind === 'configuration' ? configuration(st, node, name) : other(st, node, name, kind)
  if (!object) return keepDefinition(st, 'CREATE TEXT SEARCH CONFIGURATION', name, 'other')
  addPlain(st, 'textSearch', object)
  return undefined
}

function other(st: Statement, node: DefineStmt, name: ObjectName, kind: 'parser' | 'template' | 'dictionary'): Item<'textSearch'> {
  const options: Record<string, string> = {}
  let template = ''
  for (const { defname = '', arg } of all(node.definition, 'DefElem')) {
    if (kind !== 'dictionary') options[defname] = functionText(st, namesIn(arg))
    else if (defname === 'template') template = textSearchText(st, 'template', namesIn(arg))
    else options[defname] = valueText(arg)
  }
  const searchPath = st.searchPath
  if (kind === 'parser') return { ...aTextSearchParser({ ...name, options, searchPath }) } as Item<'textSearch'>
  if (kind === 'template') return { ...aTextSearchTemplate({ ...name, options, searchPath }) } as Item<'textSearch'>
  return { ...aTextSearchDictionary({ ...name, template, options, searchPath }) } as Item<'textSearch'>
}

/** A configuration, with the mappings of the one it copies. Undefined when that one is known to PostgreSQL only. */
function configuration(st: Statement, node: DefineStmt, name: ObjectName): Configuration | undefined {
  const options = new Map(all(node.definition, 'DefElem').map(({ defname, arg }) => [defname, namesIn(arg)]))
  const copied = options.get('copy')
  if (!copied) {
    const parser = textSearchText(st, 'parser', options.get('parser') ?? [])
    return { ...aTextSearchConfiguration({ ...name, parser, searchPath: st.searchPath }), mappings: [] } as Configuration
  }
  const original = byNames(st, 'textSearch', copied, ({ kind }) => kind === 'configuration')
  if (original?.kind === 'configuration')
    return { ...original, ...name, mappings: original.mappings.map(copyMapping), owner: null, comment: null }
  const builtin = copied.length === 1 || copied.at(-2) === 'pg_catalog' ? builtinMappings(copied.at(-1) ?? '') : undefined
  if (!builtin) return undefined
  return { ...aTextSearchConfiguration({ ...name, parser: '"default"' }), mappings: builtin.map(copyMapping) } as Configuration
}

const copyMapping = ({ token, dictionaries }: { token: string; dictionaries: readonly string[] }) => ({
  token,
  dictionaries: [...dictionaries],
})

export function alterDictionary(st: Statement, node: AlterTSDictionaryStmt): Handled {
  const dictionary = byNames(st, 'textSearch', strings(node.dictname), ({ kind }) => kind === 'dictionary') as Dictionary | undefined
  if (!dictionary) return keepVerbatim(st, 'ALTER TEXT SEARCH DICTIONARY', { late: true })
  const options = { ...dictionary.options }
  for (const { defname = '', arg } of all(node.options, 'DefElem')) {
    if (arg === undefined) delete options[defname]
    else options[defname] = valueText(arg)
  }
  dictionary.options = options
  return undefined
}

export function alterConfiguration(st: Statement, node: AlterTSConfigurationStmt): Handled {
  const found = byNames(st, 'textSearch', strings(node.cfgname), ({ kind }) => kind === 'configuration') as Configuration | undefined
  if (!found) return keepVerbatim(st, 'ALTER TEXT SEARCH CONFIGURATION', { late: true })
  const tokens = strings(node.tokentype)
  const dictionaries = (node.dicts ?? []).map((names) => textSearchText(st, 'dictionary', namesIn(names)))
  const concerns = (token: string): boolean => tokens.length === 0 || tokens.includes(token)
  switch (node.kind) {
    case 'ALTER_TSCONFIG_ADD_MAPPING':
      for (const token of tokens)
        if (found.mappings.some((mapping) => mapping.token === token))
          throw new Refusal('duplicate-object', `text search configuration "${found.name}" maps "${token}" already`)
      for (const token of tokens) found.mappings.push({ token, dictionaries: [...dictionaries] })
      break
    case 'ALTER_TSCONFIG_ALTER_MAPPING_FOR_TOKEN':
      found.mappings = found.mappings.filter(({ token }) => !concerns(token))
      for (const token of tokens) found.mappings.push({ token, dictionaries: [...dictionaries] })
      break
    case 'ALTER_TSCONFIG_REPLACE_DICT':
    case 'ALTER_TSCONFIG_REPLACE_DICT_FOR_TOKEN': {
      const [from, to = ''] = dictionaries
      for (const mapping of found.mappings)
        if (concerns(mapping.token)) mapping.dictionaries = mapping.dictionaries.map((name) => (name === from ? to : name))
      break
    }
    case 'ALTER_TSCONFIG_DROP_MAPPING':
      found.mappings = found.mappings.filter(({ token }) => !concerns(token))
      break
  }
  if (isDefaultParser(found.parser)) found.mappings = inTokenOrder(found.mappings)
  found.searchPath ??= st.searchPath
  return undefined
}
