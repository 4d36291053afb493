import { existsSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openBench, type Bench } from './open-bench.ts'

// `npm test` says when there is no Chromium.
const hasChromium = existsSync(process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium')

describe.skipIf(!hasChromium)('the canvas in a browser', () => {
  let bench: Bench
  let page: Page
  let errors: string[]

  beforeAll(async () => void (bench = await openBench()))
  afterAll(() => bench.close())
  beforeEach(async () => {
    errors = []
    page = await bench.browser.newPage({ viewport: { width: 1300, height: 840 } })
    page.on('pageerror', (error) => errors.push(String(error)))
    page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())))
  })
  afterEach(async () => {
    await page.close()
    if (errors.length > 0) throw new Error(`The page had errors: ${errors.join('\n')}`)
  })

  const open = async (query: string): Promise<void> => {
    await page.goto(`${bench.address}/?${query}`)
    await page.waitForFunction('window.isReady === true')
  }
  const table = (name: string): Locator => page.locator(`[data-table="${name}"]`)
  const column = (name: string, of: string): Locator => table(of).locator(`[data-column="${name}"]`)
  const drag = async (from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> => {
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(to.x, to.y, { steps: 6 })
    await page.mouse.up()
  }
  const at = async (locator: Locator): Promise<{ x: number; y: number }> => {
    const box = await locator.boundingBox()
    return { x: (box?.x ?? Number.NaN) + 40, y: (box?.y ?? Number.NaN) + 12 }
  }

  test('CANVAS-1, CANVAS-2: a table is made by two clicks, named, and its columns are typed one after the other', async () => {
    await open('tables=0')
    await page.getByText('Start with what you have').waitFor()
    await page.mouse.dblclick(400, 300)
    await page.keyboard.type('author')
    await page.keyboard.press('Tab')
    await page.keyboard.type('name varchar(80)')
    await page.keyboard.press('Enter')
    await page.keyboard.type('born date')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await column('born', 'author').waitFor()
    expect(await table('author').locator('[data-column]').allTextContents()).toEqual(['idbigint', 'namevarchar(80)', 'borndate'])
  })

  test('CANVAS-4: a line from a key to a table asks what it is to be and makes a foreign key', async () => {
    await open('tables=0')
    for (const [name, x] of [
      ['author', 300],
      ['book', 800],
    ] as const) {
      await page.mouse.dblclick(x, 300)
      await page.keyboard.type(name)
      await page.keyboard.press('Enter')
    }
    await column('id', 'author').hover()
    const dot = await page.locator('[data-link-dot]').last().boundingBox()
    await drag({ x: (dot?.x ?? 0) + 12, y: (dot?.y ?? 0) + 12 }, await at(table('book')))
    await page.getByRole('radio', { name: '1 : N' }).waitFor()
    await page.getByRole('button', { name: 'Create relationship' }).click()
    await column('author_id', 'book').waitFor()
    await page.getByRole('button', { name: 'Delete relationship' }).waitFor()
    expect(await column('author_id', 'book').locator('[role="img"]').getAttribute('aria-label')).toBe('foreign key')
  })

  /** Tables called after their number, made by two clicks each. */
  const make = async (...places: readonly (readonly [name: string, x: number, y: number])[]): Promise<void> => {
    for (const [name, x, y] of places) {
      await page.mouse.dblclick(x, y)
      await page.keyboard.type(name)
      await page.keyboard.press('Enter')
    }
  }

  test('CANVAS-1: a table goes where it is dragged, near and far', async () => {
    await open('tables=0')
    await make(['author', 630, 410])
    const start = await at(table('author').locator('header'))
    await drag(start, { x: start.x + 120, y: start.y + 60 })
    const near = await at(table('author').locator('header'))
    expect([Math.round(near.x - start.x), Math.round(near.y - start.y)]).toEqual([120, 60])
    await drag(near, start)
    for (let step = 0; step < 4; step++) {
      await page.keyboard.press('-')
      await page.waitForTimeout(250)
    }
    await expect.poll(() => page.locator('[data-table]').count()).toBe(0)
    // The middle of the screen stays where it is when the zoom changes.
    await drag({ x: 650, y: 420 }, { x: 690, y: 440 })
    await page.keyboard.press('0')
    await table('author').waitFor()
    await page.waitForTimeout(250)
    const far = await at(table('author').locator('header'))
    expect(far.x - start.x).toBeGreaterThan(80)
  })

  test('CANVAS-13: far out no table is an element; two clicks go near; S0 §8 keys zoom and fit', async () => {
    await open('tables=300&view=fit')
    expect(await page.locator('[data-table]').count()).toBe(0)
    await page.keyboard.press('0')
    await page.locator('[data-table]').first().waitFor()
    expect(await page.locator('[data-table]').count()).toBeLessThan(60)
    await page.keyboard.press('f')
    await expect.poll(() => page.locator('[data-table]').count()).toBe(0)
  })

  test('CANVAS-8: tables are arranged in a worker without overlap', async () => {
    await open('tables=0')
    await make(['one', 300, 100], ['two', 620, 200], ['three', 940, 300])
    const boxes = () => page.locator('[data-table]').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect))
    const before = await boxes()
    await page.keyboard.press('Escape')
    await page.keyboard.press('l')
    await expect.poll(async () => JSON.stringify(await boxes()) !== JSON.stringify(before)).toBe(true)
    await page.waitForTimeout(400)
    const after = await boxes()
    expect(after).toHaveLength(3)
    for (const [index, a] of after.entries())
      for (const b of after.slice(index + 1))
        expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true)
  })

  test('a refused name is told and nothing changes', async () => {
    await open('tables=0')
    for (const [name, x] of [
      ['author', 300],
      ['book', 800],
    ] as const) {
      await page.mouse.dblclick(x, 300)
      await page.keyboard.type(name)
      await page.keyboard.press('Enter')
    }
    await table('book').locator('header').dblclick()
    await page.keyboard.type('author')
    await page.keyboard.press('Enter')
    await page.getByText('There is a table "author" already.').waitFor()
    expect(await page.locator('[data-table]').evaluateAll((all) => all.map((one) => one.getAttribute('data-table')))).toEqual([
      'author',
      'book',
    ])
  })
})
