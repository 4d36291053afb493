import { canonicalType } from '#core/dialects/postgres.ts'
import { Tokens } from '../../shared/sql/tokens.ts'

/** An SQL expression, as far as it takes to write it the way PostgreSQL prints it. */
export type Expression =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly text: string }
  /** `TRUE`, `NULL`, `CURRENT_TIMESTAMP`: upper case. */
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'call'; readonly name: readonly string[]; readonly args: readonly Expression[] }
  | { readonly kind: 'extract'; readonly field: string; readonly of: Expression }
  | { readonly kind: 'cast'; readonly of: Expression; readonly type: string }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'minus'; readonly of: Expression }
  | { readonly kind: 'operation'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  /** `= ANY (…)`, `<> ALL (…)`. */
  | { readonly kind: 'every'; readonly operator: string; readonly word: string; readonly left: Expression; readonly right: Expression }
  /** `IS NULL`, `IS NOT TRUE`. */
  | { readonly kind: 'test'; readonly of: Expression; readonly words: string }
  | { readonly kind: 'junction'; readonly word: 'AND' | 'OR'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'in'; readonly of: Expression; readonly items: readonly Expression[]; readonly negated: boolean }

/** Reads an expression of the simple sorts: literals, columns, calls, casts, operators, AND, OR, NOT, IN, IS. Undefined for all others. */
export function parseExpression(sql: string): Expression | undefined {
  const reader = new Reader(sql)
  const found = reader.or()
  return reader.atEnd ? found : undefined
}

const literals = new Set(['true', 'false', 'null', 'current_timestamp', 'current_date', 'current_time', 'localtimestamp', 'localtime'])
const roles = new Set(['current_user', 'session_user', 'current_role', 'user', 'current_catalog', 'current_schema'])
/** Words that begin what this reader does not know. */
const unknown = new Set('case select exists row cast interval date time timestamp values distinct not array position overlay'.split(' '))
const tightness: Readonly<Record<string, number>> = {
  '=': 1,
  '<': 1,
  '>': 1,
  '<=': 1,
  '>=': 1,
  '<>': 1,
  '+': 3,
  '-': 3,
  '*': 4,
  '/': 4,
  '%': 4,
  '^': 5,
}

class Reader {
  private readonly tokens: Tokens
  private at = 0

  constructor(sql: string) {
    this.tokens = new Tokens(sql)
  }

  get atEnd(): boolean {
    return this.at >= this.tokens.length
  }

  or(): Expression | undefined {
    return this.junction('OR', () => this.junction('AND', () => this.not()))
  }

  private get word(): string {
    return this.tokens.word(this.at)
  }

  private take(...words: readonly string[]): boolean {
    if (!words.every((word, at) => this.tokens.word(this.at + at) === word)) return false
    this.at += words.length
    return true
  }

  private junction(word: 'AND' | 'OR', read: () => Expression | undefined): Expression | undefined {
    const first = read()
    const of = first ? [first] : []
    while (of.length > 0 && this.take(word.toLowerCase())) {
      const next = read()
      if (!next) return undefined
      // PostgreSQL keeps `a AND b AND c` as one list when it reads it.
      of.push(next)
    }
    return of.length > 1 ? { kind: 'junction', word, of } : first
  }

  private not(): Expression | undefined {
    if (!this.take('not')) return this.test()
    const of = this.not()
    return of && { kind: 'not', of }
  }

  private test(): Expression | undefined {
    let found = this.operation(1)
    while (found && this.take('is')) {
      const negated = this.take('not') ? 'NOT ' : ''
      const word = ['null', 'true', 'false', 'unknown'].find((one) => this.take(one))
      if (word === undefined) return undefined
      found = { kind: 'test', of: found, words: `IS ${negated}${word.toUpperCase()}` }
    }
    return found
  }

  private operation(least: number): Expression | undefined {
    let left = this.unary()
    for (;;) {
      if (!left) return undefined
      const negated = this.word === 'not' && this.tokens.word(this.at + 1) === 'in'
      if (least <= 2 && (this.take('in') || (negated && this.take('not', 'in')))) {
        const items = this.list('(', ')')
        if (!items || items.length === 0) return undefined
        left = { kind: 'in', of: left, items, negated }
        continue
      }
      const start = this.at
      const operator = this.like() ?? this.operator()
      const strength = tightness[operator] ?? 2
      if (operator === '' || strength < least) {
        this.at = start
        return left
      }
      const word = ['any', 'all', 'some'].find((one) => this.word === one && this.take(one))
      const right = word === undefined ? this.operation(strength + 1) : this.bracketed()
      if (!right) return undefined
      left =
        word === undefined
          ? { kind: 'operation', operator, left, right }
          : { kind: 'every', operator, word: word === 'some' ? 'ANY' : word.toUpperCase(), left, right }
    }
  }

  /** `LIKE` is another spelling of an operator. */
  private like(): string | undefined {
    const start = this.at
    const mark = this.take('not') ? '!' : ''
    if (this.take('like')) return `${mark}~~`
    if (this.take('ilike')) return `${mark}~~*`
    this.at = start
    return undefined
  }

  /** An operator's characters stand together; `!=` is another spelling of `<>`. */
  private operator(): string {
    let text = ''
    let end = this.tokens.list[this.at]?.start
    for (; ; this.at += 1) {
      const token = this.tokens.list[this.at]
      if (token?.kind !== 'symbol' || token.start !== end || !/^[-+*/<>=~!@#%^&|?]$/.test(token.word)) break
      // A minus after another operator belongs to what follows: `=-1`.
      if (text !== '' && token.word === '-' && !/[~!@#%^&|?]/.test(text) && text !== '-') break
      text += token.word
      end = token.end
    }
    return text === '!=' ? '<>' : text
  }

  private unary(): Expression | undefined {
    if (this.take('-')) {
      const of = this.unary()
      return of && { kind: 'minus', of }
    }
    let found = this.primary()
    while (found && this.word === ':' && this.tokens.word(this.at + 1) === ':') {
      this.at += 2
      const type = this.type()
      if (type === undefined) return undefined
      found = { kind: 'cast', of: found, type }
    }
    return found
  }

  private bracketed(): Expression | undefined {
    if (!this.take('(')) return undefined
    const inside = this.or()
    return this.take(')') ? inside : undefined
  }

  private list(open: string, close: string): readonly Expression[] | undefined {
    if (!this.take(open)) return undefined
    const items: Expression[] = []
    if (this.take(close)) return items
    do {
      const item = this.or()
      if (!item) return undefined
      items.push(item)
    } while (this.take(','))
    return this.take(close) ? items : undefined
  }

  private primary(): Expression | undefined {
    const token = this.tokens.list[this.at]
    if (!token) return undefined
    const text = this.tokens.text.slice(token.start, token.end)
    if (token.word === '(') return this.bracketed()
    if (token.kind === 'string') return this.string(text)
    if (token.kind === 'number') {
      this.at += 1
      return /^[\d.]+(?:e\+?\d+)?$/i.test(text) ? { kind: 'number', text } : undefined
    }
    if (token.kind === 'name') return this.named()
    if (token.kind !== 'word') return undefined
    if (token.word === 'array') {
      this.at += 1
      const items = this.list('[', ']')
      return items && { kind: 'array', items }
    }
    if (token.word === 'cast' && this.tokens.word(this.at + 1) === '(') return this.castCall()
    if (token.word === 'extract' && this.tokens.word(this.at + 1) === '(') return this.extract()
    if (token.word === 'interval' && this.tokens.list[this.at + 1]?.kind === 'string') return this.typed(token.word)
    const isCall = this.tokens.word(this.at + 1) === '('
    if (!isCall && (literals.has(token.word) || roles.has(token.word))) {
      this.at += 1
      return { kind: 'word', word: token.word.toUpperCase() }
    }
    return unknown.has(token.word) ? undefined : this.named()
  }

  /** `interval '1 day'`. */
  private typed(type: string): Expression | undefined {
    this.at += 1
    const token = this.tokens.list[this.at]
    const of = token && this.string(this.tokens.text.slice(token.start, token.end))
    return of && { kind: 'cast', of, type }
  }

  private string(text: string): Expression | undefined {
    this.at += 1
    const value = stringValue(text)
    return value === undefined ? undefined : { kind: 'string', value }
  }

  private castCall(): Expression | undefined {
    this.at += 2
    const of = this.or()
    if (!of || !this.take('as')) return undefined
    const type = this.type()
    return type !== undefined && this.take(')') ? { kind: 'cast', of, type } : undefined
  }

  private extract(): Expression | undefined {
    this.at += 2
    const field = this.name()
    const of = this.take('from') ? this.or() : undefined
    return field !== undefined && of && this.take(')') ? { kind: 'extract', field, of } : undefined
  }

  /** A column or a call, with a namespace before it or without. */
  private named(): Expression | undefined {
    const name = [this.name()]
    while (this.take('.')) name.push(this.name())
    if (name.includes(undefined)) return undefined
    const parts = name.filter((part) => part !== undefined)
    if (this.word === '(') {
      const args = this.list('(', ')')
      return args && { kind: 'call', name: parts, args }
    }
    return parts.length === 1 && parts[0] !== undefined ? { kind: 'column', name: parts[0] } : undefined
  }

  private name(): string | undefined {
    const token = this.tokens.list[this.at]
    if (token?.kind !== 'word' && token?.kind !== 'name') return undefined
    this.at += 1
    return token.kind === 'word' ? token.word : this.tokens.text.slice(token.start + 1, token.end - 1).replaceAll('""', '"')
  }

  /** A type's name with its modifier and brackets, as `format_type` spells it. */
  private type(): string | undefined {
    const from = this.at
    if (this.name() === undefined) return undefined
    while (this.take('.')) if (this.name() === undefined) return undefined
    const first = this.tokens.word(from)
    if (first === 'double') this.take('precision')
    if (first === 'character' || first === 'char' || first === 'bit') this.take('varying')
    if (this.word === '(') this.at = this.tokens.close(this.at) + 1
    if (first === 'time' || first === 'timestamp') if (!this.take('with', 'time', 'zone')) this.take('without', 'time', 'zone')
    while (this.word === '[') this.at = this.tokens.close(this.at) + 1
    // A bracket that nothing closes.
    if (this.at > this.tokens.length) return undefined
    return canonicalType(this.tokens.slice(from, this.at))
  }
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** What a string says: `'…'`, `E'…'` with its plain escapes, `B'…'`. */
function stringValue(text: string): string | undefined {
  const [, mark = '', inside] = /^([eb]?)'(.*)'$/is.exec(text) ?? []
  if (inside === undefined) return undefined
  const plain = inside.replaceAll("''", "'")
  if (mark.toLowerCase() !== 'e') return plain
  if (/\\[0-7xuU]/.test(plain.replaceAll('\\\\', ''))) return undefined
  return plain.replace(/\\(.)/gs, (_, char: string) => escapes[char] ?? char)
}
