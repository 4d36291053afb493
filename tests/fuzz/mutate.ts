import { splitScript } from '#formats/shared/sql/split.ts'

// Files as no tool ever wrote them: what is left of a good file after something went wrong with it.

/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A whole number from 0 to `below` - 1. */
  below(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }

  pick<T>(list: readonly T[]): T {
    const picked = list[this.below(list.length)]
    if (picked === undefined) throw new Error('nothing to pick from')
    return picked
  }
}

type Mutation = (text: string, chance: Chance, others: readonly string[]) => string

const nasty = [
  "'",
  '"',
  '$$',
  '$a$',
  '/*',
  '*/',
  '--',
  ';',
  '(',
  ')',
  '[',
  ']',
  '\\',
  '\0',
  '\u2028',
  '\ud800',
  '\ufeff',
  '\r',
  '.',
  '..',
  ':x',
  ":'x'",
  "E'",
  'U&"',
  'BEGIN ATOMIC',
  '\\.',
  '\\i x',
  'COPY t FROM stdin;',
  'CREATE',
  'INDEX x (a)',
  'NULL',
  '99999999999999999999',
  '__proto__',
  '🦆',
]

/** How a file goes wrong. Each is tried as often as the others. */
const mutations: Readonly<Record<string, Mutation>> = {
  flipBytes: (text, chance) => {
    const units = [...text]
    for (let count = 1 + chance.below(20); count > 0; count -= 1)
      units[chance.below(units.length)] = String.fromCodePoint(chance.below(256))
    return units.join('')
  },
  insertNasty: (text, chance) => insertAt(text, chance.below(text.length + 1), chance.pick(nasty)),
  insertManyNasty: (text, chance) => {
    let all = text
    for (let count = 1 + chance.below(30); count > 0; count -= 1) all = insertAt(all, chance.below(all.length + 1), chance.pick(nasty))
    return all
  },
  cutSpan: (text, chance) => {
    const start = chance.below(text.length + 1)
    return text.slice(0, start) + text.slice(start + chance.below(200))
  },
  cutEnd: (text, chance) => text.slice(0, chance.below(text.length + 1)),
  cutStatements: (text, chance) =>
    statements(text)
      .map((statement) => (chance.below(4) === 0 ? statement.slice(0, chance.below(statement.length + 1)) : statement))
      .join(chance.below(2) === 0 ? ';\n' : '\n'),
  shuffle: (text, chance) => {
    const all = [...statements(text)]
    for (let at = all.length - 1; at > 0; at -= 1) {
      const other = chance.below(at + 1)
      const [a = '', b = ''] = [all[at], all[other]]
      all[at] = b
      all[other] = a
    }
    return all.join(';\n')
  },
  double: (text, chance) =>
    statements(text)
      .flatMap((statement) => (chance.below(3) === 0 ? [statement, statement] : [statement]))
      .join(';\n'),
  splice: (text, chance, others) => {
    const other = chance.pick(others)
    return text.slice(0, chance.below(text.length + 1)) + other.slice(chance.below(other.length + 1))
  },
  swapTokens: (text, chance) => {
    const words = text.split(/(\s+)/)
    for (let count = 1 + chance.below(10); count > 0; count -= 1) {
      const [a, b] = [chance.below(words.length), chance.below(words.length)]
      const [first = '', second = ''] = [words[a], words[b]]
      words[a] = second
      words[b] = first
    }
    return words.join('')
  },
  nestBrackets: (text, chance) => {
    const depth = chance.pick([10, 1_000, 10_000, 100_000])
    const [open, close] = chance.pick([
      ['(', ')'],
      ['[', ']'],
      ['/*', '*/'],
      ['NOT ', ''],
      ['-', ''],
      ['CASE WHEN a THEN ', ' END'],
      ['(SELECT ', ')'],
    ] as const)
    const end = chance.below(3) === 0 ? '' : close.repeat(depth)
    return insertAt(
      text,
      chance.below(text.length + 1),
      `${chance.pick(['', ' CHECK (', ';SELECT ', ';CREATE VIEW v AS SELECT '])}${open.repeat(depth)}1${end}`,
    )
  },
  openQuote: (text, chance) => insertAt(text, chance.below(text.length + 1), chance.pick(["'", '"', '$$', '$x$', '/*', "E'", "U&'"])),
  longName: (text, chance) =>
    text.replace(/\b[a-z_]{3,}\b/, () => chance.pick(['x', 'é', '🦆', '"', '""']).repeat(chance.pick([64, 1_000, 100_000]))),
}

const names = Object.keys(mutations)

/** The `run`-th broken file: about `size` characters of a good one, gone wrong in one of the ways in turn. */
export function broken(
  files: readonly string[],
  chance: Chance,
  run: number,
  size: number,
): { readonly text: string; readonly mutation: string } {
  const mutation = names[run % names.length] ?? ''
  return { mutation, text: mutations[mutation]?.(excerpt(chance.pick(files), chance, size), chance, files) ?? '' }
}

const insertAt = (text: string, at: number, what: string): string => text.slice(0, at) + what + text.slice(at)

function statements(text: string): readonly string[] {
  return [...splitScript(text)].map(({ start, end }) => text.slice(start, end))
}

/** A part of a file at statement borders, of about `size` characters, so that thousands can be tried. */
function excerpt(text: string, chance: Chance, size: number): string {
  if (text.length <= size) return text
  const from = text.indexOf('\n', chance.below(text.length - size))
  return text.slice(Math.max(0, from), from + size)
}
