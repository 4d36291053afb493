import { unquoteNames } from '#core/dialects/postgres.ts'
import { DEFAULT_NAMESPACE, nameKey, type ObjectName } from '#core/schema/index.ts'
import { edge, needOf, orderItems, strength, type Order, type Strength } from './order.ts'
import { PieceIndex } from './piece-index.ts'
import type { Piece } from './piece.ts'
import { remembered } from './remembered.ts'
import { scanMentions, targets, type KnownNames, type Target, type TextKind } from './scan.ts'

/**
 * Puts pieces into an order in which each loads: the order they are in, changed only where something needs something later. `read` tells what texts
 * mention: to be given when pieces that make the same names are ordered once more, so that no text is read twice.
 */
export function orderPieces(pieces: readonly Piece[], read: MentionReader = mentionReader(pieces)): Order {
  const mentioned = mentionedItems(findMakers(pieces), read)
  const index = new PieceIndex(pieces)
  // Where the current item's list has an edge to another: one array for all of them.
  const places = new Int32Array(pieces.length).fill(-1)
  let found: number[] = []
  let current = 0
  const add = (code: number): void => {
    const need = needOf(code)
    const place = places[need] ?? -1
    if (place < 0 && need !== current) places[need] = found.push(code) - 1
    else if (place >= 0 && code > (found[place] ?? 0)) found[place] = code
  }
  const needs = pieces.map((piece, item) => {
    found = []
    current = item
    for (const [key, how] of piece.needs ?? none) {
      const need = index.find(key)
      if (need !== undefined) add(edge(need, how))
    }
    mentioned(piece, false, add)
    for (const code of found) places[needOf(code)] = -1
    return found
  })
  const bodies: (ReadonlySet<number> | undefined)[] = pieces.map(() => undefined)
  const inBody = (item: number): ReadonlySet<number> => (bodies[item] ??= readBodies(item))
  const readBodies = (item: number): ReadonlySet<number> => {
    const piece = pieces[item]
    if (!piece?.uses?.some(([, kind]) => kind === 'body')) return nothing
    const named = new Set<number>()
    mentioned(piece, true, (code) => named.add(needOf(code)))
    return named
  }
  for (let item = 0; item < pieces.length; item += 1) if (pieces[item]?.runs) addBodies(needs[item] ?? [], item, inBody)
  listNeighbours(pieces, (before, after) => {
    const list = needs[after]
    if (before !== after && list && !list.some((code) => needOf(code) === before)) list.push(edge(before, strength.sequence))
  })
  // What is needed is pulled in in the order it has among the pieces.
  for (const list of needs) sortNumbers(list)
  return orderItems(needs)
}

const none: readonly never[] = []
const nothing: ReadonlySet<never> = new Set()

/** In place. Most lists have few numbers, in order but for one or two: for these nothing is allocated. */
function sortNumbers(list: number[]): void {
  if (list.length > 20) {
    if (!isSorted(list)) list.sort((a, b) => a - b)
    return
  }
  for (let at = 1; at < list.length; at += 1) {
    const moved = list[at] ?? 0
    let to = at
    for (; to > 0 && (list[to - 1] ?? 0) > moved; to -= 1) list[to] = list[to - 1] ?? 0
    list[to] = moved
  }
}

function isSorted(list: readonly number[]): boolean {
  for (let at = 1; at < list.length; at += 1) if ((list[at - 1] ?? 0) > (list[at] ?? 0)) return false
  return true
}

/** What a text mentions, under any search path. */
interface Mentioned {
  readonly target: Target
  readonly namespace: string | null
  readonly name: string
  readonly how: Strength
}
export type MentionReader = (text: string, kind: TextKind) => readonly Mentioned[]

/** Reads what texts mention of the names that pieces make, every text once: types and defaults repeat a lot. */
export function mentionReader(pieces: readonly Piece[]): MentionReader {
  const known = namesOf(pieces)
  const byKind = remembered((_kind: TextKind) => new Map<string, readonly Mentioned[]>())
  return (text, kind) => {
    const texts = byKind(kind)
    const before = texts.get(text)
    if (before) return before
    let found: Mentioned[] | undefined
    scanMentions(text, kind, known, (target, namespace, name, how) => (found ??= []).push({ target, namespace, name, how }))
    texts.set(text, found ?? none)
    return found ?? none
  }
}

/** Tells which items a piece's texts mention: those of bodies, or all others. */
function mentionedItems(makers: Makers, read: MentionReader): (piece: Piece, bodies: boolean, add: (code: number) => void) => void {
  // Where unqualified names are looked for, under each search path.
  const paths = remembered(unquoteNames)
  return (piece, bodies, add) => {
    if (!piece.uses || piece.uses.length === 0) return
    const path = paths(piece.searchPath ?? DEFAULT_NAMESPACE)
    for (const [text, kind] of piece.uses) {
      if ((kind === 'body') !== bodies) continue
      for (const { target, namespace, name, how } of read(text, kind)) {
        for (const maker of makers[target].get(name) ?? none) {
          if (namespace === null ? !path.includes(maker.namespace) : namespace !== maker.namespace) continue
          // Arguments may be of a type that is only announced yet: its own functions must be.
          add(edge(maker.item, kind === 'argument' && target === 'type' && maker.announced ? strength.weak : how))
        }
      }
    }
  }
}

/** Adds what is run to what is needed: the bodies of the routines it calls, and of those that they call. */
function addBodies(found: number[], item: number, inBody: (item: number) => ReadonlySet<number>): void {
  // Few items have bodies: constraints and indexes hardly ever need one that does.
  if (inBody(item).size === 0 && !found.some((code) => inBody(needOf(code)).size > 0)) return
  const open = [item, ...found.map(needOf)]
  const seen = new Set(open)
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const need of inBody(next)) {
      if (seen.has(need)) continue
      seen.add(need)
      open.push(need)
      found.push(edge(need, strength.body))
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
  const shells = new Set<string>()
  for (const { makes } of pieces) for (const [target, name] of makes ?? none) if (target === 'shell') shells.add(nameKey(name))
  for (let item = 0; item < pieces.length; item += 1) {
    for (const [target, { namespace, name }] of pieces[item]?.makes ?? none) {
      const maker: Maker = { namespace, item, announced: target === 'type' && shells.size > 0 && shells.has(nameKey({ namespace, name })) }
      const known = makers[target].get(name)
      if (!known) makers[target].set(name, [maker])
      // What is overloaded needs all of them.
      else if (overloaded.has(target) || !known.some((other) => other.namespace === namespace)) known.push(maker)
    }
  }
  return makers
}
const overloaded: ReadonlySet<Target> = new Set(['routine', 'operator', 'companion', 'opclass', 'opfamily'])

function namesOf(pieces: readonly Piece[]): KnownNames {
  const names = new Set<string>()
  const operators = new Set<string>()
  for (const { makes } of pieces) for (const [target, { name }] of makes ?? none) (target === 'operator' ? operators : names).add(name)
  return { names, operators }
}

/** Tells pairs of pieces that make neighbours of a list. */
function listNeighbours(pieces: readonly Piece[], tell: (before: number, after: number) => void): void {
  const lists = new Map<string, { readonly items: number[]; readonly places: number[] }>()
  for (let item = 0; item < pieces.length; item += 1) {
    for (const [list, place] of pieces[item]?.lists ?? none) {
      const known = lists.get(list)
      if (!known) lists.set(list, { items: [item], places: [place] })
      else {
        known.items.push(item)
        known.places.push(place)
      }
    }
  }
  for (const { items, places } of lists.values()) {
    // Most lists are written in their order.
    const sorted = isSorted(places)
      ? items
      : items
          .map((item, n) => [places[n] ?? 0, item] as const)
          .sort(([a], [b]) => a - b)
          .map(([, item]) => item)
    for (let n = 1; n < sorted.length; n += 1) tell(sorted[n - 1] ?? 0, sorted[n] ?? 0)
  }
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
