import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium, launchBrowser, openPage, type Complaints } from '../support/browser.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { drizzleSql, hasPostgres, validatePrisma, withDatabase } from '../support/tools.ts'
import { boxOf, carryOutImport, columnNamed, downloadCode, goTo, neighbourOf, readFile, tableNamed, toTheTypes, tryIt } from './app.ts'

const shared = path.resolve(import.meta.dirname, '../../../shared/corpus/postgres-dump/pagila.sql')
// Pagila where it is at hand; else a dump of our own with the same things in it.
const story = existsSync(shared)
  ? { file: shared, from: 'city', key: 'city_id', column: 'city', renamed: 'town' }
  : { file: path.resolve(import.meta.dirname, '../fixtures/shop.sql'), from: 'tag', key: 'id', column: 'name', renamed: 'label' }

describe.skipIf(!hasChromium)('the first journey', () => {
  let server: TestServer
  let browser: Browser
  let mine: BrowserContext
  let page: Page
  let complaints: Complaints
  let other: Page
  let linked = { table: '', column: '' }

  beforeAll(async () => {
    server = await startServer()
    browser = await launchBrowser()
    mine = await browser.newContext({ viewport: { width: 1600, height: 900 }, acceptDownloads: true })
    const opened = await openPage(mine)
    page = opened.page
    complaints = opened.complaints
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  test('AUTH-1 IMP-1 a guest drops a dump and sees its tables and relationships', async () => {
    await tryIt(page, server.url)
    await readFile(page, story.file)
    await carryOutImport(page)
    await expect.poll(() => page.getByRole('treeitem').count()).toBeGreaterThan(5)
    await goTo(page, story.from)
    expect(await page.locator('svg path').count()).toBeGreaterThan(0)
  })

  test('LIVE-1 a second browser opens the same project', async () => {
    const theirs = await browser.newContext({ viewport: { width: 1600, height: 900 }, storageState: await mine.storageState() })
    const opened = await openPage(theirs)
    other = opened.page
    await other.goto(page.url())
    await other.getByRole('toolbar', { name: 'Canvas tools' }).waitFor()
    await goTo(other, story.from)
  })

  test('CANVAS-2 LIVE-1 a renamed column shows in the second browser', async () => {
    const table = await goTo(page, story.from)
    await columnNamed(table, story.column).locator('.sf-name').dblclick()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(story.renamed)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await columnNamed(tableNamed(other, story.from), story.renamed).waitFor()
  })

  test('CANVAS-4 LIVE-1 a relationship drawn from a key to a table shows in the second browser', async () => {
    const table = await goTo(page, story.from)
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('-')
    const target = await neighbourOf(page, story.from)
    const before = await target.locator('[data-column]').count()
    const name = (await target.getAttribute('data-table')) ?? ''
    await columnNamed(table, story.key).hover()
    await page.locator('[data-link-dot]').last().hover()
    await page.mouse.down()
    const header = await boxOf(target.locator('header'))
    await page.mouse.move(header.x + header.width / 2, header.y + header.height / 2, { steps: 8 })
    await page.mouse.up()
    await page.getByRole('button', { name: 'Create relationship' }).click()
    await expect.poll(() => target.locator('[data-column]').count()).toBe(before + 1)
    linked = { table: name, column: `${story.from}_${story.key}` }
    await goTo(other, name)
    await columnNamed(tableNamed(other, name), linked.column).waitFor()
  })

  test('CANVAS-5 LIVE-1 an enum added in the outline shows in the second browser', async () => {
    await toTheTypes(page)
    await page.getByRole('button', { name: 'Add an enum type' }).click()
    await page.getByLabel('Type name').fill('shipping_state')
    for (const value of ['packed', "on it's way", 'there']) {
      await page.getByLabel('Add a value').fill(value)
      await page.getByLabel('Add a value').press('Enter')
    }
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByRole('treeitem', { name: /shipping_state/ }).waitFor()
    await toTheTypes(other)
    await other.getByRole('treeitem', { name: /shipping_state/ }).waitFor()
  })

  test('LIVE-4 everything is still there after a reload', async () => {
    await page.reload()
    await page.getByRole('toolbar', { name: 'Canvas tools' }).waitFor()
    await toTheTypes(page)
    await page.getByRole('treeitem', { name: /shipping_state/ }).waitFor()
    const table = await goTo(page, story.from)
    expect(await columnNamed(table, story.renamed).count()).toBe(1)
  })

  test.skipIf(!hasPostgres)('GEN-1 the SQL contains the edits and PostgreSQL accepts it', async () => {
    const sql = await downloadCode(page, 'SQL')
    const found = await withDatabase(sql, async (client) => {
      const columns = await client.query('SELECT 1 FROM information_schema.columns WHERE table_name = $1 AND column_name = $2', [
        story.from,
        story.renamed,
      ])
      const labels = await client.query(
        `SELECT enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE typname = 'shipping_state' ORDER BY enumsortorder`,
      )
      const keys = await client.query(
        `SELECT 1 FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
          WHERE contype = 'f' AND conrelid = $1::regclass AND confrelid = $2::regclass AND attname = $3`,
        [linked.table, story.from, linked.column],
      )
      return { columns: columns.rowCount, labels: labels.rows.map((row: { enumlabel: string }) => row.enumlabel), keys: keys.rowCount }
    })
    expect(found.columns).toBe(1)
    expect(found.labels).toEqual(['packed', "on it's way", 'there'])
    expect(found.keys).toBe(1)
  })

  test.skipIf(!hasPostgres)(
    'GEN-2 the Drizzle code contains the edits, compiles, and its kit writes SQL that PostgreSQL accepts',
    async () => {
      const code = await downloadCode(page, 'Drizzle')
      expect(code).toContain('shipping_state')
      const sql = drizzleSql(code)
      expect(sql).toContain(`"${story.renamed}"`)
      expect(sql).toContain(`'on it''s way'`)
    },
  )

  test('GEN-3 the Prisma schema contains the edits and Prisma accepts it', async () => {
    const text = await downloadCode(page, 'Prisma')
    validatePrisma(text)
    expect(text).toMatch(new RegExp(`^\\s+${story.renamed}\\b`, 'm'))
    expect(text).toContain('shipping_state')
  })

  test('CANVAS-15 nothing complained: no page error, no refused script or style', () => {
    expect(complaints.list).toEqual([])
  })
})
