import { Link, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { renameProject } from '../bridge/projects.ts'
import type { EditorFrame } from '../bridge/types.ts'
import { InlineEdit } from '../ui/inline-edit.tsx'
import { toast } from '../ui/toast.tsx'

/** Where we are: the person's projects, then this one. The name is changed by clicking it. */
export function ProjectCrumb({ frame }: { readonly frame: EditorFrame }) {
  const [editing, setEditing] = useState(false)
  const [name, rename] = useProjectName(frame)
  return (
    <nav aria-label="Project" className="flex min-w-0 items-center gap-1.5 text-body">
      <Link to="/dashboard" className="hidden h-6 items-center rounded-sm px-1 text-muted transition-colors hover:text-fg md:flex">
        {frame.viewer.isGuest ? 'Guest' : frame.viewer.name}
      </Link>
      <span aria-hidden="true" className="hidden text-mark md:inline">
        /
      </span>
      <h1 className="flex min-w-0">
        {editing ? (
          <InlineEdit
            label="Project name"
            value={name}
            maxLength={200}
            onChange={rename}
            onDone={() => setEditing(false)}
            className="h-6 px-1 font-semibold"
          />
        ) : (
          <button
            type="button"
            title="Rename the project"
            onClick={() => setEditing(true)}
            className="h-6 max-w-56 min-w-6 truncate rounded-sm px-1 font-semibold transition-colors hover:bg-hover"
          >
            {name}
          </button>
        )}
      </h1>
    </nav>
  )
}

/** The name as it should be, at once; back to what it was when the server refuses. */
function useProjectName({ projectId, name: confirmed }: EditorFrame) {
  const router = useRouter()
  const [wanted, setWanted] = useState<string | null>(null)
  const rename = async (name: string) => {
    setWanted(name)
    try {
      const outcome = await renameProject({ data: { projectId, name } })
      if (outcome.kind === 'refused') toast.error('The name was not changed', { description: outcome.message })
      await router.invalidate()
    } catch {
      toast.error('The name was not changed', { description: 'The server cannot be reached. Check the connection and try again.' })
    }
    setWanted(null)
  }
  return [wanted ?? confirmed, (name: string) => void rename(name)] as const
}
