import { Scanner } from '../../shared/sql/scanner.ts'
import { strength, type Strength } from './order.ts'

/** What sort of object a name in a text can stand for. Tables and views are types too, but a column called like one does not mean it. */
export type Target = 'relation' | 'type' | 'rowType' | 'routine'

export interface Mention {
  /** null when the text names it without a namespace. */
  readonly namespace: string | null
  readonly name: string
  readonly target: Target
  readonly strength: Strength
}

/**
 * `type`: a type's name. `expression`: a value. `query`: anything with FROM in it. `body`: a query that is only run later. `statement`: any other
 * SQL, where functions are named without being called.
 */
export type TextKind = 'type' | 'expression' | 'query' | 'body' | 'statement'

/**
 * Calls `mention` for every name in a text that may stand for an object; `known` holds the names that objects have, without namespaces. It reads words, not grammar: a column that is called like a view is
 * mentioned too, but only weakly, and a place where nothing but a relation can stand strongly.
 */
export function scanMentions(text: string, kind: TextKind, known: ReadonlySet<string>, mention: (mention: Mention) => void): void {
  const scanner = new Scanner(text)
  const hasNameStrings = /\breg[a-z]+|nextval|currval|setval/i.test(text)
  const cap = kind === 'body' ? strength.body : strength.certain
  const queries = kind === 'query' || kind === 'body' || kind === 'statement'
  let before = kind === 'type' ? '::' : ''
  let inFrom = false
  let more = scanner.nextSignificant()
  const tell = (parts: readonly string[], target: Target, how: Strength) => {
    const [first = '', second] = parts
    const named = second === undefined ? { namespace: null, name: first } : { namespace: first, name: second }
    mention({ ...named, target, strength: how < cap ? how : cap })
  }
  while (more) {
    if (scanner.kind === 'dollar' && kind === 'statement') scanMentions(dollarBody(scanner), 'query', known, mention)
    if (scanner.kind === 'string' && hasNameStrings) namesInString(scanner.text.slice(scanner.start, scanner.end), tell)
    if (scanner.kind !== 'word' && scanner.kind !== 'name') {
      const symbol = scanner.kind === 'symbol' ? (text[scanner.start] ?? '') : ''
      before = symbol === ':' && before.startsWith(':') ? '::' : symbol
      more = scanner.nextSignificant()
      continue
    }
    const parts = [nameAt(scanner)]
    const plain = scanner.kind === 'word'
    more = scanner.nextSignificant()
    while (more && isSymbol(scanner, '.')) {
      more = scanner.nextSignificant()
      if (more && isName(scanner)) {
        parts.push(nameAt(scanner))
        more = scanner.nextSignificant()
      }
    }
    const [word = ''] = parts
    if (plain && parts.length === 1) {
      if (word === 'from' || word === 'join' || word === 'using') inFrom = true
      else if (fromEnders.has(word)) inFrom = false
    }
    const lead = before
    before = plain && parts.length === 1 ? word : ''
    // Most words of a text are nobody's name.
    if (!known.has(parts[1] ?? word)) continue
    const call = more && isSymbol(scanner, '(')
    if (call) tell(parts, 'routine', strength.likely)
    else if (kind === 'statement') tell(parts, 'routine', lead === '=' || parts.length > 1 ? strength.likely : strength.weak)
    if (lead === '::' || lead === 'collate' || (lead === 'as' && !queries)) {
      tell(parts, 'type', strength.likely)
      tell(parts, 'rowType', strength.likely)
    } else if (!call) tell(parts, 'type', parts.length > 1 ? strength.likely : strength.weak)
    const strong = relationLeads.has(lead) || (inFrom && (lead === ',' || lead === '('))
    if (queries) tell(parts, 'relation', strong ? strength.likely : strength.weak)
  }
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
function namesInString(text: string, tell: (parts: readonly string[], target: Target, how: Strength) => void): void {
  if (text.length > 300) return
  const inner = text.slice(text.indexOf("'") + 1, -1).replaceAll("''", "'")
  if (!/^(?:[\w$]+|"(?:[^"]|"")+")(?:\.(?:[\w$]+|"(?:[^"]|"")+"))?(?:\(.*\))?$/u.test(inner)) return
  const parts = [...inner.replace(/\(.*\)$/s, '').matchAll(/"((?:[^"]|"")+)"|([\w$]+)/gu)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain?.toLowerCase() ?? '',
  )
  for (const target of ['relation', 'type', 'routine'] as const) tell(parts, target, strength.likely)
}
