import type { Id } from './rows.ts'

/** A UUIDv7 from a time (ms since 1970) and ten random bytes, both handed in: `uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))`. */
export function uuidV7(time: number, random: Uint8Array): Id {
  const bytes = Array.from({ length: 16 }, (_, index) =>
    index < 6 ? Math.floor(time / 2 ** (8 * (5 - index))) % 256 : (random[index - 6] ?? 0),
  )
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/**
 * Ids that follow from one id, so that a mutation that makes many rows makes the same on every machine. They are UUIDs of the seed's time whose
 * last 12 digits count on from the seed's: as unlikely to meet others as the seed itself. `lane` keeps the ids of different purposes apart.
 */
export function derivedIds(seed: Id, lane = 0): () => Id {
  const head = seed.slice(0, 24)
  const tail = Number.parseInt(seed.slice(24), 16)
  let next = 0
  return () => {
    next += 1
    const counted = (tail + lane * 0x1_0000_0000 + next) % 0x1_0000_0000_0000
    return `${head}${counted.toString(16).padStart(12, '0')}`
  }
}
