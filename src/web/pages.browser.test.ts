import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium, launchBrowser, openPage, type Complaints } from '#tests/support/browser.ts'
import { startServer, type TestServer } from '#tests/support/server.ts'

describe.skipIf(!hasChromium)('the pages round the editor', () => {
  let server: TestServer
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let complaints: Complaints

  beforeAll(async () => {
    server = await startServer()
    browser = await launchBrowser()
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const opened = await openPage(context)
    page = opened.page
    complaints = opened.complaints
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })
  const open = (path: string) => page.goto(server.url + path, { waitUntil: 'networkidle' })
  const projects = () => page.locator('tbody a').allInnerTexts()

  test('a column renamed on the landing page is renamed in the generated code', async () => {
    await open('/')
    await page
      .getByRole('group', { name: /^Table customer/ })
      .getByRole('button', { name: 'id', exact: true })
      .click()
    await page.keyboard.type('customer_no')
    await page.keyboard.press('Enter')
    await page.getByText('PRIMARY KEY (customer_no)').waitFor()
  })

  test('IMP-1 a file dropped on the landing page opens as a report in a new project', async () => {
    const sql = 'CREATE TABLE dropped (id bigint PRIMARY KEY);'
    const drop = await page.evaluateHandle((text) => {
      const data = new DataTransfer()
      data.items.add(new File([text], 'two_words.sql'))
      return data
    }, sql)
    await page.dispatchEvent('body', 'drop', { dataTransfer: drop })
    await page.waitForURL(/\/project\//)
    await page.getByRole('button', { name: 'Import 1 table' }).click()
    await page.getByRole('treeitem', { name: /^dropped/ }).waitFor()
    expect(await page.title()).toBe('Two words · SchemaFlow')
  })

  test('CANVAS-9 the address keeps the selected table and the panel through a reload', async () => {
    await page.getByRole('treeitem', { name: /^dropped/ }).click()
    await page.getByRole('tab', { name: 'Prisma' }).click()
    await page.waitForURL(/activeTable=.*panel=prisma|panel=prisma.*activeTable=/)
    await page.reload({ waitUntil: 'networkidle' })
    await page.locator('[role=treeitem][aria-selected=true]', { hasText: 'dropped' }).waitFor()
    expect(await page.getByRole('tab', { name: 'Prisma' }).getAttribute('aria-selected')).toBe('true')
  })

  test('PROJ-1 projects are made, renamed by key, duplicated and deleted by name', async () => {
    await open('/dashboard')
    await page.getByRole('link', { name: 'Two words' }).press('F2')
    await page.keyboard.type('Shop')
    await page.keyboard.press('Enter')
    await expect.poll(projects).toEqual(['Shop'])
    await page.getByRole('button', { name: 'More for Shop' }).click()
    await page.getByRole('menuitem', { name: 'Duplicate' }).click()
    await expect.poll(projects).toEqual(['Shop (copy)', 'Shop'])
    await page.getByRole('link', { name: 'Shop (copy)' }).press('Delete')
    await page.getByLabel(/^Type the project/).fill('Shop (copy)')
    await page.getByRole('button', { name: 'Delete the project' }).click()
    await expect.poll(projects).toEqual(['Shop'])
  })

  test('AUTH-1 a guest who signs up keeps every project, and finds them again after signing in', async () => {
    const account = { email: 'ada@example.org', password: 'correct horse' }
    await open('/signup')
    await page.getByLabel('Name').fill('Ada')
    await page.getByLabel('E-mail').fill(account.email)
    await page.getByLabel('Password').fill(account.password)
    await page.getByRole('button', { name: 'Create the account' }).click()
    await page.waitForURL(/\/dashboard/)
    await expect.poll(projects).toEqual(['Shop'])
    await page.getByRole('button', { name: 'Account: Ada' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.getByLabel('E-mail').fill(account.email)
    await page.getByLabel('Password').fill(account.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(/\/dashboard/)
    await expect.poll(projects).toEqual(['Shop'])
  })

  test('a project of somebody else is answered as if it were not there', async () => {
    const address = await page.getByRole('link', { name: 'Shop' }).getAttribute('href')
    const stranger = await (await browser.newContext()).newPage()
    await stranger.goto(server.url, { waitUntil: 'networkidle' })
    await stranger.getByRole('button', { name: /^Try it/ }).click()
    await stranger.waitForURL(/\/project\//)
    const response = await stranger.goto(server.url + (address ?? ''))
    expect(response?.status()).toBe(404)
    await stranger.getByRole('heading', { name: 'This project is not here' }).waitFor()
  })

  test('nothing broke the Content-Security-Policy, and no page complained', () => expect(complaints.list).toEqual([]))
})
