import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { carryOutImport, downloadCode, goTo, readFile, tryIt } from '#tests/e2e/app.ts'
import { hasChromium, launchBrowser, openPage, type Complaints } from '#tests/support/browser.ts'
import { startServer, type TestServer } from '#tests/support/server.ts'
import { hasPostgres, withDatabase } from '#tests/support/tools.ts'
import { inspector, save } from './testing.ts'

const seats = path.resolve(import.meta.dirname, '../../../../tests/fixtures/seats.sql')

/** The seats among so many other tables that a list of them is searched. */
function crowded(folder: string): string {
  const others = Array.from({ length: 40 }, (_, n) => `CREATE TABLE other_${n} (id integer PRIMARY KEY);`)
  const file = path.join(folder, 'crowded.sql')
  writeFileSync(file, [readFileSync(seats, 'utf8'), ...others].join('\n'))
  return file
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await inspector(page).getByRole('combobox', { name: label, exact: true }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}
/** Among many choices one is found by typing. */
async function find(page: Page, label: string, option: string): Promise<void> {
  await inspector(page).getByRole('combobox', { name: label, exact: true }).click()
  await page.getByRole('dialog', { name: label }).getByPlaceholder('Search').fill(option)
  await page.getByRole('option', { name: option, exact: true }).waitFor()
  await page.keyboard.press('Enter')
}

describe.skipIf(!hasChromium)('the inspector, for keys of several columns and rarer objects', () => {
  let server: TestServer
  let browser: Browser
  let page: Page
  let complaints: Complaints
  let folder = ''

  beforeAll(async () => {
    server = await startServer({})
    browser = await launchBrowser()
    const opened = await openPage(await browser.newContext({ viewport: { width: 1600, height: 900 }, acceptDownloads: true }))
    page = opened.page
    complaints = opened.complaints
    await tryIt(page, server.url)
    folder = mkdtempSync(path.join(tmpdir(), 'schemaflow-seats-'))
    await readFile(page, crowded(folder))
    await carryOutImport(page)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('a foreign key of two columns is made: choosing the table offers its key and the columns that fit', async () => {
    await goTo(page, 'seat')
    await page.keyboard.press('i')
    await inspector(page).getByRole('button', { name: 'Add foreign key' }).click()
    await find(page, 'Refers to table', 'flight')
    await inspector(page).getByRole('combobox', { name: 'Column 2', exact: true }).getByText('flight_day').waitFor()
    await choose(page, 'On delete', 'Set null')
    await choose(page, 'Match', 'Full')
    await save(page)
    await inspector(page).getByRole('heading', { name: 'seat_flight_number_flight_day_fkey' }).waitFor()
    await page.keyboard.press('Escape')
    const made = inspector(page).getByRole('region', { name: 'Foreign keys' }).getByRole('button', { name: 'seat_flight_number' })
    await made.getByText('flight_number, flight_day → flight').waitFor()
  })

  test('what is lacking is said, and cannot be saved yet', async () => {
    await inspector(page).getByRole('button', { name: 'Add foreign key' }).click()
    await inspector(page).getByRole('textbox', { name: 'Name' }).fill('own_name')
    await inspector(page).getByRole('status').getByText('Choose the table it refers to').waitFor()
    await find(page, 'Refers to table', 'seat')
    await inspector(page).getByRole('status').getByText('Choose both columns of each pair').waitFor()
    expect(await inspector(page).getByRole('button', { name: /^Save/ }).isDisabled()).toBe(true)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
  })

  test('a text search configuration shows its parser and mappings, and gets another', async () => {
    await page.getByLabel('Filter the outline').fill('plain')
    await page.getByRole('treeitem', { name: /^plain/ }).click()
    await inspector(page).getByRole('textbox', { name: 'Parser' }).waitFor()
    expect(await inspector(page).getByRole('textbox', { name: 'Dictionaries 1' }).inputValue()).toBe('simple')
    await inspector(page).getByRole('button', { name: 'Add a kind of token' }).click()
    await inspector(page).getByRole('textbox', { name: 'Token 2' }).fill('word')
    await inspector(page).getByRole('textbox', { name: 'Dictionaries 2' }).fill('english_stem, simple')
    await save(page)
  })

  test('a publication names its tables, their columns and which rows', async () => {
    await page.getByLabel('Filter the outline').fill('seats')
    await page.getByRole('treeitem', { name: /^seats/ }).click()
    await inspector(page).getByRole('textbox', { name: 'Columns 1' }).fill('id, price')
    await inspector(page).getByRole('textbox', { name: 'Where 1' }).fill('price > 0')
    await inspector(page).getByRole('button', { name: 'Add a table' }).click()
    await inspector(page).getByRole('textbox', { name: 'Table 2' }).fill('flight')
    await save(page)
    await page.getByLabel('Filter the outline').fill('')
  })

  test('all of it is in the exported SQL, and PostgreSQL takes it', async () => {
    const sql = await downloadCode(page, 'SQL')
    expect(sql).toMatch(/FOREIGN KEY \(flight_number, flight_day\)\s+REFERENCES flight \(number, day\) MATCH FULL\s+ON DELETE SET NULL/)
    expect(sql).toMatch(/ADD MAPPING FOR word\s+WITH english_stem, simple/)
    expect(sql).toMatch(/CREATE PUBLICATION seats\s+FOR TABLE seat \(id, price\) WHERE \(price > 0\),\s+flight;/)
    if (!hasPostgres) return
    const rows = await withDatabase(sql, async (client) => {
      const published = await client.query("SELECT tablename FROM pg_publication_tables WHERE pubname = 'seats' ORDER BY 1")
      return published.rows.map((row: { tablename: string }) => row.tablename)
    })
    expect(rows).toEqual(['flight', 'seat'])
  })

  test('nothing complained: no page error, no refused script or style', () => {
    expect(complaints.list.filter((line) => !line.includes('favicon'))).toEqual([])
  })
})
