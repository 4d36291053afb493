import { lazy, Suspense, useState } from 'react'
import type { EditorFrame } from '../bridge/types.ts'
import { cn } from '../ui/cn.ts'
import { DropAnywhere } from '../ui/drop-anywhere.tsx'
import { EditorHeader } from './editor-header.tsx'
import { OpeningFailed } from './opening-failed.tsx'
import { TableList } from './table-list.tsx'
import { useFiles } from './use-files.ts'
import { usePageActions } from './use-page-actions.ts'
import { useProject } from './use-project.ts'

// React Flow, the code view and everything that draws come after the page.
const Workspace = lazy(() => import('./workspace.tsx').then((module) => ({ default: module.Workspace })))

/** The editor: the server draws the frame and the tables as a list; the browser puts the live project in their place. */
export function EditorPage({ frame }: { readonly frame: EditorFrame }) {
  const project = useProject(frame.projectId)
  const [searching, setSearching] = useState(false)
  const files = useFiles()
  const { page, outlineOpen, panelOpen } = usePageActions(files)
  const replica = project.kind === 'open' ? project.replica : null
  const open = { outlineOpen, panelOpen }
  const list = <Waiting frame={frame} {...open} />
  return (
    <div className="grid h-dvh grid-rows-[44px_minmax(0,1fr)] overflow-hidden bg-canvas">
      <EditorHeader
        frame={frame}
        replica={replica}
        failed={project.kind === 'failed'}
        {...open}
        page={page}
        onSearch={() => setSearching(true)}
      />
      {project.kind === 'failed' ? <OpeningFailed message={project.message} /> : null}
      {project.kind === 'opening' ? list : null}
      {replica ? (
        <Suspense fallback={list}>
          <Workspace frame={frame} replica={replica} page={page} {...open} files={files} searching={searching} onSearching={setSearching} />
        </Suspense>
      ) : null}
      <DropAnywhere onFiles={files.open} enabled={replica !== null && replica.role !== 'viewer' && files.dropped === null} />
    </div>
  )
}

interface WaitingProps {
  readonly frame: EditorFrame
  readonly outlineOpen: boolean
  readonly panelOpen: boolean
}

/** The same places as the workspace will have, so that nothing moves when it comes. */
function Waiting({ frame, outlineOpen, panelOpen }: WaitingProps) {
  return (
    <div className={cn('grid min-h-0', columns(outlineOpen, panelOpen))}>
      {outlineOpen ? <div className="border-r border-line-muted bg-surface max-md:hidden" /> : null}
      <TableList tables={frame.tables} />
      {panelOpen ? <div className="border-l border-line-muted bg-surface max-md:hidden" /> : null}
    </div>
  )
}

function columns(outlineOpen: boolean, panelOpen: boolean): string {
  if (outlineOpen && panelOpen) return 'md:grid-cols-[232px_minmax(0,1fr)_408px]'
  if (outlineOpen) return 'md:grid-cols-[232px_minmax(0,1fr)]'
  return panelOpen ? 'md:grid-cols-[minmax(0,1fr)_408px]' : 'grid-cols-1'
}
