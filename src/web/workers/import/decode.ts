import type { Diagnostic } from '#core/diagnostic.ts'
import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import { decodeText } from '#formats/shared/sql/decode.ts'
import type { RawSource } from './protocol.ts'
import { selectSources } from './select-sources.ts'

/** A source as text, with what was noticed while decoding it. */
export interface Decoded {
  readonly file: string
  readonly text: string
  /** Bytes as dropped. */
  readonly size: number
  readonly diagnostics: readonly Diagnostic[]
}

type Outcome =
  /** `diagnostics` are about the drop as a whole; each source has its own besides. */
  | { readonly kind: 'decoded'; readonly sources: readonly Decoded[]; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }

/** What a browser can hold twice without trouble. A dump of this size holds data, not schema. */
export const MOST_BYTES = 256 * 1024 * 1024

/** Opens what was dropped: unpacks gzip, decodes, and refuses what is no text with the reason. */
export async function decodeSources(dropped: readonly RawSource[]): Promise<Outcome> {
  const { sources: raw, diagnostics } = selectSources(dropped)
  const bytes = raw.reduce((sum, source) => sum + (source.kind === 'file' ? source.blob.size : source.text.length), 0)
  if (bytes > MOST_BYTES) return refuse('too-large', tooLarge(bytes), 'Dump the schema alone (pg_dump --schema-only) and drop that.')
  const sources: Decoded[] = []
  for (const source of raw) {
    if (source.kind === 'text') {
      sources.push({ file: source.file, text: source.text, size: new Blob([source.text]).size, diagnostics: [] })
      continue
    }
    const packed = new Uint8Array(await source.blob.arrayBuffer())
    const unpacked = isGzip(packed) ? await gunzip(source.blob) : packed
    if (!unpacked)
      return refuse(
        'damaged-gzip',
        `${source.file} is a damaged gzip file.`,
        'Download or copy it again, or unpack it and drop what is inside.',
      )
    if (unpacked.length > MOST_BYTES)
      return refuse('too-large', tooLarge(unpacked.length), 'Dump the schema alone (pg_dump --schema-only) and drop that.')
    const foreign = foreignFile(source.file, unpacked)
    if (foreign) return { kind: 'refused', diagnostics: [foreign] }
    sources.push({ file: source.file, size: packed.length, ...decodeText(unpacked, source.file) })
  }
  return { kind: 'decoded', sources, diagnostics }
}

const refuse = (code: DiagnosticCode, message: string, hint: string): Outcome => ({
  kind: 'refused',
  diagnostics: [{ code, severity: 'error', message, hint }],
})
const tooLarge = (bytes: number): string =>
  `That is ${Math.round(bytes / 1024 / 1024)} MB of text; at most ${MOST_BYTES / 1024 / 1024} MB can be read here.`

const startsWith = (bytes: Uint8Array, ...head: readonly number[]): boolean => head.every((byte, at) => bytes[at] === byte)
const isGzip = (bytes: Uint8Array): boolean => startsWith(bytes, 0x1f, 0x8b)

async function gunzip(blob: Blob): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await new Response(blob.stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer())
  } catch {
    return null
  }
}

/** Files that are not text, by how they begin (PostgreSQL's archive format: `PGDMP`, pg_backup_archiver.h). */
function foreignFile(file: string, bytes: Uint8Array): Diagnostic | null {
  const told = (code: DiagnosticCode, message: string, hint: string): Diagnostic => ({
    code,
    severity: 'error',
    message: `${file} ${message}`,
    hint,
    file,
  })
  if (startsWith(bytes, 0x50, 0x47, 0x44, 0x4d, 0x50)) {
    return told(
      'binary-dump',
      'is a pg_dump archive (custom format), not SQL.',
      `Turn it into SQL: pg_restore --schema-only -f schema.sql ${file}`,
    )
  }
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04))
    return told('zip-file', 'is a zip archive.', 'Unpack it and drop the files that are inside.')
  if (startsWith(bytes, 0x53, 0x51, 0x4c, 0x69, 0x74, 0x65)) {
    return told('sqlite-file', 'is a SQLite database, not SQL.', 'Write its schema as SQL first: sqlite3 file.db .schema > schema.sql')
  }
  if (!isText(bytes))
    return told('not-text', 'is not text.', 'Drop SQL as PostgreSQL writes it (pg_dump --schema-only), or a SchemaFlow JSON file.')
  return null
}

/** Text holds hardly any control characters. Of UTF-16, every second byte is left aside where it is zero. */
function isText(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 4096)
  const zeros = [0, 0]
  let controls = 0
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 8) controls++
  })
  const isWide = Math.min(...zeros) === 0 && Math.max(...zeros) > sample.length * 0.2
  return controls <= sample.length * 0.02 && (isWide || Math.max(...zeros) === 0)
}
