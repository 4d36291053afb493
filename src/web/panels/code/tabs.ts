import { formats, type FormatId } from '#formats/all.ts'

/** The code panel's tabs as the address names them (S0 §5.1); `json` comes on top. */
export const codeTabs = ['sql', 'drizzle', 'prisma', 'json'] as const
export type CodeTab = (typeof codeTabs)[number]

/** Tabs that have a place in the row; the others are under More. */
export const firstTabs: readonly CodeTab[] = ['sql', 'drizzle', 'prisma']

const formatIds = { sql: 'postgres-sql', drizzle: 'drizzle', prisma: 'prisma', json: 'json' } as const satisfies Record<CodeTab, FormatId>
const titles: Readonly<Record<CodeTab, string>> = { sql: 'SQL', drizzle: 'Drizzle', prisma: 'Prisma', json: 'JSON' }

export const formatOf = (tab: CodeTab): FormatId => formatIds[tab]
export const titleOf = (tab: CodeTab): string => titles[tab]
export const extensionOf = (tab: CodeTab): string => formats.find(({ id }) => id === formatIds[tab])?.extension ?? 'txt'
export const isCodeTab = (name: unknown): name is CodeTab => codeTabs.some((tab) => tab === name)

/** What the panel at the right shows: code, or what is selected. */
export type PanelTab = CodeTab | 'inspector'
export const isPanelTab = (name: unknown): name is PanelTab => name === 'inspector' || isCodeTab(name)

const MEMORY = 'schemaflow:code-tab'

/** The tab that this browser used last: for pages whose address names none. */
export function recallTab(): PanelTab {
  try {
    const tab = localStorage.getItem(MEMORY)
    return isPanelTab(tab) ? tab : 'sql'
  } catch {
    return 'sql'
  }
}

export function rememberTab(tab: PanelTab): void {
  try {
    localStorage.setItem(MEMORY, tab)
  } catch {
    // Private windows may refuse; then the address alone remembers.
  }
}
