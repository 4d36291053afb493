import { Link } from '@tanstack/react-router'
import { Copy, EllipsisVertical, Pencil, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import type { ProjectSummary } from '../bridge/types.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuSeparator, DropdownMenuTrigger } from '../ui/dropdown-menu.tsx'
import { InlineEdit } from '../ui/inline-edit.tsx'
import { relativeTime } from './relative-time.ts'

export interface ProjectActions {
  readonly rename: (project: ProjectSummary, name: string) => void
  readonly duplicate: (project: ProjectSummary) => void
  /** Asks first. */
  readonly remove: (project: ProjectSummary) => void
}

interface ProjectRowProps {
  readonly project: ProjectSummary
  readonly now: string
  readonly actions: ProjectActions
}

/** One project. The name opens it; F2 renames, Delete asks to delete. */
export function ProjectRow({ project, now, actions }: ProjectRowProps) {
  const [renaming, setRenaming] = useState(false)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'F2') setRenaming(true)
    if (event.key === 'Delete') actions.remove(project)
  }
  return (
    <tr className="group relative h-12 border-b border-line-muted transition-colors last:border-0 focus-within:bg-hover hover:bg-hover">
      <td className="w-full max-w-0 pl-4">
        {renaming ? (
          <InlineEdit
            label="Project name"
            value={project.name}
            maxLength={100}
            onChange={(name) => actions.rename(project, name)}
            onDone={() => setRenaming(false)}
            className="relative z-10 -ml-2.5 font-semibold"
          />
        ) : (
          <Link
            to="/project/$projectId"
            params={{ projectId: project.id }}
            onKeyDown={onKeyDown}
            className="block truncate text-sm font-semibold outline-none after:absolute after:inset-0 focus-visible:after:rounded-lg focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
          >
            {project.name}
          </Link>
        )}
      </td>
      <td className="px-4 text-right font-mono text-xs whitespace-nowrap text-muted tabular-nums">{project.tables}</td>
      <td className="px-4 text-body whitespace-nowrap text-muted">
        <time dateTime={project.updatedAt}>{relativeTime(project.updatedAt, now)}</time>
      </td>
      <td className="hidden px-4 sm:table-cell">
        <span className="flex items-center gap-2 text-body whitespace-nowrap text-muted">
          <Avatar name={project.owner} className="size-5 text-[8.5px]" /> <span className="max-w-32 truncate">{project.owner}</span>
        </span>
      </td>
      <td className="pr-2 pl-1">
        <RowMenu project={project} actions={actions} onRename={() => setRenaming(true)} />
      </td>
    </tr>
  )
}

function RowMenu({ project, actions, onRename }: Omit<ProjectRowProps, 'now'> & { readonly onRename: () => void }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={`More for ${project.name}`} className="relative z-10">
          <EllipsisVertical aria-hidden="true" />
        </Button>
      </DropdownMenuTrigger>
      {/* Renaming puts the focus into the field; closing must not take it back. */}
      <DropdownMenuContent align="end" onCloseAutoFocus={(event) => event.preventDefault()}>
        <DropdownMenuItem shortcut="F2" onSelect={onRename}>
          <Pencil aria-hidden="true" /> Rename
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => actions.duplicate(project)}>
          <Copy aria-hidden="true" /> Duplicate
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem danger shortcut="Del" onSelect={() => actions.remove(project)}>
          <Trash2 aria-hidden="true" /> Delete …
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
