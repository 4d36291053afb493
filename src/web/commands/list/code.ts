import { Code2, PanelRight, SearchCode } from 'lucide-react'
import { codeTabs, titleOf } from '../../panels/code/tabs.ts'
import { command } from '../command.ts'

/** One command per tab of the code panel. */
export const showCode = codeTabs.map((tab) =>
  command({
    id: `code.${tab}`,
    title: `Show as ${titleOf(tab)}`,
    group: 'Code',
    icon: Code2,
    words: 'export generate panel',
    run: ({ page }) => page.showPanel(tab),
  }),
)
export const inspect = command({
  id: 'panel.inspector',
  title: 'Inspect and edit what is selected',
  group: 'Selection',
  icon: SearchCode,
  keys: ['I'],
  words: 'inspector indexes triggers policies checks details properties',
  run: ({ page }) => page.showPanel('inspector'),
})
export const togglePanel = command({
  id: 'code.toggle',
  title: 'Show or hide the code panel',
  group: 'Code',
  icon: PanelRight,
  keys: ['mod+J'],
  isGlobal: true,
  run: ({ page }) => page.togglePanel(),
})
