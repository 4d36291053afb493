import { useEffect, useMemo, useReducer } from 'react'
import type { CodeLine, LineSource } from './code-line.ts'
import type { Window } from './use-window.ts'

const CHUNK = 100

/**
 * The lines in sight, as they arrive. When the source is replaced (the schema was edited) the old lines stay until the new ones are there,
 * so that nothing flickers.
 */
export function useLines(source: LineSource | null, { from, to }: Window): (line: number) => CodeLine | undefined {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const cache = useMemo(() => new LineCache(), [])

  useEffect(() => {
    if (!source) return undefined
    let isWanted = true
    cache.use(source)
    void cache.fill(from, to).then((changed) => {
      if (isWanted && changed) redraw()
    })
    return () => {
      isWanted = false
    }
  }, [source, from, to, cache])

  return (line) => cache.get(line)
}

/** Chunks of lines of the present source, and of the one before as a stand-in. */
class LineCache {
  #source: LineSource | null = null
  #present = new Map<number, readonly CodeLine[]>()
  #former = new Map<number, readonly CodeLine[]>()

  use(source: LineSource): void {
    if (source === this.#source) return
    if (this.#present.size > 0) this.#former = this.#present
    this.#present = new Map()
    this.#source = source
  }

  get(line: number): CodeLine | undefined {
    const chunk = Math.floor(line / CHUNK)
    return (this.#present.get(chunk) ?? this.#former.get(chunk))?.[line % CHUNK]
  }

  /** Reads what is missing of a range. True when something new is there to draw. */
  async fill(from: number, to: number): Promise<boolean> {
    const source = this.#source
    if (!source) return false
    const wanted: number[] = []
    for (let chunk = Math.floor(from / CHUNK); chunk * CHUNK < to; chunk++) if (!this.#present.has(chunk)) wanted.push(chunk)
    const read = await Promise.all(
      wanted.map(async (chunk) => [chunk, await source.read(chunk * CHUNK, Math.min(source.lineCount, (chunk + 1) * CHUNK))] as const),
    )
    if (source !== this.#source) return false
    for (const [chunk, lines] of read) this.#present.set(chunk, lines)
    return wanted.length > 0
  }
}
