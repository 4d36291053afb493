import type { Locator, Page } from 'playwright-core'

// What a person does in the inspector, in their words.

export const inspector = (page: Page): Locator => page.getByRole('tabpanel', { name: 'Inspector' })

/** Saves by the keyboard, up to the word that it is saved. */
export async function save(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Enter')
  await inspector(page).getByRole('status').getByText('Saved', { exact: true }).waitFor()
}
