import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import { ConfirmHost } from '../dialogs/confirm/confirm.tsx'
import { NewEnumDialog } from '../panels/outline/new-enum.tsx'
import { useEditor } from '../state/editor.tsx'
import { commands, findCommand } from './all.ts'
import type { CommandContext, PageActions } from './command.ts'
import { Help } from './help.tsx'
import { isPressed } from './keys.ts'
import { Palette } from './palette.tsx'

/** How the rest of the page reaches the commands. */
export interface Commands {
  /** Runs a command if it is possible now. */
  readonly run: (id: string) => void
  readonly openPalette: () => void
  readonly openHelp: () => void
}

const CommandsContext = createContext<Commands | null>(null)

/** The commands of the page it stands under. */
export function useCommands(): Commands {
  const found = use(CommandsContext)
  if (!found) throw new Error('useCommands needs a CommandProvider above it')
  return found
}

interface CommandProviderProps {
  readonly page: PageActions
  /** Whether the palette is open, where the page wants to say so; else it is the provider's own business. */
  readonly searching?: boolean | undefined
  readonly onSearching?: ((open: boolean) => void) | undefined
  readonly children: ReactNode
}

/**
 * Brings the commands to a page with an editor: their keys, the palette, the list of shortcuts and the question before a deletion. `page` says
 * what the page itself can do; keep the object the same between renders.
 */
export function CommandProvider({ page, searching, onSearching, children }: CommandProviderProps) {
  const editor = useEditor()
  const [ownSearching, setOwnSearching] = useState(false)
  const [helping, setHelping] = useState(false)
  const [makingEnum, setMakingEnum] = useState(false)
  const isSearching = searching ?? ownSearching
  const setSearching = onSearching ?? setOwnSearching
  const context = useMemo<CommandContext>(
    () => ({
      editor,
      page,
      openPalette: () => setSearching(!isSearching),
      openHelp: () => setHelping(true),
      openNewEnum: () => setMakingEnum(true),
    }),
    [editor, page, isSearching, setSearching],
  )
  const value = useMemo<Commands>(
    () => ({
      run: (id) => {
        const found = findCommand(id)
        if (found && (found.isPossible?.(context) ?? true)) found.run(context)
      },
      openPalette: () => setSearching(true),
      openHelp: () => setHelping(true),
    }),
    [context, setSearching],
  )
  useKeys(context)
  return (
    <CommandsContext value={value}>
      {children}
      <Palette open={isSearching} onOpenChange={setSearching} context={context} />
      <Help open={helping} onOpenChange={setHelping} />
      <NewEnumDialog open={makingEnum} onOpenChange={setMakingEnum} />
      <ConfirmHost />
    </CommandsContext>
  )
}

/** Runs commands by their keys, unless something nearer took the press, a field is being typed in, or a dialog is open. */
function useKeys(context: CommandContext): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const isBusy = isTyping(event.target) || document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null
      const pressed = commands.find(
        (one) => one.keys?.some((keys) => isPressed(keys, event)) && (one.isGlobal || !isBusy) && (one.isPossible?.(context) ?? true),
      )
      if (!pressed) return
      event.preventDefault()
      pressed.run(context)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [context])
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select, [role="combobox"], [role="textbox"]'))
