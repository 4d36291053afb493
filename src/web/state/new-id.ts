import type { Id } from '#core/project/rows.ts'

let lastTime = 0
let counter = 0

/**
 * A new UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then a 12-bit counter so that ids made in one millisecond sort in the order they
 * were made, then 62 random bits.
 */
export function newId(now: number = Date.now()): Id {
  const random = crypto.getRandomValues(new Uint8Array(10))
  if (now > lastTime) {
    lastTime = now
    // Starts in the lower half, so that about 2,000 ids fit before the clock must move.
    counter = (((random[0] ?? 0) << 8) | (random[1] ?? 0)) & 0x7ff
  } else if (++counter > 0xfff) {
    lastTime++
    counter = 0
  }
  const time = lastTime.toString(16).padStart(12, '0')
  const variant = (0x80 | ((random[2] ?? 0) & 0x3f)).toString(16)
  const tail = [...random.subarray(3)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${tail.slice(0, 2)}-${tail.slice(2, 14)}`
}
