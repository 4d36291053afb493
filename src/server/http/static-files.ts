import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'

type Encoding = 'br' | 'gzip'
interface StaticFile {
  readonly path: string
  readonly type: string
  readonly size: number
  readonly modified: string
  readonly tag: string
  /** Its name holds a hash of its content: it never changes. */
  readonly immutable: boolean
  /** Ready-made smaller copies beside it. */
  readonly packed: Partial<Record<Encoding, { readonly path: string; readonly size: number }>>
}
const suffixes: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' }

/**
 * Serves the files of a folder. The folder is listed once, so a request can name nothing else, and a miss costs no disk access.
 * @returns whether the request was answered
 */
export function serveFiles(folder: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  const files = existsSync(folder) ? listFiles(folder) : new Map<string, StaticFile>()
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    const file = files.get(pathOf(request.url ?? '/'))
    if (!file) return false
    send(file, request, response)
    return true
  }
}

function send(file: StaticFile, request: IncomingMessage, response: ServerResponse): void {
  const accepted = String(request.headers['accept-encoding'] ?? '')
  const encoding = (['br', 'gzip'] as const).find((name) => file.packed[name] && new RegExp(`\\b${name}\\b`).test(accepted))
  const body = (encoding && file.packed[encoding]) ?? file
  response.setHeader('content-type', file.type)
  response.setHeader('cache-control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
  response.setHeader('etag', file.tag)
  response.setHeader('last-modified', file.modified)
  response.setHeader('vary', 'accept-encoding')
  response.setHeader('x-content-type-options', 'nosniff')
  if (request.headers['if-none-match'] === file.tag) {
    response.writeHead(304).end()
    return
  }
  if (encoding) response.setHeader('content-encoding', encoding)
  response.setHeader('content-length', body.size)
  response.writeHead(200)
  if (request.method === 'HEAD') response.end()
  else
    createReadStream(body.path)
      .on('error', () => response.destroy())
      .pipe(response)
}

function pathOf(url: string): string {
  try {
    return decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '/')
  } catch {
    return ''
  }
}

function listFiles(folder: string): Map<string, StaticFile> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const known = new Set(paths)
  const files = new Map<string, StaticFile>()
  for (const path of paths) {
    if (Object.values(suffixes).some((suffix) => path.endsWith(suffix) && known.has(path.slice(0, -suffix.length)))) continue
    const url = `/${relative(folder, path).split(sep).join('/')}`
    const { size, mtime } = statSync(path)
    const packed: StaticFile['packed'] = Object.fromEntries(
      Object.entries(suffixes).flatMap(([name, suffix]) =>
        known.has(path + suffix) ? [[name, { path: path + suffix, size: statSync(path + suffix).size }]] : [],
      ),
    )
    const tag = `"${size.toString(36)}-${Math.trunc(mtime.getTime()).toString(36)}"`
    const type = types[extname(path)] ?? 'application/octet-stream'
    files.set(url, { path, type, size, modified: mtime.toUTCString(), tag, immutable: url.startsWith('/assets/'), packed })
  }
  return files
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}
