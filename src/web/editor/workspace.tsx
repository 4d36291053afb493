import type { ReplicaApi } from '#sync/types.ts'
import type { EditorFrame } from '../bridge/types.ts'
import { ImportDialog } from '../dialogs/import/import-dialog.tsx'
import { CodePanel } from '../panels/code/code-panel.tsx'
import { EditorProvider } from '../state/editor.tsx'
import { ResizeHandle } from '../ui/resize-handle.tsx'
import { isNumberBetween, useRemembered } from './remembered.ts'
import { useCanvasSearch } from './use-canvas-search.ts'
import type { Files } from './use-files.ts'

interface WorkspaceProps {
  readonly frame: EditorFrame
  readonly replica: ReplicaApi
  readonly outlineOpen: boolean
  readonly files: Files
  readonly searching: boolean
  readonly onSearching: (open: boolean) => void
}

/** The live project: outline, canvas, code, and the dialogs over them. */
export function Workspace({ frame, replica, outlineOpen, files }: WorkspaceProps) {
  const { search, patchSearch } = useCanvasSearch()
  const panelOpen = search.panelOpen ?? true
  return (
    <EditorProvider projectId={frame.projectId} replica={replica}>
      <div className="flex min-h-0">
        {outlineOpen ? (
          <aside aria-label="Outline" className="w-[232px] shrink-0 border-r border-line-muted bg-surface max-md:hidden" />
        ) : null}
        <main aria-label="Canvas" className="relative min-w-0 flex-1 overflow-hidden" />
        {panelOpen ? (
          <SidePanel>
            <CodePanel panel={search.panel} onPanelChange={(panel) => patchSearch({ panel })} />
          </SidePanel>
        ) : null}
      </div>
      <ImportDialog
        open={files.dropped !== null}
        onOpenChange={(open) => (open ? files.open([]) : files.close())}
        initialFiles={files.dropped ?? []}
        projectName={frame.name}
      />
    </EditorProvider>
  )
}

const widths = { initial: 408, min: 280, max: 900 }

/** The panel at the right, as wide as this browser had it last. */
function SidePanel({ children }: { readonly children: React.ReactNode }) {
  const [width, setWidth] = useRemembered('panel-width', widths.initial, isNumberBetween(widths.min, widths.max))
  return (
    <aside
      aria-label="Code panel"
      className="relative max-w-[70vw] shrink-0 border-l border-line-muted bg-surface max-md:hidden"
      style={{ width }}
    >
      <ResizeHandle label="code panel" panel="right" width={width} min={widths.min} max={widths.max} onResize={setWidth} />
      {children}
    </aside>
  )
}
