import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright-core'
import { build } from 'vite'

/** The canvas alone, built and served, and a browser to look at it with. */
export interface Bench {
  readonly browser: Browser
  /** Takes the parameters of page.tsx: `?variant=product&tables=1000`. */
  readonly address: string
  close(): Promise<void>
}

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']

export async function openBench(): Promise<Bench> {
  const outDir = fileURLToPath(new URL('../../../../.cache/canvas-bench', import.meta.url))
  await build({ configFile: fileURLToPath(new URL('./vite.config.ts', import.meta.url)), logLevel: 'error', build: { outDir } })
  const server = await serve(outDir)
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: flags })
  return {
    browser,
    address: server.address,
    async close() {
      await browser.close()
      server.close()
    },
  }
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}

/** Serves a folder's files on a free port of this machine. */
function serve(folder: string): Promise<{ readonly address: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const path = pathname === '/' ? 'index.html' : pathname.slice(1)
    readFile(join(folder, path)).then(
      (body) => response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body),
      () => response.writeHead(404).end(),
    )
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const at = server.address()
      resolve({ address: `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}`, close: () => void server.close() })
    })
  })
}
