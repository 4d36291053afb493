import type { LucideIcon } from 'lucide-react'
import type { PanelTab } from '../panels/code/tabs.ts'
import type { Editor } from '../state/editor.tsx'

/** What the page round the canvas can do when a command asks for it. */
export interface PageActions {
  readonly openImport: () => void
  /** Opens the panel at the right with that tab. */
  readonly showPanel: (tab: PanelTab) => void
  readonly togglePanel: () => void
  readonly toggleOutline: () => void
}

/** What a command may use. */
export interface CommandContext {
  readonly editor: Editor
  readonly page: PageActions
  readonly openPalette: () => void
  readonly openHelp: () => void
  readonly openNewEnum: () => void
}

export const commandGroups = ['Schema', 'Selection', 'Canvas', 'Code', 'Page'] as const
export type CommandGroup = (typeof commandGroups)[number]

/** Something a person can do: from the palette, by keys, from a menu. */
export interface Command {
  readonly id: string
  readonly title: string
  readonly group: CommandGroup
  readonly icon: LucideIcon
  /** Keys that do it (see `keys.ts`); the first is the one that is shown. */
  readonly keys?: readonly string[]
  /** Other words that people may look for. */
  readonly words?: string
  /** Works while typing in a field, too. */
  readonly isGlobal?: boolean
  /** Left out of the palette: it makes no sense there (Escape, the palette itself). */
  readonly isHidden?: boolean
  /** False = neither offered nor run. Always possible when not given. */
  readonly isPossible?: (context: CommandContext) => boolean
  readonly run: (context: CommandContext) => void
}

/** Declares a command; exists for its types. */
export const command = (definition: Command): Command => definition
