import { unquoteNames } from '#core/dialects/postgres.ts'
import { DEFAULT_NAMESPACE, nameKey, type ObjectName } from '#core/schema/index.ts'
import { edge, needOf, orderItems, strength, type Order } from './order.ts'
import type { Piece } from './piece.ts'
import { remembered } from './remembered.ts'
import { scanMentions, targets, type KnownNames, type Target, type TextKind } from './scan.ts'

/** Puts pieces into an order in which each loads: the order they are in, changed only where something needs something later. */
export function orderPieces(pieces: readonly Piece[]): Order {
  const mentioned = mentionReader(findMakers(pieces))
  const byKey = new Map(pieces.map((piece, item) => [piece.key, item]))
  // Where the current item's list has an edge to another: one array for all of them.
  const places = new Int32Array(pieces.length).fill(-1)
  const needs = pieces.map((piece, item) => {
    const found: number[] = []
    const add = (code: number) => {
      const need = needOf(code)
      const place = places[need] ?? -1
      if (place < 0 && need !== item) places[need] = found.push(code) - 1
      else if (place >= 0 && code > (found[place] ?? 0)) found[place] = code
    }
    for (const [key, how] of piece.needs ?? []) {
      const need = byKey.get(key)
      if (need !== undefined) add(edge(need, how))
    }
    mentioned(piece, false, add)
    for (const code of found) places[needOf(code)] = -1
    return found
  })
  const inBody = remembered((item: number) => {
    const found = new Set<number>()
    const piece = pieces[item]
    if (piece) mentioned(piece, true, (code) => found.add(needOf(code)))
    return found
  })
  for (const [item, { runs }] of pieces.entries()) if (runs) addBodies(needs[item] ?? [], item, inBody)
  for (const [before, after] of listNeighbours(pieces)) {
    if (before !== after && !needs[after]?.some((code) => needOf(code) === before)) needs[after]?.push(edge(before, strength.sequence))
  }
  // What is needed is pulled in in the order it has among the pieces.
  for (const found of needs) if (found.length > 1) found.sort((a, b) => a - b)
  return orderItems(needs)
}

/** Reads what a piece's texts mention: those of bodies, or all others. Types and defaults repeat a lot: short texts are read once. */
function mentionReader(makers: Makers): (piece: Piece, bodies: boolean, add: (code: number) => void) => void {
  const names = namesOf(makers)
  const read = remembered((_path: string) => remembered((_kind: TextKind) => new Map<string, readonly number[]>()))
  // Where unqualified names are looked for, under each search path.
  const paths = remembered(unquoteNames)
  const scan = (text: string, kind: TextKind, path: readonly string[], add: (code: number) => void) =>
    scanMentions(text, kind, names, (target, namespace, name, how) => {
      for (const maker of makers[target].get(name) ?? []) {
        if (namespace === null ? !path.includes(maker.namespace) : namespace !== maker.namespace) continue
        // Arguments may be of a type that is only announced yet: its own functions must be.
        add(edge(maker.item, kind === 'argument' && target === 'type' && maker.announced ? strength.weak : how))
      }
    })
  return (piece, bodies, add) => {
    if (!piece.uses || piece.uses.length === 0) return
    const path = paths(piece.searchPath ?? DEFAULT_NAMESPACE)
    const under = read(piece.searchPath ?? DEFAULT_NAMESPACE)
    for (const [text, kind] of piece.uses) {
      if ((kind === 'body') !== bodies) continue
      if (text.length > 100) {
        scan(text, kind, path, add)
        continue
      }
      const texts = under(kind)
      const known = texts.get(text)
      const found: number[] = []
      if (!known) {
        scan(text, kind, path, (code) => found.push(code))
        texts.set(text, found)
      }
      for (const code of known ?? found) add(code)
    }
  }
}

/** Adds what is run to what is needed: the bodies of the routines it calls, and of those that they call. */
function addBodies(found: number[], item: number, inBody: (item: number) => ReadonlySet<number>): void {
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
  for (const { makes = [] } of pieces) for (const [target, name] of makes) if (target === 'shell') shells.add(nameKey(name))
  for (const [item, { makes = [] }] of pieces.entries()) {
    for (const [target, { namespace, name }] of makes) {
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

function namesOf(makers: Makers): KnownNames {
  const names = new Set<string>()
  for (const target of targets) if (target !== 'operator') for (const name of makers[target].keys()) names.add(name)
  return { names, operators: new Set(makers.operator.keys()) }
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
