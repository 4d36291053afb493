import type { Position } from './types.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** What a screen shows well. */
const ASPECT = 1.6

/**
 * Packs rectangles without overlap so that the whole is about as wide as a screen: 1.6 : 1. Skyline packing, tallest first; answers in the
 * order of the input.
 */
export function pack(sizes: readonly Size[], gap: number): Position[] {
  if (sizes.length === 0) return []
  const area = sizes.reduce((sum, size) => sum + (size.width + gap) * (size.height + gap), 0)
  const widest = Math.max(...sizes.map((size) => size.width + gap))
  const order = sizes.map((_, index) => index).sort((a, b) => (sizes[b]?.height ?? 0) - (sizes[a]?.height ?? 0) || a - b)
  let best: { readonly waste: number; readonly positions: Position[] } | null = null
  for (const stretch of [1, 1.1, 1.25]) {
    const strip = Math.max(widest, Math.sqrt(area * ASPECT) * stretch)
    const packed = packInto(strip, sizes, order, gap)
    const waste = Math.max(packed.width / ASPECT, packed.height)
    if (!best || waste < best.waste) best = { waste, positions: packed.positions }
  }
  return best?.positions ?? []
}

/** A stretch of the upper border of what is placed so far. */
interface Segment {
  readonly x: number
  readonly width: number
  readonly y: number
}

function packInto(strip: number, sizes: readonly Size[], order: readonly number[], gap: number) {
  let skyline: Segment[] = [{ x: 0, width: strip, y: 0 }]
  const positions: Position[] = sizes.map(() => ({ x: 0, y: 0 }))
  let width = 0
  let height = 0
  for (const index of order) {
    const size = sizes[index]
    if (!size) continue
    const spot = lowestSpot(skyline, size.width + gap, strip)
    positions[index] = spot
    skyline = raise(skyline, spot.x, size.width + gap, spot.y + size.height + gap)
    width = Math.max(width, spot.x + size.width)
    height = Math.max(height, spot.y + size.height)
  }
  return { positions, width, height }
}

function lowestSpot(skyline: readonly Segment[], width: number, strip: number): Position {
  let best: Position = { x: 0, y: Number.POSITIVE_INFINITY }
  for (let first = 0; first < skyline.length; first++) {
    const x = skyline[first]?.x ?? 0
    if (x + width > strip + 0.5 && first > 0) break
    let y = 0
    for (let at = first; at < skyline.length; at++) {
      const segment = skyline[at]
      if (!segment || segment.x >= x + width) break
      y = Math.max(y, segment.y)
    }
    if (y < best.y) best = { x, y }
  }
  return best
}

function raise(skyline: readonly Segment[], x: number, width: number, y: number): Segment[] {
  const end = x + width
  const next: Segment[] = []
  for (const segment of skyline) {
    const segmentEnd = segment.x + segment.width
    if (segmentEnd <= x || segment.x >= end) {
      next.push(segment)
      continue
    }
    if (segment.x < x) next.push({ ...segment, width: x - segment.x })
    if (segmentEnd > end) next.push({ x: end, width: segmentEnd - end, y: segment.y })
  }
  next.push({ x, width, y })
  return next.sort((a, b) => a.x - b.x)
}
