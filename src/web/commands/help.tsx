import { Kbd } from '../ui/kbd.tsx'
import { Dialog, DialogContent } from '../ui/dialog.tsx'
import { commands } from './all.ts'
import { commandGroups } from './command.ts'
import { keysOf } from './keys.ts'

interface Shortcut {
  readonly title: string
  readonly keys: readonly string[]
}
/** Keys that belong to where one is, not to a command: the canvas and its fields take them. */
const inPlace: readonly Shortcut[] = [
  { title: 'Add a column', keys: ['C'] },
  { title: 'Edit the name', keys: ['Enter', 'F2'] },
  { title: 'Copy, paste tables; paste SQL', keys: ['mod+C', 'mod+V'] },
  { title: 'Move tables, or go from column to column', keys: ['↑', '↓'] },
  { title: 'Move a column in its table', keys: ['alt+↑', 'alt+↓'] },
  { title: 'Go to the next table', keys: ['mod+→'] },
  { title: 'Next column, previous column', keys: ['Tab', 'shift+Tab'] },
  { title: 'Confirm what is typed', keys: ['Enter'] },
  { title: 'Close, or take back what is typed', keys: ['Escape'] },
]

/** Every shortcut there is, by group. */
export function Help({ open, onOpenChange }: { readonly open: boolean; readonly onOpenChange: (open: boolean) => void }) {
  const groups = commandGroups
    .map((title) => ({
      title,
      shortcuts: commands.flatMap((one): Shortcut[] => (one.group === title && one.keys ? [{ title: one.title, keys: one.keys }] : [])),
    }))
    .filter(({ shortcuts }) => shortcuts.length > 0)
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Keyboard shortcuts" className="max-w-[680px]">
        <div className="columns-2 gap-8 max-sm:columns-1">
          {[...groups, { title: 'On the canvas', shortcuts: inPlace }].map(({ title, shortcuts }) => (
            <section key={title} className="mb-4 break-inside-avoid">
              <h3 className="mb-1 text-2xs font-semibold text-faint">{title}</h3>
              <ul>
                {shortcuts.map((shortcut) => (
                  <li key={shortcut.title} className="flex h-7 items-center justify-between gap-3 text-[12.5px]">
                    <span className="truncate">{shortcut.title}</span>
                    <span className="flex shrink-0 gap-1">
                      {shortcut.keys.map((keys) => (
                        <Kbd key={keys} className="text-muted">
                          {keysOf(keys)}
                        </Kbd>
                      ))}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </DialogContent>
    </Dialog>
  )
}
