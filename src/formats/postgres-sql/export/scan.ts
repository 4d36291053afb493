import { builtinOperators, isBuiltinCollation, operatorCharacters, unquoteNames } from '#core/dialects/postgres.ts'
import { Scanner } from '../../shared/sql/scanner.ts'
import { strength, type Strength } from './order.ts'

/**
 * What sort of object a name in a text can stand for. Tables and views are types too, but a column called like one does not mean it. A `shell` is a
 * type that is announced before it is defined; a `companion` of a type is what its values are compared and converted by.
 */
export const targets = [
  'relation',
  'type',
  'shell',
  'companion',
  'rowType',
  'routine',
  'operator',
  'collation',
  'opclass',
  'opfamily',
  'tsParser',
  'tsTemplate',
  'tsDictionary',
  'tsConfiguration',
] as const
export type Target = (typeof targets)[number]

/** Hears of a name that may stand for an object. `namespace` is null when the text names it without one. */
export type Mention = (target: Target, namespace: string | null, name: string, how: Strength) => void

/**
 * `type`: a type's name; `argument`: one that may still be a shell; `columnType`: one whose values are to be compared. `expression`: a value.
 * `query`: anything with FROM in it. `body`: a query that is only run later. `statement`: any other SQL, where functions are named without being
 * called. `name:…`: the name of such an object and nothing else but arguments in brackets.
 */
export type TextKind = 'type' | 'argument' | 'columnType' | 'expression' | 'query' | 'body' | 'statement' | `name:${Target}`

/** The names that objects have, without namespaces: most words of a text are nobody's. */
export interface KnownNames {
  readonly names: ReadonlySet<string>
  readonly operators: ReadonlySet<string>
}

type Tell = (parts: readonly string[], target: Target, how: Strength) => void

/**
 * Calls `mention` for every name in a text that may stand for an object. It reads words, not grammar: a column that is called like a view is
 * mentioned too, but only weakly, and a place where nothing but a relation can stand strongly.
 */
export function scanMentions(text: string, kind: TextKind, known: KnownNames, mention: Mention): void {
  const cap = kind === 'body' ? strength.body : strength.certain
  const tell: Tell = (parts, target, how) => {
    const [first = '', second] = parts
    // PostgreSQL's own come first in every path.
    if (second === undefined && target === 'collation' && isBuiltinCollation(first)) return
    mention(target, second === undefined ? null : first, second ?? first, how < cap ? how : cap)
  }
  if (kind.startsWith('name:')) tellName(text, kind.slice('name:'.length), tell)
  else scanWords(text, kind, known, tell)
}

function scanWords(text: string, kind: TextKind, known: KnownNames, tell: Tell): void {
  const scanner = new Scanner(text)
  const inStrings = namingStrings.test(text) ? stringTargets : searchStrings.test(text) ? searchTargets : undefined
  const queries = kind === 'query' || kind === 'body' || kind === 'statement'
  const isType = kind === 'type' || kind === 'argument' || kind === 'columnType'
  let operatorsSeen = known.operators.size > 0 && !isType ? 0 : Infinity
  let before = isType ? '::' : ''
  let inFrom = false
  let more = scanner.nextSignificant()
  while (more) {
    if (scanner.kind === 'dollar' && kind === 'statement') scanWords(dollarBody(scanner), 'query', known, tell)
    if (scanner.kind === 'string' && inStrings) namesInString(scanner.text.slice(scanner.start, scanner.end), inStrings, known, tell)
    if (scanner.kind !== 'word' && scanner.kind !== 'name') {
      const symbol = scanner.kind === 'symbol' ? (text[scanner.start] ?? '') : ''
      if (symbol !== '' && scanner.start >= operatorsSeen) operatorsSeen = operatorAt(scanner, null, known, tell)
      before = symbol === ':' && before.startsWith(':') ? '::' : symbol
      more = scanner.nextSignificant()
      continue
    }
    const word = nameAt(scanner)
    let parts: string[] | undefined
    const plain = scanner.kind === 'word'
    more = scanner.nextSignificant()
    while (more && isSymbol(scanner, '.')) {
      more = scanner.nextSignificant()
      if (more && isName(scanner)) {
        ;(parts ??= [word]).push(nameAt(scanner))
        more = scanner.nextSignificant()
      } else if (more && scanner.start >= operatorsSeen) operatorsSeen = operatorAt(scanner, word, known, tell)
    }
    if (plain && !parts) {
      if (word === 'from' || word === 'join' || word === 'using') inFrom = true
      else if (fromEnders.has(word)) inFrom = false
    }
    const lead = before
    before = plain && !parts ? word : ''
    // Most words of a text are nobody's name.
    if (!known.names.has(parts?.[1] ?? word)) continue
    parts ??= [word]
    const call = more && isSymbol(scanner, '(')
    if (lead === 'collate') {
      tell(parts, 'collation', strength.likely)
      continue
    }
    if (call) tell(parts, 'routine', strength.likely)
    else if (kind === 'statement') tell(parts, 'routine', lead === '=' || parts.length > 1 ? strength.likely : strength.weak)
    if (lead === '::' || (lead === 'as' && !queries)) {
      for (const target of kind === 'argument' ? (['type', 'shell', 'rowType'] as const) : (['type', 'rowType'] as const))
        tell(parts, target, strength.likely)
      if (kind === 'columnType') tell(parts, 'companion', strength.companion)
    } else if (!call) tell(parts, 'type', parts.length > 1 ? strength.likely : strength.weak)
    const strong = relationLeads.has(lead) || (inFrom && (lead === ',' || lead === '('))
    if (queries) tell(parts, 'relation', strong ? strength.likely : strength.weak)
    if (kind === 'statement') for (const target of plainTargets) tell(parts, target, strength.weak)
  }
}

/** What a statement kept verbatim may name in places that only PostgreSQL knows. */
const plainTargets = ['collation', 'opclass', 'opfamily', 'tsParser', 'tsTemplate', 'tsDictionary', 'tsConfiguration'] as const

/** What tells that strings name objects, and which. */
const namingStrings = /\breg[a-z]+|nextval|currval|setval/i
const searchStrings = /ts_?vector|ts_?query|ts_headline|ts_lexize/i

/** Tells the operator that begins where the scanner stands, and where it ends. */
function operatorAt({ text, start }: Scanner, namespace: string | null, known: KnownNames, tell: Tell): number {
  let end = start
  while (end < text.length && operatorCharacters.includes(text[end] ?? '')) end += 1
  if (end === start) return end
  const run = text.slice(start, end)
  const comment = run.search(/--|\/\*/)
  const operator = comment < 0 ? run : run.slice(0, comment)
  if (!known.operators.has(operator)) return end
  const how = namespace === null && builtinOperators.has(operator) ? strength.weak : strength.likely
  tell(namespace === null ? [operator] : [namespace, operator], 'operator', how)
  return end
}

/** `public.f(integer)`, `"My"."f"`, `OPERATOR(public.=)`: what a text names that does nothing but name. */
function tellName(text: string, target: string, tell: Tell): void {
  const wanted = targets.find((each) => each === target)
  const names = /^\s*(?:operator\s*\(\s*)?((?:(?:[^\s".(),]+|"(?:[^"]|"")*")\s*\.\s*)*)([^\s".(),]+|"(?:[^"]|"")*")/i.exec(text)
  if (!wanted || !names) return
  const [, before = '', last = ''] = names
  const namespace = unquoteNames(before).at(-1)
  const name = wanted === 'operator' ? last : (unquoteNames(last)[0] ?? '')
  tell(namespace === undefined ? [name] : [namespace, name], wanted, strength.likely)
}

const fromEnders = new Set([
  'where',
  'group',
  'order',
  'having',
  'limit',
  'union',
  'except',
  'intersect',
  'select',
  'window',
  'on',
  'set',
  'values',
  'returning',
  'end',
])
const relationLeads = new Set(['from', 'join', 'only', 'into', 'update', 'table', 'references', 'lateral', 'view'])

const isSymbol = ({ kind, text, start }: Scanner, symbol: string): boolean => kind === 'symbol' && text[start] === symbol
const isName = ({ kind }: Scanner): boolean => kind === 'word' || kind === 'name'

function nameAt(scanner: Scanner): string {
  const text = scanner.text.slice(scanner.start, scanner.end)
  return scanner.kind === 'word'
    ? text.toLowerCase()
    : text
        .replace(/^[uU]&/, '')
        .slice(1, -1)
        .replaceAll('""', '"')
}

/** What stands between dollar quotes: the body of a DO block. */
const dollarBody = ({ text, start, end }: Scanner): string => text.slice(text.indexOf('$', start + 1) + 1, text.lastIndexOf('$', end - 2))

/** `'public.users_id_seq'::regclass`: names that stand in strings. */
function namesInString(text: string, wanted: readonly Target[], known: KnownNames, tell: Tell): void {
  if (text.length > 300) return
  const inner = text.slice(text.indexOf("'") + 1, -1).replaceAll("''", "'")
  if (!/^(?:[\w$]+|"(?:[^"]|"")+")(?:\.(?:[\w$]+|"(?:[^"]|"")+"))?(?:\(.*\))?$/u.test(inner)) return
  const called = inner.replace(/\(.*\)$/s, '')
  const parts = called.includes('"') ? quotedParts(called) : called.toLowerCase().split('.')
  if (!known.names.has(parts[1] ?? parts[0] ?? '')) return
  for (const target of wanted) tell(parts, target, strength.likely)
}

const quotedParts = (names: string): readonly string[] =>
  [...names.matchAll(/"((?:[^"]|"")+)"|([\w$]+)/gu)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain?.toLowerCase() ?? '')

const searchTargets = ['tsDictionary', 'tsConfiguration'] as const
const stringTargets = ['relation', 'type', 'routine', 'collation', ...searchTargets] as const
