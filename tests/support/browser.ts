import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

/** A Chromium was found by `npm test` (CHROMIUM_PATH); without one the browser tests are skipped, and said so. */
export const hasChromium = Boolean(process.env['CHROMIUM_PATH'])

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts Chromium with the flags that a closed network needs. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: flags })

/** What a page complained about: uncaught errors, console errors and content security violations. */
export interface Complaints {
  readonly list: readonly string[]
}

/** Opens a page that remembers everything it complains about. */
export async function openPage(context: BrowserContext): Promise<{ page: Page; complaints: Complaints }> {
  const page = await context.newPage()
  const list: string[] = []
  page.on('pageerror', (error) => list.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') list.push(`console: ${message.text()} (${message.location().url})`)
  })
  return { page, complaints: { list } }
}
