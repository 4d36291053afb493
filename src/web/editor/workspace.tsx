import { useRouter } from '@tanstack/react-router'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import type { ReplicaApi } from '#sync/types.ts'
import type { EditorFrame } from '../bridge/types.ts'
import { Canvas } from '../canvas/canvas.tsx'
import type { PageActions } from '../commands/command.ts'
import { CommandProvider } from '../commands/command-provider.tsx'
import { ImportDialog } from '../dialogs/import/import-dialog.tsx'
import { CodePanel } from '../panels/code/code-panel.tsx'
import { Outline } from '../panels/outline/outline.tsx'
import type { Viewport } from '../state/camera.ts'
import { EditorProvider, useUi } from '../state/editor.tsx'
import { ResizeHandle } from '../ui/resize-handle.tsx'
import { panelWidths, usePanelWidth } from './panel-width.ts'
import { useActiveTable, usePanel, usePatchSearch, viewportOf } from './use-canvas-search.ts'
import type { Files } from './use-files.ts'

export interface WorkspaceProps {
  readonly frame: EditorFrame
  readonly replica: ReplicaApi
  readonly page: PageActions
  readonly outlineOpen: boolean
  readonly panelOpen: boolean
  readonly files: Files
  readonly searching: boolean
  readonly onSearching: (open: boolean) => void
}

/** The live project: outline, canvas, code, and the dialogs over them. */
export function Workspace({ frame, replica, page, outlineOpen, panelOpen, files, searching, onSearching }: WorkspaceProps) {
  return (
    <EditorProvider projectId={frame.projectId} replica={replica}>
      <CommandProvider page={page} searching={searching} onSearching={onSearching}>
        <div className="flex min-h-0 min-w-0">
          {outlineOpen ? (
            <div className="w-[232px] shrink-0 border-r border-line-muted max-md:hidden">
              <Outline />
            </div>
          ) : null}
          <main className="relative min-w-0 flex-1 overflow-hidden">
            <Diagram page={page} />
          </main>
          <Panel open={panelOpen} page={page} />
        </div>
        <ImportDialog
          open={files.dropped !== null}
          onOpenChange={(open) => (open ? files.open([]) : files.close())}
          initialFiles={files.dropped ?? undefined}
          projectName={frame.name}
        />
      </CommandProvider>
    </EditorProvider>
  )
}

/** The canvas, in step with the address. */
function Diagram({ page }: Pick<WorkspaceProps, 'page'>) {
  const router = useRouter()
  // Read once: from then on the canvas tells the address.
  const [initialViewport] = useState(() => viewportOf(router.state.location.search))
  const activeTable = useActiveTable()
  const patchSearch = usePatchSearch()
  const onViewport = useCallback((viewport: Viewport) => patchSearch(viewport), [patchSearch])
  const onActiveTable = useCallback((id: string | undefined) => patchSearch({ activeTable: id }), [patchSearch])
  return (
    <Canvas
      initialViewport={initialViewport}
      onViewportChange={onViewport}
      activeTable={activeTable}
      onActiveTableChange={onActiveTable}
      onImport={page.openImport}
    />
  )
}

/** The panel at the right, as wide as this browser had it last. */
function Panel({ open, page }: { readonly open: boolean; readonly page: PageActions }): ReactNode {
  const [width, setWidth] = usePanelWidth()
  const panel = usePanel()
  const patchSearch = usePatchSearch()
  const inspecting = useUi((it) => it.inspecting)
  // What is to be inspected opens the panel.
  useEffect(() => {
    if (inspecting) page.showPanel('inspector')
  }, [inspecting, page])
  if (!open) return null
  return (
    <aside aria-label="Panel" className="relative max-w-[70vw] shrink-0 border-l border-line-muted max-md:hidden" style={{ width }}>
      <ResizeHandle label="code panel" panel="right" width={width} min={panelWidths.min} max={panelWidths.max} onResize={setWidth} />
      <CodePanel panel={panel} onPanelChange={(next) => patchSearch({ panel: next })} />
    </aside>
  )
}
