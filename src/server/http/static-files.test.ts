import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveFiles } from './static-files.ts'

const base = mkdtempSync(join(tmpdir(), 'schemaflow-files-'))
const folder = join(base, 'client')
let server: Server
let url: string
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(base, 'secret'), 'not for you')
  writeFileSync(join(folder, 'assets', 'app-abc.js'), 'export {}')
  writeFileSync(join(folder, 'assets', 'app-abc.js.br'), brotliCompressSync('export {}'))
  writeFileSync(join(folder, 'favicon.svg'), '<svg/>')
  const files = serveFiles(folder)
  server = createServer((request, response) => files(request, response) || response.writeHead(404).end())
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterAll(() => {
  server.close()
  rmSync(base, { recursive: true, force: true })
})

test('files with a hash in their name are kept for ever, others are asked for again and not sent again', async () => {
  const hashed = await fetch(`${url}/assets/app-abc.js`)
  expect(hashed.headers.get('cache-control')).toContain('immutable')
  expect(hashed.headers.get('content-type')).toContain('text/javascript')
  const icon = await fetch(`${url}/favicon.svg?v=1`)
  expect(icon.headers.get('cache-control')).toBe('no-cache')
  const again = await fetch(`${url}/favicon.svg`, { headers: { 'if-none-match': icon.headers.get('etag') ?? '' } })
  expect(again.status).toBe(304)
})

test('a ready-made compressed copy is sent to whoever understands it', async () => {
  const packed = await fetch(`${url}/assets/app-abc.js`, { headers: { 'accept-encoding': 'br' } })
  expect(packed.headers.get('content-encoding')).toBe('br')
  expect(await packed.text()).toBe('export {}')
  const plain = await fetch(`${url}/assets/app-abc.js`, { headers: { 'accept-encoding': 'identity' } })
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(await plain.text()).toBe('export {}')
})

test.each(['/../secret', '/%2e%2e/secret', '/assets/../../secret', '/assets', '/', '/%', '/assets/app-abc.js.br', '/__proto__'])(
  '%s is no file of the app',
  async (path) => {
    const [host, port] = new URL(url).host.split(':')
    const { request } = await import('node:http')
    const status = await new Promise((done) => request({ host, port, path }, (response) => done(response.resume().statusCode)).end())
    expect(status).toBe(404)
  },
)
