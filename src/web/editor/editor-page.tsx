import { lazy, Suspense, useState } from 'react'
import type { EditorFrame } from '../bridge/types.ts'
import { cn } from '../ui/cn.ts'
import { DropAnywhere } from '../ui/drop-anywhere.tsx'
import { EditorHeader } from './editor-header.tsx'
import { OpeningFailed } from './opening-failed.tsx'
import { usePanelWidth } from './panel-width.ts'
import { TableList } from './table-list.tsx'
import { WaitingOutline } from './waiting-outline.tsx'
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

/** The same places as the workspace will have. Without an outline the list stands where the canvas will be. */
function Waiting({ frame, outlineOpen, panelOpen }: WaitingProps) {
  const [width] = usePanelWidth()
  return (
    <div className="flex min-h-0 min-w-0">
      {outlineOpen ? (
        <div className="w-[232px] shrink-0 border-r border-line-muted max-md:hidden">
          <WaitingOutline tables={frame.tables} />
        </div>
      ) : null}
      <main className="min-w-0 flex-1 bg-canvas bg-dotted">
        <div className={cn('h-full', outlineOpen && 'md:hidden')}>
          <TableList tables={frame.tables} />
        </div>
      </main>
      {panelOpen ? <div className="max-w-[70vw] shrink-0 border-l border-line-muted bg-surface max-md:hidden" style={{ width }} /> : null}
    </div>
  )
}
