import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'

// What a person does in the app, in their words: the journeys read as stories.

/** "Try it" on the landing page, up to the empty canvas. */
export async function tryIt(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: /^Try it/ }).click()
  await page.waitForURL(/\/project\//)
  await page.getByRole('toolbar', { name: 'Canvas tools' }).waitFor()
}

/** Gives a file to the import dialog, up to its report. */
export async function readFile(page: Page, file: string): Promise<void> {
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByLabel('Report').waitFor({ timeout: 60_000 })
}

/** Carries the import out, up to the closed dialog. */
export async function carryOutImport(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Import \d/ }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden', timeout: 60_000 })
}

/** Brings a table into view, close enough to edit. */
export async function goTo(page: Page, name: string): Promise<Locator> {
  // The outline draws only the lines in sight; the filter brings any table there.
  const filter = page.getByLabel('Filter the outline')
  await filter.fill(name)
  await page
    .getByRole('treeitem', { name: new RegExp(`^${name}\\b`) })
    .first()
    .click()
  await filter.fill('')
  await filter.blur()
  const table = tableNamed(page, name)
  await table.locator('[data-column]').first().waitFor()
  return table
}

export const tableNamed = (page: Page, name: string): Locator => page.locator(`[data-table="${name}"]`)
export const columnNamed = (table: Locator, name: string): Locator => table.locator(`[data-column="${name}"]`)

/** The whole generated text, as a person gets it: by the download button. */
export async function downloadCode(page: Page, tab: 'SQL' | 'Drizzle' | 'Prisma'): Promise<string> {
  await page.getByRole('tab', { name: tab }).click()
  const button = page.getByRole('button', { name: 'Download' })
  await page.waitForFunction(
    () => !document.querySelector<HTMLButtonElement>('section[aria-label=Code] footer button:last-of-type')?.disabled,
  )
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  return readFileSync(await download.path(), 'utf8')
}

/** A table that is in sight beside another one, clear of the panels and the controls. */
export async function neighbourOf(page: Page, name: string): Promise<Locator> {
  for (const table of await page.locator(`[data-table]:not([data-table="${name}"])`).all()) {
    const box = await table.locator('header').boundingBox()
    if (box && box.x > 260 && box.x + box.width < 1150 && box.y > 70 && box.y < 780) return table
  }
  throw new Error(`nothing beside ${name} is in sight`)
}

/** Where something is on the screen. */
export async function boxOf(what: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await what.boundingBox()
  if (!box) throw new Error('it is out of sight')
  return box
}

/** Types come after the tables: to the end of the outline. */
export const toTheTypes = (page: Page): Promise<void> => page.getByRole('treeitem').first().press('End')
