import path from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { carryOutImport, downloadCode, goTo, readFile, tryIt } from '#tests/e2e/app.ts'
import { hasChromium, launchBrowser, openPage, type Complaints } from '#tests/support/browser.ts'
import { startServer, type TestServer } from '#tests/support/server.ts'
import { hasPostgres, withDatabase } from '#tests/support/tools.ts'
import { inspector, save } from './testing.ts'

const shop = path.resolve(import.meta.dirname, '../../../../tests/fixtures/shop.sql')

// What a person does in the inspector. Texts end with a bracket: after a word CodeMirror offers how it may go on, and Escape first closes that.
const row = (page: Page, section: string, name: string) =>
  inspector(page).getByRole('region', { name: section }).getByRole('button', { name })

async function look(page: Page, table: string): Promise<void> {
  await goTo(page, table)
  await page.keyboard.press('i')
  await inspector(page).getByRole('heading', { name: table, exact: true }).waitFor()
}
// Chromium takes inserted text on another way than keys: the next key could overtake it.
async function write(page: Page, label: string, text: string): Promise<void> {
  const field = inspector(page).getByRole('textbox', { name: label })
  await field.click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
  await field.filter({ hasText: text }).waitFor()
}

describe.skipIf(!hasChromium)('the inspector', () => {
  let server: TestServer
  let browser: Browser
  let mine: BrowserContext
  let page: Page
  let other: Page
  let complaints: Complaints

  beforeAll(async () => {
    server = await startServer({
      env: process.env['SCHEMAFLOW_TEST_PG'] ? { SCHEMAFLOW_SCRATCH_URL: process.env['SCHEMAFLOW_TEST_PG'] } : {},
    })
    browser = await launchBrowser()
    mine = await browser.newContext({ viewport: { width: 1600, height: 900 }, acceptDownloads: true })
    const opened = await openPage(mine)
    page = opened.page
    complaints = opened.complaints
    await tryIt(page, server.url)
    await readFile(page, shop)
    await carryOutImport(page)
    other = await mine.newPage()
    await other.goto(page.url())
    await other.getByRole('toolbar', { name: 'Canvas tools' }).waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  test('shows what hangs on the selected table', async () => {
    await look(page, 'order')
    await row(page, 'Indexes', 'order_open_idx').waitFor()
    await row(page, 'Triggers', 'order_touch').waitFor()
    await row(page, 'Keys', 'order_pkey').waitFor()
  })

  test('IMP-9 the predicate of a partial index is edited with the keyboard alone, and the second browser sees it', async () => {
    await row(page, 'Indexes', 'order_open_idx').focus()
    await page.keyboard.press('Enter')
    await write(page, 'Where', "status <> 'void' AND (customer_id IS NOT NULL)")
    await save(page)
    await page.keyboard.press('Escape')
    await row(page, 'Indexes', 'order_open_idx').getByText('customer_id IS NOT NULL').waitFor()
    await look(other, 'order')
    await row(other, 'Indexes', 'order_open_idx').getByText('customer_id IS NOT NULL').waitFor()
  })

  test('the grammar says at once where a condition is not SQL, and Escape gives back what was', async () => {
    await row(page, 'Triggers', 'order_touch').click()
    await write(page, 'Condition', 'new.status = = (old.status)')
    await inspector(page).getByText('syntax error at or near "="').waitFor()
    await inspector(page).getByText('Not SQL yet').waitFor()
    expect(await inspector(page).locator('.cm-lintRange-error').textContent()).toBe('=')
    await page.keyboard.press('Escape')
    await inspector(page).getByText('old.status IS DISTINCT FROM new.status').waitFor()
  })

  test('what only PostgreSQL can know is said before it is saved', async () => {
    await write(page, 'Condition', '(new.stats IS NULL)')
    const answer = inspector(page).getByRole('status')
    await expect.poll(() => answer.textContent(), { timeout: 30_000 }).toMatch(/stats|Not checked/)
    if (process.env['SCHEMAFLOW_TEST_PG']) expect(await answer.textContent()).toContain('stats')
  })

  test('a trigger is edited: condition and event', async () => {
    await write(page, 'Condition', '(new.total > 0)')
    await inspector(page).getByRole('checkbox', { name: 'insert' }).click()
    await inspector(page).getByRole('button', { name: 'Take out status' }).click()
    await inspector(page).getByRole('checkbox', { name: 'update' }).click()
    await save(page)
    await look(other, 'order')
    await row(other, 'Triggers', 'order_touch').getByText('before insert').waitFor()
  })

  test('a policy is edited and row-level security forced', async () => {
    await look(page, 'customer')
    await row(page, 'Policies', 'customer_self').click()
    await write(page, 'Using', 'email = CURRENT_USER OR (full_name IS NULL)')
    await save(page)
    await page.keyboard.press('Escape')
    await inspector(page)
      .getByRole('button', { name: /^options/i })
      .click()
    await inspector(page).getByRole('switch', { name: 'Also for the owner' }).click()
    await save(page)
  })

  test('a function of the outline opens, and its body can be changed', async () => {
    await page.getByLabel('Filter the outline').fill('touch')
    await page.getByRole('treeitem', { name: /^touch/ }).click()
    await inspector(page).getByRole('heading', { name: 'touch()' }).waitFor()
    await write(page, 'Body', 'BEGIN NEW.note := now()::text; RETURN NEW; END;')
    await save(page)
    await page.getByLabel('Filter the outline').fill('')
  })

  test('all of it survives a reload, and is in the exported SQL', async () => {
    await page.reload()
    await page.getByRole('toolbar', { name: 'Canvas tools' }).waitFor()
    await look(page, 'order')
    await row(page, 'Triggers', 'order_touch').getByText('before insert').waitFor()
    const sql = await downloadCode(page, 'SQL')
    expect(sql).toMatch(/order_open_idx[^;]*customer_id IS NOT NULL/)
    expect(sql).toMatch(/TRIGGER order_touch\s+BEFORE INSERT ON[^;]*new\.total > 0/)
    expect(sql).toMatch(/customer_self[^;]*full_name IS NULL/)
    expect(sql).toMatch(/FORCE ROW LEVEL SECURITY/)
    expect(sql).toContain('NEW.note := now()::text')
    if (!hasPostgres) return
    const found = await withDatabase(sql, async (client) => {
      const trigger = await client.query("SELECT pg_get_triggerdef(oid) AS sql FROM pg_trigger WHERE tgname = 'order_touch'")
      const index = await client.query(
        "SELECT pg_get_expr(indpred, indrelid) AS sql FROM pg_index WHERE indexrelid = 'order_open_idx'::regclass",
      )
      return [trigger.rows[0], index.rows[0]].map((one: { sql: string } | undefined) => one?.sql ?? '')
    })
    expect(found[0]).toContain('BEFORE INSERT')
    expect(found[1]).toContain('customer_id IS NOT NULL')
  })

  test('nothing complained: no page error, no refused script or style', () => {
    expect(complaints.list.filter((line) => !line.includes('favicon'))).toEqual([])
  })
})
