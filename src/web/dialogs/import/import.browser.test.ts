import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { carryOutImport, readFile, tableNamed, tryIt } from '#tests/e2e/app.ts'
import { hasChromium, launchBrowser, openPage, type Complaints } from '#tests/support/browser.ts'
import { startServer, type TestServer } from '#tests/support/server.ts'

const url = process.env['SCHEMAFLOW_TEST_PG']
if (hasChromium && !url) process.stderr.write('import.browser.test.ts: partly skipped, SCHEMAFLOW_TEST_PG names no PostgreSQL server\n')
const DATABASE = `schemaflow_browser_${process.pid}`

const HABITS = `CREATE TABLE users (
    id int PRIMARY KEY,
    kind varchar(10) CHECK (kind IN ('a', 'b')),
    INDEX users_kind (kind)
);
CREATE TABLE events (id int, at date NOT NULL);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
DO $$ BEGIN EXECUTE 'CREATE TABLE made_in_a_block (id int)'; END $$;
CREATE VIEW broken AS SELECT nothing FROM users;
`

describe.skipIf(!hasChromium)('importing', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'schemaflow-import-'))
  const file = path.join(folder, 'habits.sql')
  let server: TestServer
  let browser: Browser
  let page: Page
  let complaints: Complaints
  let admin: pg.Client

  beforeAll(async () => {
    writeFileSync(file, HABITS)
    server = await startServer()
    browser = await launchBrowser()
    const opened = await openPage(await browser.newContext({ viewport: { width: 1440, height: 900 } }))
    page = opened.page
    complaints = opened.complaints
    if (!url) return
    admin = new pg.Client(url)
    await admin.connect()
    await admin.query(`CREATE DATABASE ${DATABASE}`)
    const client = new pg.Client(shopUrl())
    await client.connect()
    await client.query(`
      CREATE TABLE people (id int PRIMARY KEY);
      CREATE SCHEMA sales;
      CREATE TABLE sales.orders (id int PRIMARY KEY, person int REFERENCES people);
      CREATE TABLE sales.bills (id int PRIMARY KEY);`)
    await client.end()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
    if (!url) return
    await admin.query(`DROP DATABASE ${DATABASE} WITH (FORCE)`)
    await admin.end()
  })
  const shopUrl = (): string => {
    const own = new URL(url ?? '')
    own.pathname = `/${DATABASE}`
    return own.toString()
  }

  test('IMP-1 the report is there at once, and PostgreSQL’s word follows', async () => {
    await tryIt(page, server.url)
    await readFile(page, file)
    await page.getByText('Checking with PostgreSQL').waitFor()
    const report = page.getByLabel('Report')
    await report.getByText(/^PostgreSQL \d+[.\d]* ran \d+ statements/).waitFor()
    await report.getByLabel('Not verified').getByText('broken').waitFor()
    await report.getByLabel('Tables that come').getByText('made_in_a_block').waitFor()
  })

  test('IMP-1 one click mends everything that can be mended, and can be taken back', async () => {
    const report = page.getByLabel('Report')
    await report.getByRole('button', { name: 'Fix all (2)' }).click()
    await report.getByText('your file is as it was').waitFor()
    await report.getByText('events_2024').waitFor()
    expect(await report.getByRole('button', { name: /^Fix all/ }).count()).toBe(0)
    await report.getByRole('button', { name: 'Take back' }).click()
    await report.getByRole('button', { name: 'Fix all (2)' }).waitFor()
  })

  test('IMP-1 an import need not wait for PostgreSQL', async () => {
    await page.getByRole('button', { name: /^Import \d/ }).waitFor()
    await carryOutImport(page)
    await tableNamed(page, 'users').waitFor()
  })

  test.skipIf(!url)('IMP-2 a database that cannot be reached says so, by keyboard alone and in words', async () => {
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByRole('tab', { name: 'Database' }).click()
    await page.getByRole('textbox', { name: 'Host' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.type('127.0.0.1')
    await page.getByRole('textbox', { name: 'Port' }).fill('1')
    await page.getByRole('textbox', { name: 'Database' }).fill('shop')
    await page.getByRole('textbox', { name: 'User' }).fill('ada')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('No server takes connections at 127.0.0.1:1.').waitFor()
  })

  test.skipIf(!url)('IMP-2 a database is chosen from, read, looked at and imported', async () => {
    await page.getByRole('button', { name: 'use a connection string' }).click()
    await page.keyboard.type(shopUrl())
    await page.keyboard.press('Enter')
    const namespaces = page.getByRole('list', { name: 'Namespaces' })
    await namespaces.getByRole('button', { name: 'Tables of sales' }).click()
    await namespaces.getByRole('checkbox', { name: 'bills' }).click()
    await page.getByRole('button', { name: 'Read 2 tables' }).click()
    const report = page.getByLabel('Report')
    await report.getByText('Nothing to look at').waitFor()
    expect(await report.getByText('bills').count()).toBe(0)
    await carryOutImport(page)
    await page.getByRole('treeitem', { name: /^orders\b/ }).waitFor()
    expect(await page.getByRole('treeitem', { name: /^bills\b/ }).count()).toBe(0)
  })

  test('nothing was complained about', () => {
    // The refused connection is an answer with a status, which the browser notes.
    expect(complaints.list.filter((line) => !line.includes('422'))).toEqual([])
  })
})
