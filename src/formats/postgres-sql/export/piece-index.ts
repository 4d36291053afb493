import type { Piece, PieceKey } from './piece.ts'

/** Finds pieces by their keys, by the parts of these, so that no text is made to look something up. */
export class PieceIndex {
  /** By kind, namespace and name. */
  private readonly whole: Map<string, Map<string, Map<string, number>>> = new Map()
  /** By kind, namespace, name and part. */
  private readonly parts: Map<string, Map<string, Map<string, Map<string, number>>>> = new Map()

  constructor(pieces: readonly Piece[]) {
    for (const [item, { key }] of pieces.entries()) if (key) this.add(key, item)
  }

  /** The place of the piece in its list; undefined when there is none. */
  find({ kind, namespace, name, part }: PieceKey): number | undefined {
    if (part === '') return this.whole.get(kind)?.get(namespace)?.get(name)
    return this.parts.get(kind)?.get(namespace)?.get(name)?.get(part)
  }

  private add({ kind, namespace, name, part }: PieceKey, item: number): void {
    if (part === '') inner(inner(this.whole, kind), namespace).set(name, item)
    else inner(inner(inner(this.parts, kind), namespace), name).set(part, item)
  }
}

/** The map that stands in another under a key. */
function inner<T>(maps: Map<string, Map<string, T>>, key: string): Map<string, T> {
  const known = maps.get(key)
  if (known) return known
  const made = new Map<string, T>()
  maps.set(key, made)
  return made
}
