import { unreachable } from '#core/unreachable.ts'
// Code that is put on one line where it fits and broken where it does not, as Prettier 3 breaks it (single quotes, 100 columns): formatting the
// output once more changes nothing.

/** A piece of TypeScript. A string stands as it is; it may hold line breaks when it is a template. */
export type Code = string | Call | Chain | ObjectCode | ArrayCode | Arrow

export interface Call {
  readonly kind: 'call'
  readonly callee: string
  readonly arguments: readonly Code[]
}
/** `head.a(…).b(…)`. */
interface Chain {
  readonly kind: 'chain'
  readonly head: string | Call
  readonly calls: readonly Call[]
}
interface ObjectCode {
  readonly kind: 'object'
  readonly entries: readonly Entry[]
  /** One entry per line, even where all would fit. */
  readonly isTall: boolean
  /** In parentheses: what an arrow function gives back. */
  readonly isWrapped: boolean
}
export interface Entry {
  /** The key with its colon; '' for a value alone. */
  readonly key: string
  readonly value: Code
  /** Lines of comment before it. */
  readonly above?: readonly string[]
}
interface ArrayCode {
  readonly kind: 'array'
  readonly items: readonly Code[]
}
interface Arrow {
  readonly kind: 'arrow'
  readonly head: string
  readonly body: ArrayCode | ObjectCode
}

export const WIDTH = 100

export const call = (callee: string, ...args: readonly Code[]): Call => ({ kind: 'call', callee, arguments: args })
/** A chain of calls; without calls its head alone. */
export const chain = (head: string | Call, calls: readonly Call[]): Code => (calls.length === 0 ? head : { kind: 'chain', head, calls })
export const array = (items: readonly Code[]): ArrayCode => ({ kind: 'array', items })
export const arrow = (head: string, body: ArrayCode | ObjectCode): Arrow => ({ kind: 'arrow', head, body })
/** `{ a: 1, b: 2 }`. */
export const object = (entries: Readonly<Record<string, Code | undefined>>): ObjectCode => ({
  kind: 'object',
  entries: Object.entries(entries).flatMap(([key, value]) => (value === undefined ? [] : [{ key: `${key}:`, value }])),
  isTall: false,
  isWrapped: false,
})
/** `{ a, b }`. */
export const braces = (names: readonly string[]): ObjectCode => ({
  kind: 'object',
  entries: names.map((value) => ({ key: '', value })),
  isTall: false,
  isWrapped: false,
})
/** An object with an entry per line. */
export const tallObject = (entries: readonly Entry[], isWrapped = false): ObjectCode => ({
  kind: 'object',
  entries,
  isTall: true,
  isWrapped,
})

/** Where a piece is written: how far its lines are indented, how much of the first line is used already, what must follow on the last one. */
interface Place {
  readonly indent: number
  readonly used: number
  readonly after: number
}

/** Lays a statement out: `before` comes first on its line, `after` last. */
export function layOut(before: string, code: Code, after: string): string {
  return before + print(code, { indent: 0, used: before.length, after: after.length }) + after
}

function print(code: Code, place: Place): string {
  const line = mustBreak(code) ? undefined : flat(code)
  if (line !== undefined && place.used + line.length + place.after <= WIDTH) return line
  if (typeof code === 'string') return code
  switch (code.kind) {
    case 'object':
      return printObject(code, place)
    case 'array':
      return code.items.length === 0 ? '[]' : `[\n${items(code.items, place.indent)}${pad(place.indent)}]`
    case 'arrow':
      return `${code.head} => ${print(code.body, { ...place, used: place.used + code.head.length + 4 })}`
    case 'call':
      return printCall(code, place)
    case 'chain':
      return printChain(code, place)
    default:
      return unreachable(code)
  }
}

const pad = (indent: number): string => ' '.repeat(indent)

/** Each item on lines of its own, with a comma. */
const items = (list: readonly Code[], indent: number): string =>
  list.map((item) => `${pad(indent + 2)}${print(item, { indent: indent + 2, used: indent + 2, after: 1 })},\n`).join('')

function printObject({ entries, isWrapped }: ObjectCode, { indent }: Place): string {
  const lines = entries.map(({ key, value, above = [] }) => {
    const start = pad(indent + 2)
    const head = key === '' ? '' : `${key} `
    const text = print(value, { indent: indent + 2, used: indent + 2 + head.length, after: 1 })
    return `${above.map((each) => `${start}${each}\n`).join('')}${start}${head}${text},\n`
  })
  const body = entries.length === 0 ? '{}' : `{\n${lines.join('')}${pad(indent)}}`
  return isWrapped ? `(${body})` : body
}

function printCall({ callee, arguments: args }: Call, { indent, used }: Place): string {
  const last = args.at(-1)
  if (last === undefined) return `${callee}()`
  if (args.length === 1 && typeof last === 'string' && last.includes('\n')) return `${callee}(${last})`
  const canHug = typeof last !== 'string' && ['object', 'array', 'arrow'].includes(last.kind) && !isEmpty(last)
  const others = canHug && !args.slice(0, -1).some(mustBreak) ? args.slice(0, -1).map(flat) : [undefined]
  if (!others.includes(undefined)) {
    const head = `${callee}(${others.map((each) => `${each}, `).join('')}`
    const text = print(last, { indent, used: used + head.length, after: WIDTH })
    if (used + head.length + (text.split('\n')[0] ?? '').length <= WIDTH) return `${head}${text})`
  }
  return `${callee}(\n${items(args, indent)}${pad(indent)})`
}

/** Its one argument is a template that is broken inside. */
const isOwnTemplate = ({ arguments: [argument, ...others] }: Call): boolean =>
  typeof argument === 'string' && argument.includes('\n') && others.length === 0

function printChain({ head, calls }: Chain, place: Place): string {
  const { indent, used } = place
  const last = calls.at(-1)
  // A template with line breaks of its own goes on where the rest ends.
  if (last && isOwnTemplate(last)) return print(chain(head, calls.slice(0, -1)), place) + printCall(last, place)
  if (calls.length === 1 && calls[0]) {
    const first = print(head, { ...place, after: calls[0].callee.length + 1 })
    const lastLine = first.split('\n').at(-1) ?? ''
    return first + print(calls[0], { ...place, used: first.includes('\n') ? lastLine.length : used + first.length })
  }
  const lines = calls.map((each, at) => {
    const after = at === calls.length - 1 ? place.after : 0
    return `\n${pad(indent + 2)}${print(each, { indent: indent + 2, used: indent + 2, after })}`
  })
  return print(head, { ...place, after: 0 }) + lines.join('')
}

/** All on one line, if it can be. */
function flat(code: Code): string | undefined {
  if (typeof code === 'string') return code.includes('\n') ? undefined : code
  const joined = (list: readonly Code[], separator: string): string | undefined => {
    const parts = list.map(flat)
    return parts.includes(undefined) ? undefined : parts.join(separator)
  }
  switch (code.kind) {
    case 'object': {
      if (code.entries.some(({ above = [] }) => above.length > 0)) return undefined
      const values = joined(
        code.entries.map(({ value }) => value),
        '',
      )
      if (values === undefined) return undefined
      const entries = code.entries.map(({ key, value }) => `${key}${key === '' ? '' : ' '}${flat(value)}`)
      const body = entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
      return code.isWrapped ? `(${body})` : body
    }
    case 'array':
      return wrap('[', joined(code.items, ', '), ']')
    case 'arrow':
      return wrap(`${code.head} => `, flat(code.body), '')
    case 'call':
      return wrap(`${code.callee}(`, joined(code.arguments, ', '), ')')
    case 'chain':
      return joined([code.head, ...code.calls], '')
    default:
      return unreachable(code)
  }
}

const wrap = (open: string, inner: string | undefined, close: string): string | undefined =>
  inner === undefined ? undefined : open + inner + close

/** Whether something may not stand on one line even where it fits. */
function mustBreak(code: Code): boolean {
  if (typeof code === 'string') return false
  switch (code.kind) {
    case 'object':
      return (code.isTall && code.entries.length > 0) || code.entries.some(({ value }) => mustBreak(value))
    case 'array':
      return code.items.some(mustBreak)
    case 'arrow':
      return mustBreak(code.body)
    case 'call':
      return code.arguments.some(mustBreak)
    case 'chain': {
      const all = typeof code.head === 'string' ? code.calls : [code.head, ...code.calls]
      const isLong = all.length > 2 && all.some(({ arguments: args }) => !args.every(isSimple))
      return isLong || all.some(mustBreak)
    }
    default:
      return unreachable(code)
  }
}

/** Arguments that let a chain of calls stay on one line: anything but tagged templates. */
function isSimple(code: Code): boolean {
  if (typeof code === 'string') return !/^\w+`/.test(code)
  switch (code.kind) {
    case 'object':
      return code.entries.every(({ value }) => isSimple(value))
    case 'array':
      return code.items.every(isSimple)
    case 'arrow':
      return false
    case 'call':
      return code.arguments.every(isSimple)
    case 'chain':
      return isSimple(code.head) && code.calls.every(isSimple)
    default:
      return unreachable(code)
  }
}

const isEmpty = (code: ObjectCode | ArrayCode | Arrow | Call | Chain): boolean =>
  (code.kind === 'object' && code.entries.length === 0) || (code.kind === 'array' && code.items.length === 0)
