import type { ObjectName } from '#core/schema/index.ts'

/** Names that break careless code: quotes, spaces, dots, reserved words, other scripts, 63 bytes, JavaScript's own. */
export const hostile = [
  'order',
  'User',
  'a b',
  'a"b',
  "it's",
  'x.y',
  'ünï',
  '名前',
  '🐘',
  '__proto__',
  'constructor',
  'position',
  'select',
  '1st',
  '$1',
  'a--b',
  'a/*b',
  'a;b',
  '\\',
  'tab\there',
  'line\nbreak',
  'x'.repeat(60),
  'É'.repeat(30),
  'Name',
  'all',
  'default',
  ' ',
  'null',
  'int',
  'text_',
  '  ',
  '\t',
  '\u00a0',
  '"',
  '""',
  "'",
  '漢'.repeat(21),
  `${'é'.repeat(31)}x`,
  'toString',
  'hasOwnProperty',
  'prototype',
  '12',
  '$$',
  '$body$',
  '%s',
  'a\\nb',
  'line\r\nbreak',
  'u&"x"',
  "E'x'",
  '-- x',
  '{}',
  'public',
  'pg_x',
  'simple',
  'english',
  'C',
  'lower',
  'int4in',
  'old',
  'new',
  'excluded',
]

/** Chooses names and numbers by a seed: the same seed, the same choices. */
export class Chooser {
  namespaces: readonly string[] = ['public']
  readonly used = new Set<string>()
  private state: number

  constructor(seed: number) {
    this.state = seed
  }

  /** A whole number from `min` to `max` (mulberry32). */
  integer(min: number, max: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return min + (((mixed ^ (mixed >>> 14)) >>> 0) % (max - min + 1))
  }

  private word(): string {
    const letters = 'abcdefghijklmnopqrstuvwxyz_0123456789'
    return Array.from({ length: this.integer(1, 9) }, (_, n) => letters[this.integer(0, n === 0 ? 25 : 36)]).join('')
  }

  times<T>(min: number, max: number, make: (n: number) => T): T[] {
    return Array.from({ length: this.integer(min, max) }, (_, n) => make(n))
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.integer(0, items.length - 1)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }

  chance(share = 0.3): boolean {
    return this.integer(0, 99) < share * 100
  }

  /** A name nobody has yet, 63 bytes at most. */
  name(): string {
    const base = this.chance(0.5) ? this.pick(hostile) : this.word()
    let name = base
    for (let n = 1; this.used.has(name) || bytes(name) > 63; n += 1) name = `${[...base].slice(0, 20).join('')}${n}`
    this.used.add(name)
    return name
  }

  /** A name for things that are counted apart, like columns. */
  names(count: number): string[] {
    const names = new Set<string>()
    while (names.size < count) {
      const name = this.chance(0.4) ? this.pick(hostile) : `c${names.size}`
      names.add(names.has(name) ? `${name.slice(0, 20)}${names.size}` : name)
    }
    return [...names]
  }

  comment(): string | null {
    return this.chance(0.2) ? this.pick(["it's", 'two\nlines', '-- no comment', '$$', 'é']) : null
  }

  objectName(): ObjectName {
    return { namespace: this.pick(this.namespaces), name: this.name() }
  }
}

export const bytes = (text: string): number => new TextEncoder().encode(text).length
