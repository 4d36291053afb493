// What PostgreSQL brings along for full text search (its snowball_create.pl and wparser_def.c): configurations can be copied from it.

/** The token types of the default parser, in the order of `ts_token_type`. */
const tokenTypes =
  `asciiword word numword email url host sfloat version hword_numpart hword_part hword_asciipart blank tag protocol numhword
  asciihword hword url_path file float int uint entity`.split(/\s+/)
const ascii = new Set(['asciiword', 'hword_asciipart', 'asciihword'])
const words = new Set(['word', 'hword_part', 'hword'])
const unmapped = new Set(['blank', 'tag', 'protocol', 'entity'])

const languages = new Set(
  `arabic armenian basque catalan danish dutch english estonian finnish french german greek hindi hungarian indonesian irish italian lithuanian
  nepali norwegian portuguese romanian russian serbian spanish swedish tamil turkish yiddish`.split(/\s+/),
)
/** Languages without Latin letters of their own: Latin words are taken for English ones. */
const latinIsEnglish = new Set(['hindi', 'russian'])

interface Mapping {
  readonly token: string
  readonly dictionaries: readonly string[]
}

/** The mappings of a configuration that every server has; undefined for any other. */
export function builtinMappings(configuration: string): readonly Mapping[] | undefined {
  if (configuration !== 'simple' && !languages.has(configuration)) return undefined
  const stem = configuration === 'simple' ? 'simple' : `${configuration}_stem`
  const latin = latinIsEnglish.has(configuration) ? 'english_stem' : stem
  return tokenTypes
    .filter((token) => !unmapped.has(token))
    .map((token) => ({ token, dictionaries: [ascii.has(token) ? latin : words.has(token) ? stem : 'simple'] }))
}

/** Whether every server has it: PostgreSQL's own come first in every search path. */
export function isBuiltinSearch(kind: 'parser' | 'template' | 'dictionary', name: string): boolean {
  if (kind === 'parser') return name === 'default'
  if (kind === 'template') return ['simple', 'synonym', 'ispell', 'thesaurus', 'snowball'].includes(name)
  return name === 'simple' || (name.endsWith('_stem') && languages.has(name.slice(0, -'_stem'.length)))
}

export const isDefaultParser = (parser: string): boolean => parser === '"default"'

/** Mappings in the order in which PostgreSQL keeps them. */
export const inTokenOrder = <M extends Mapping>(mappings: readonly M[]): M[] =>
  [...mappings].sort((a, b) => tokenTypes.indexOf(a.token) - tokenTypes.indexOf(b.token))
