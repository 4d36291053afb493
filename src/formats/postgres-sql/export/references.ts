import { unquoteNames } from '#core/dialects/postgres.ts'
import { DEFAULT_NAMESPACE, nameKey, type ObjectName } from '#core/schema/index.ts'
import { orderItems, strength, type Needs, type Order, type Strength } from './order.ts'
import type { Piece } from './piece.ts'
import { scanMentions, targets, type KnownNames, type Mention, type Target, type TextKind } from './scan.ts'

/** Puts pieces into an order in which each loads: the order they are in, changed only where something needs something later. */
export function orderPieces(pieces: readonly Piece[]): Order {
  const makers = findMakers(pieces)
  const mentions = mentionReader(namesOf(makers))
  const byKey = new Map(pieces.map((piece, item) => [piece.key, item]))
  const mentioned = (piece: Piece, bodies: boolean, add: (need: number, how: Strength) => void) => {
    const path = pathOf(piece)
    for (const [text, kind] of piece.uses ?? []) {
      if ((kind === 'body') !== bodies) continue
      for (const { target, namespace, name, strength: how } of mentions(text, kind)) {
        for (const maker of makers[target].get(name) ?? []) {
          if (namespace === null ? !path.includes(maker.namespace) : namespace !== maker.namespace) continue
          // Arguments may be of a type that is only announced yet: its own functions must be.
          add(maker.item, kind === 'argument' && target === 'type' && maker.announced ? strength.weak : how)
        }
      }
    }
  }
  const needs = pieces.map((piece, item) => {
    const found = new Map<number, Strength>()
    const add = (need: number, how: Strength) => {
      if (need !== item && (found.get(need) ?? -1) < how) found.set(need, how)
    }
    for (const [key, how] of piece.needs ?? []) {
      const need = byKey.get(key)
      if (need !== undefined) add(need, how)
    }
    mentioned(piece, false, add)
    return found
  })
  const inBody = remember((item) => {
    const found = new Set<number>()
    const piece = pieces[item]
    if (piece) mentioned(piece, true, (need) => found.add(need))
    return found
  })
  for (const [item, { runs }] of pieces.entries()) if (runs) addBodies(needs[item] ?? new Map(), item, inBody)
  for (const [before, after] of listNeighbours(pieces)) {
    if (before !== after && !needs[after]?.has(before)) needs[after]?.set(before, strength.sequence)
  }
  // What is needed is pulled in in the order it has among the pieces.
  const sorted: Needs = needs.map((found) => (found.size > 1 ? [...found].sort(([a], [b]) => a - b) : [...found]))
  return orderItems(sorted)
}

/** A function of a number that works each out once, when it is asked for. */
function remember<T>(work: (item: number) => T): (item: number) => T {
  const known = new Map<number, T>()
  return (item) => {
    const before = known.get(item)
    if (before !== undefined) return before
    const made = work(item)
    known.set(item, made)
    return made
  }
}

/** Reads the mentions of texts. Types and defaults repeat a lot: short texts are read once. */
function mentionReader(names: KnownNames): (text: string, kind: TextKind) => readonly Mention[] {
  const read = new Map<string, readonly Mention[]>()
  return (text, kind) => {
    const key = text.length > 100 ? '' : `${kind} ${text}`
    const known = read.get(key)
    if (known) return known
    const found: Mention[] = []
    scanMentions(text, kind, names, (mention) => found.push(mention))
    if (key !== '') read.set(key, found)
    return found
  }
}

/** Adds what is run to what is needed: the bodies of the routines it calls, and of those that they call. */
function addBodies(found: Map<number, Strength>, item: number, inBody: (item: number) => ReadonlySet<number>): void {
  const open = [item, ...found.keys()]
  const seen = new Set(open)
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const need of inBody(next)) {
      if (need !== item && !found.has(need)) found.set(need, strength.body)
      if (!seen.has(need)) open.push(need)
      seen.add(need)
    }
  }
}

interface Maker {
  readonly namespace: string
  readonly item: number
  /** Of types: it has a shell that comes before it. */
  readonly announced: boolean
}
type Makers = Readonly<Record<Target, ReadonlyMap<string, readonly Maker[]>>>

function findMakers(pieces: readonly Piece[]): Makers {
  // The one cast: an entry for every target.
  const makers = Object.fromEntries(targets.map((target) => [target, new Map<string, Maker[]>()])) as Record<Target, Map<string, Maker[]>>
  const shells = new Set(
    pieces.flatMap(({ makes }) => (makes ?? []).filter(([target]) => target === 'shell').map(([, name]) => nameKey(name))),
  )
  const seen = new Set<string>()
  for (const [item, { makes }] of pieces.entries()) {
    for (const [target, { namespace, name }] of makes ?? []) {
      const key = `${target}\u0000${nameKey({ namespace, name })}`
      // What is overloaded needs all of them.
      if (!overloaded.has(target) && seen.has(key)) continue
      seen.add(key)
      const maker: Maker = { namespace, item, announced: target === 'type' && shells.has(nameKey({ namespace, name })) }
      const known = makers[target].get(name)
      if (known) known.push(maker)
      else makers[target].set(name, [maker])
    }
  }
  return makers
}
const overloaded: ReadonlySet<Target> = new Set(['routine', 'operator', 'companion', 'opclass', 'opfamily'])

function namesOf(makers: Makers): KnownNames {
  const names = new Set<string>()
  for (const target of targets) if (target !== 'operator') for (const name of makers[target].keys()) names.add(name)
  return { names, operators: new Set(makers.operator.keys()) }
}

/** Where unqualified names of a piece's texts are looked for. */
function pathOf(piece: Piece): readonly string[] {
  return typeof piece.searchPath === 'string' ? unquoteNames(piece.searchPath) : [DEFAULT_NAMESPACE]
}

/** Pairs of pieces that make neighbours of a list. */
function listNeighbours(pieces: readonly Piece[]): readonly (readonly [before: number, after: number])[] {
  const lists = new Map<string, (readonly [index: number, item: number])[]>()
  for (const [item, piece] of pieces.entries()) {
    for (const [list, index] of piece.lists ?? []) {
      const known = lists.get(list)
      if (known) known.push([index, item])
      else lists.set(list, [[index, item]])
    }
  }
  return [...lists.values()].flatMap((entries) => {
    const sorted = entries.sort(([a], [b]) => a - b).map(([, item]) => item)
    return sorted.slice(1).map((item, n) => [sorted[n] ?? item, item] as const)
  })
}

/** The names that a statement kept verbatim makes, whatever they are. */
export const makesAnything = (names: readonly ObjectName[]): NonNullable<Piece['makes']> =>
  names.flatMap((name) => anything.map((target) => [target, name] as const))
const anything = [
  'relation',
  'type',
  'rowType',
  'routine',
  'collation',
  'operator',
  'opclass',
  'opfamily',
  'tsDictionary',
  'tsConfiguration',
] as const
