/** Turns database names into identifiers of a language, so that no two of them are the same. */
export interface NameRule {
  /** The identifier a name would like to have. */
  readonly toIdentifier: (name: string) => string
  /** Identifiers that nobody may have: keywords, imports, members that objects bring along. */
  readonly reserved?: Iterable<string>
  /** What two identifiers must differ in. Identity by default; lower case where identifiers become file names. */
  readonly fold?: (identifier: string) => string
}

/** Hands out identifiers, each once. What is taken gets a number: `x`, `x2`, `x3`. */
export class Names {
  private readonly taken: Set<string>
  private readonly fold: (identifier: string) => string
  /** Numbers below are taken. */
  private readonly next = new Map<string, number>()

  constructor(reserved: Iterable<string> = [], fold: (identifier: string) => string = (identifier) => identifier) {
    this.fold = fold
    this.taken = new Set([...reserved].map(fold))
  }

  has(identifier: string): boolean {
    return this.taken.has(this.fold(identifier))
  }

  /** The first of the wishes that is free, else the last one with a number. */
  take(...wishes: readonly [string, ...string[]]): string {
    const free = wishes.find((wish) => !this.has(wish)) ?? this.numbered(wishes.at(-1) ?? wishes[0])
    this.taken.add(this.fold(free))
    return free
  }

  private numbered(wish: string): string {
    const separator = /\d$/.test(wish) ? '_' : ''
    let n = this.next.get(wish) ?? 2
    while (this.has(`${wish}${separator}${n}`)) n += 1
    this.next.set(wish, n)
    return `${wish}${separator}${n}`
  }
}

/**
 * Identifiers for a list of different names, in the order of the names. A name that is a good identifier as it stands keeps it, whatever comes
 * before: columns `_x` and `x` become `x2` and `x`.
 */
export function allocateNames(names: readonly string[], { toIdentifier, reserved = [], fold }: NameRule): readonly string[] {
  const free = new Names(reserved, fold)
  const wishes = names.map(toIdentifier)
  const given = names.map((name, at) => (wishes[at] === name && !free.has(name) ? free.take(name) : undefined))
  return given.map((identifier, at) => identifier ?? free.take(wishes[at] ?? ''))
}

/** Which characters identifiers are made of: any letter (TypeScript) or ASCII only (Prisma, where accents are taken off). */
export interface Alphabet {
  readonly unicode: boolean
  /** Put before a name that begins with a digit, and used alone where nothing of a name is left. */
  readonly prefix: string
}

/** `user_id` → `userId`, `FullName` → `fullName`, `USER_ID` → `userId`, `2bad name` → prefix + `2badName`. */
export function camelCase(name: string, alphabet: Alphabet): string {
  const [first = '', ...rest] = words(name, alphabet)
  return startSafely(lowerFirst(first) + rest.map(upperFirst).join(''), alphabet)
}

/** `user_id` → `UserId`. */
export function pascalCase(name: string, alphabet: Alphabet): string {
  const prefix = upperFirst(alphabet.prefix)
  return startSafely(words(name, alphabet).map(upperFirst).join(''), { ...alphabet, prefix })
}

/** Keeps the name, with `_` for what an identifier cannot hold. */
export function plainCase(name: string, alphabet: Alphabet): string {
  const plain = letters(name, alphabet).replace(alphabet.unicode ? /[^\p{ID_Continue}]+/gu : /[^A-Za-z0-9_]+/g, '_')
  return startSafely(alphabet.unicode ? plain : plain.replace(/^_+/, ''), alphabet)
}

/** The parts of a name between characters that are neither letters nor digits. Names without a small letter are made small. */
function words(name: string, alphabet: Alphabet): readonly string[] {
  const text = letters(name, alphabet)
  const parts = text.split(alphabet.unicode ? /[^\p{L}\p{M}\p{N}]+/u : /[^A-Za-z0-9]+/).filter(Boolean)
  return /\p{Ll}/u.test(text) ? parts : parts.map((part) => part.toLowerCase())
}

const letters = (name: string, { unicode }: Alphabet): string =>
  unicode
    ? name.normalize('NFC')
    : name.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').replaceAll('ø', 'o').replaceAll('ł', 'l')

function startSafely(identifier: string, { unicode, prefix }: Alphabet): string {
  if (identifier === '') return prefix
  const good = unicode ? /^[\p{ID_Start}$_]/u : /^[A-Za-z]/
  // A few letters and digits of the world's scripts are not allowed in identifiers: they are left out.
  const safe = unicode ? identifier.replace(/[^\p{ID_Continue}$]/gu, '') : identifier
  return good.test(safe) ? safe : prefix + safe
}

const upperFirst = (word: string): string => word.replace(/^./u, (letter) => letter.toUpperCase())
/** `FullName` → `fullName`, `ID` → `id`, `HTTPServer` → `httpServer`. */
const lowerFirst = (word: string): string =>
  word.replace(
    /^\p{Lu}+/u,
    (run) =>
      (run.length === 1 || run.length === word.length ? run : run.slice(0, -1)).toLowerCase() +
      (run.length === 1 || run.length === word.length ? '' : run.slice(-1)),
  )

const irregular = (
  [
    ['person', 'people'],
    ['child', 'children'],
    ['index', 'indexes'],
    ['status', 'statuses'],
    ['alias', 'aliases'],
    ['bus', 'buses'],
  ] as const
).map(([one, many]) => ({ one, many, endsInOne: endingWith(one), endsInMany: endingWith(many) }))
const same = /(?:series|species|news|data|metadata|info|equipment|information)$/i

/** The English singular of a name's last word: `projectMembers` → `projectMember`. Careful: a word it does not know stays. */
export function singular(name: string): string {
  if (same.test(name)) return name
  const known = irregular.find(({ endsInMany }) => endsInMany.test(name))
  if (known) return replaceEnd(name, known.many, known.one)
  if (/[^aeiou]ies$/i.test(name)) return name.replace(/ies$/i, 'y')
  if (/(?:ss|sh|ch|x|zz)es$/i.test(name)) return name.slice(0, -2)
  return /[^su]s$/i.test(name) && !/(?:is|us)$/i.test(name) ? name.slice(0, -1) : name
}

/** The English plural of a name's last word. A word that is a plural already stays. */
export function plural(name: string): string {
  if (same.test(name) || singular(name) !== name) return name
  const known = irregular.find(({ endsInOne }) => endsInOne.test(name))
  if (known) return replaceEnd(name, known.one, known.many)
  if (/[^aeiou]y$/i.test(name)) return `${name.slice(0, -1)}ies`
  return /(?:s|sh|ch|x|z)$/i.test(name) ? `${name}es` : `${name}s`
}

/** A word at the end of a name: alone, after `_`, or with a capital. */
function endingWith(word: string): RegExp {
  const capital = word.charAt(0).toUpperCase() + word.slice(1)
  return new RegExp(`(?:^${word}|_${word}|${capital}|^${word.toUpperCase()})$`)
}
const replaceEnd = (name: string, from: string, to: string): string => {
  const end = name.slice(-from.length)
  return name.slice(0, -from.length) + (/^\p{Lu}/u.test(end) ? upperFirst(to) : to)
}
