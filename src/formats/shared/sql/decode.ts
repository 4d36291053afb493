import type { Diagnostic } from '#core/diagnostic.ts'
import { LineIndex } from './positions.ts'

// Every runtime we run in has it; the layer's library does not name it.
declare const TextDecoder: new (label: string, options?: { fatal?: boolean }) => { decode: (bytes: Uint8Array) => string }

/** A file's bytes as text, with what was noticed on the way. */
export interface DecodedText {
  readonly text: string
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads bytes as UTF-8, as UTF-16 where a byte order mark (or every other byte being zero) says so, else as Latin-1 with a warning at the first
 * byte that is not UTF-8. Never throws. The byte order mark is left out.
 */
export function decodeText(bytes: Uint8Array, file?: string): DecodedText {
  const wide = utf16(bytes)
  if (wide) {
    const name = wide === 'utf-16le' ? 'UTF-16, little endian' : 'UTF-16, big endian'
    const message = `The file is encoded in ${name}; it was read as such.`
    return {
      text: decodeUtf16(bytes, wide),
      diagnostics: [{ code: 'encoding-utf16', severity: 'info', message, file, hint: 'Save it as UTF-8: other tools may not read it.' }],
    }
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), diagnostics: [] }
  } catch {
    const text = decodeLatin1(bytes)
    const at = firstBadByte(bytes)
    const byte = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0')
    const message = `The file is not UTF-8 (byte 0x${byte}); it was read as Latin-1 (Windows-1252).`
    const hint = 'Check accented letters, or save the file as UTF-8 and import it again.'
    return {
      text,
      diagnostics: [{ code: 'encoding-latin1', severity: 'warning', message, hint, file, span: new LineIndex(text).span(at, at + 1) }],
    }
  }
}

function utf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  // Without a mark: text in Latin letters has a zero in every second byte.
  const sample = Math.min(bytes.length, 256)
  if (sample < 4) return undefined
  let even = 0
  let odd = 0
  for (let at = 0; at < sample; at += 1) {
    if (bytes[at] !== 0) continue
    if (at % 2 === 0) even += 1
    else odd += 1
  }
  if (odd > sample * 0.4 && even === 0) return 'utf-16le'
  if (even > sample * 0.4 && odd === 0) return 'utf-16be'
  return undefined
}

function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string {
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2))
  if (encoding === 'utf-16le') return new TextDecoder('utf-16le').decode(even)
  const swapped = new Uint8Array(even.length)
  for (let at = 0; at < even.length; at += 2) {
    swapped[at] = even[at + 1] ?? 0
    swapped[at + 1] = even[at] ?? 0
  }
  return new TextDecoder('utf-16le').decode(swapped)
}

/** One character per byte, so that offsets in the text are offsets in the bytes. */
const decodeLatin1 = (bytes: Uint8Array): string => new TextDecoder('windows-1252').decode(bytes)

/** Where UTF-8 breaks, found by its own rules: lead byte, then as many continuation bytes as it says. */
function firstBadByte(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0
    const more = lead < 0x80 ? 0 : lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : -1
    if (more < 0) return at
    for (let n = 1; n <= more; n += 1) if (((bytes[at + n] ?? 0) & 0xc0) !== 0x80) return at
    at += more + 1
  }
  return Math.max(0, bytes.length - 1)
}
