import { Link } from '@tanstack/react-router'
import { FileUp, PanelLeft, PanelRight, Search } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import type { ReplicaApi } from '#sync/types.ts'
import { AccountMenu } from '../account/account-menu.tsx'
import type { EditorFrame } from '../bridge/types.ts'
import type { PageActions } from '../commands/command.ts'
import { keysOf } from '../commands/keys.ts'
import { Button, buttonStyle } from '../ui/button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { Logo } from '../ui/logo.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { ProjectCrumb } from './project-crumb.tsx'
import { SyncChip } from './sync-chip.tsx'

interface EditorHeaderProps {
  readonly frame: EditorFrame
  /** Null until the project is open. */
  readonly replica: ReplicaApi | null
  /** The project could not be opened. */
  readonly failed: boolean
  readonly outlineOpen: boolean
  readonly panelOpen: boolean
  readonly page: PageActions
  readonly onSearch: () => void
}

/** The bar above everything: where we are, whether it is safe, how to find, import and leave. */
export function EditorHeader({ frame, replica, failed, outlineOpen, panelOpen, page, onSearch }: EditorHeaderProps) {
  const keys = useKeys('mod+K')
  const canEdit = replica !== null && replica.role !== 'viewer'
  return (
    <header className="relative z-30 grid h-11 grid-cols-[1fr_auto_1fr] items-center gap-3 border-b border-line-muted bg-surface px-3 max-sm:grid-cols-[minmax(0,1fr)_auto_auto] max-sm:gap-1.5">
      <div className="flex min-w-0 items-center gap-2">
        <Link to="/dashboard" aria-label="Your projects" className="rounded-[6px]">
          <Logo />
        </Link>
        <ProjectCrumb frame={frame} />
        <SyncChip replica={replica} failed={failed} />
      </div>
      <button
        type="button"
        disabled={!replica}
        onClick={onSearch}
        aria-keyshortcuts="Meta+K Control+K"
        className="flex h-7 w-[300px] items-center gap-2 rounded-md border bg-canvas px-2.5 text-xs text-faint transition-colors hover:border-mark/70 max-lg:w-9 max-lg:justify-center max-lg:px-0"
      >
        <Search className="size-3.5 shrink-0" aria-hidden="true" />
        <span className="truncate max-lg:sr-only">Go to table, column or command</span>
        <Kbd className="ml-auto max-lg:hidden">{keys}</Kbd>
      </button>
      <div className="flex items-center justify-end gap-1.5">
        <PanelToggle label="outline" shortcut="mod+B" open={outlineOpen} onToggle={page.toggleOutline} icon={PanelLeft} />
        <PanelToggle label="code panel" shortcut="mod+J" open={panelOpen} onToggle={page.togglePanel} icon={PanelRight} />
        <Button disabled={!canEdit} onClick={page.openImport} className="ml-1">
          <FileUp aria-hidden="true" /> <span className="max-sm:sr-only">Import</span>
        </Button>
        {frame.viewer.isGuest ? (
          <Link
            to="/signup"
            search={{ next: `/project/${frame.projectId}` }}
            className={`${buttonStyle({ variant: 'primary' })} max-sm:hidden`}
          >
            Create account
          </Link>
        ) : null}
        <span className="ml-1 grid">
          <AccountMenu viewer={frame.viewer} />
        </span>
      </div>
    </header>
  )
}

interface PanelToggleProps {
  readonly label: string
  readonly shortcut: string
  readonly open: boolean
  readonly onToggle: () => void
  readonly icon: typeof PanelLeft
}

function PanelToggle({ label, shortcut, open, onToggle, icon: Icon }: PanelToggleProps) {
  const text = `${open ? 'Hide' : 'Show'} the ${label}`
  return (
    <Tooltip text={text} shortcut={useKeys(shortcut)}>
      <Button variant="ghost" size="icon" aria-label={text} aria-pressed={open} onClick={onToggle}>
        <Icon aria-hidden="true" />
      </Button>
    </Tooltip>
  )
}

/** Keys as this machine has them; the server, which cannot know, writes them the way most have. */
const useKeys = (keys: string): string =>
  useSyncExternalStore(
    never,
    () => keysOf(keys),
    () => keysOf(keys, false),
  )
const never = () => () => {}
