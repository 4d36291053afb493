import { CircleHelp, PanelLeft, Search, TextSearch } from 'lucide-react'
import { command } from '../command.ts'

export const openPalette = command({
  id: 'page.palette',
  title: 'Go to table, column or command',
  group: 'Page',
  icon: Search,
  keys: ['mod+K'],
  isGlobal: true,
  isHidden: true,
  run: ({ openPalette: open }) => open(),
})
export const openHelp = command({
  id: 'page.help',
  title: 'Keyboard shortcuts',
  group: 'Page',
  icon: CircleHelp,
  keys: ['?'],
  words: 'keys help',
  run: ({ openHelp: open }) => open(),
})
export const filterOutline = command({
  id: 'page.filter',
  title: 'Filter the outline',
  group: 'Page',
  icon: TextSearch,
  keys: ['/'],
  words: 'find tables',
  run: () => document.getElementById(OUTLINE_FILTER)?.focus(),
})
export const toggleOutline = command({
  id: 'page.outline',
  title: 'Show or hide the outline',
  group: 'Page',
  icon: PanelLeft,
  keys: ['mod+B'],
  isGlobal: true,
  run: ({ page }) => page.toggleOutline(),
})

/** The id of the outline's filter field. */
export const OUTLINE_FILTER = 'outline-filter'
