import { resolve } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { build, type Rollup } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type * as transport from '#web/state/transport.ts'
import { hasChromium, launchBrowser } from '../support/browser.ts'
import { startServer, type TestServer } from '../support/server.ts'

declare global {
  interface Window {
    schemaflow: typeof transport
    project: transport.OpenedProject
    refused: string[]
  }
}

/** What only a real browser has: its cookies, its Origin, IndexedDB and Web Locks. */
describe.skipIf(!hasChromium)('the transport in a browser', () => {
  let server: TestServer
  let browser: Browser
  let context: BrowserContext
  let bundle: string
  let projectId: string

  beforeAll(async () => {
    ;[server, browser, bundle] = await Promise.all([startServer(), launchBrowser(), bundleTransport()])
    // The API's pages allow no scripts; ours is put in by the test, not by the server.
    context = await browser.newContext({ bypassCSP: true })
    const page = await newPage()
    projectId = await page.evaluate(async () => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' } }
      await fetch('/api/auth/sign-in/anonymous', { ...init, body: '{}' })
      const created = await fetch('/api/projects', { ...init, body: JSON.stringify({ name: 'Shop' }) })
      return ((await created.json()) as { id: string }).id
    })
    await page.close()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  async function newPage(): Promise<Page> {
    const page = await context.newPage()
    await page.goto(`${server.url}/health`)
    await page.addScriptTag({ content: bundle })
    return page
  }
  async function openTab(): Promise<Page> {
    const page = await newPage()
    await page.evaluate(async (id) => {
      window.refused = []
      window.project = await window.schemaflow.openProject(id, { onRefused: ({ name }) => window.refused.push(name) })
    }, projectId)
    return page
  }
  const names = (page: Page) => page.evaluate(() => window.project.replica.view.all('table').map(({ name }) => name))
  const state = (page: Page) => page.evaluate(() => window.project.replica.state.kind)
  const add = (page: Page, name: string) =>
    page.evaluate((tableName) => {
      void window.project.replica.mutate('tables.create', { id: crypto.randomUUID(), name: tableName, positionX: 0, positionY: 0 })
    }, name)
  /** Client ids whose work lies in the browser's database. */
  const shelved = (page: Page) =>
    page.evaluate(
      () =>
        new Promise<number>((done, fail) => {
          const opening = indexedDB.open('schemaflow', 1)
          opening.onerror = () => fail(new Error('no database'))
          opening.onsuccess = () => {
            const counting = opening.result.transaction('pending').objectStore('pending').count()
            counting.onsuccess = () => {
              opening.result.close()
              done(counting.result)
            }
          }
        }),
    )
  const becomes = async (read: () => Promise<unknown>, wanted: unknown) => {
    await expect.poll(read, { timeout: 15_000 }).toEqual(wanted)
  }

  test('two tabs see each other’s edits, and go on after the server was killed', async () => {
    const [first, second] = [await openTab(), await openTab()]
    await add(first, 'users')
    await becomes(() => names(second), ['users'])
    await server.kill('SIGKILL')
    await becomes(() => state(second), 'offline')
    await add(second, 'orders')
    server = await server.restart()
    await becomes(() => names(first), ['users', 'orders'])
    await becomes(() => state(second), 'saved')
    await first.close()
    await second.close()
  })

  test('edits made offline survive the closing of their tabs, and arrive once each', async () => {
    const [first, second] = [await openTab(), await openTab()]
    await server.kill('SIGKILL')
    for (const page of [first, second]) await becomes(() => state(page), 'offline')
    await add(first, 'first_tab')
    await add(second, 'second_tab')
    await becomes(() => shelved(first), 2)
    await first.close()
    await second.close()
    server = await server.restart()
    const after = await openTab()
    await becomes(async () => (await names(after)).sort(), ['first_tab', 'orders', 'second_tab', 'users'])
    await becomes(() => state(after), 'saved')
    expect(await after.evaluate(() => window.refused)).toEqual([])
    const again = await openTab()
    expect((await names(again)).sort()).toEqual(['first_tab', 'orders', 'second_tab', 'users'])
    await again.close()
    await after.close()
  })

  test('an open project goes on when its guest signs up', async () => {
    const page = await openTab()
    await page.evaluate(async () => {
      const body = JSON.stringify({ email: 'ada@example.org', password: 'correct horse battery', name: 'Ada' })
      await fetch('/api/auth/sign-up/email', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    })
    await add(page, 'after_signing_up')
    await becomes(() => state(page), 'saved')
    expect(await page.evaluate(() => window.refused)).toEqual([])
    const other = await openTab()
    expect(await names(other)).toContain('after_signing_up')
    await other.close()
    await page.close()
  })
})

/** The transport as one script that puts itself on `window.schemaflow`. */
async function bundleTransport(): Promise<string> {
  const result = (await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      lib: { entry: resolve(import.meta.dirname, '../../src/web/state/transport.ts'), formats: ['iife'], name: 'schemaflow' },
    },
  })) as Rollup.RollupOutput[]
  const [output] = result
  const chunk = output?.output[0]
  if (chunk?.type !== 'chunk') throw new Error('the transport was not bundled')
  return chunk.code
}
