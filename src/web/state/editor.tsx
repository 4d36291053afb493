import { createContext, use, useCallback, useLayoutEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import { toast } from 'sonner'
import type { Diagnostic } from '#core/diagnostic.ts'
import type { Id, Row, RowKind } from '#core/project/rows.ts'
import type { MutationResult, ReplicaApi } from '#sync/types.ts'
import { createCameraSlot, type CameraSlot } from './camera.ts'
import { createCanvasSlot, type CanvasSlot } from './canvas-slot.ts'
import { RowHub, type ChildKind } from './row-hub.ts'
import { createSelection, type Selection, type SelectionStore } from './selection.ts'
import { useStore } from './store.ts'
import { createUi, type Ui, type UiStore } from './ui.ts'

/** Everything the parts of the editor share. One per open project; the same object for as long as it is open. */
export interface Editor {
  readonly projectId: string
  readonly replica: ReplicaApi
  readonly rows: RowHub
  readonly selection: SelectionStore
  readonly ui: UiStore
  readonly camera: CameraSlot
  /** Commands that only the canvas can carry out. */
  readonly canvas: CanvasSlot
  /** False for viewers: offer no edits. */
  readonly canEdit: boolean
  /**
   * Runs a mutation at once and resolves when the server has answered. What a refusal says is shown to the person as a toast, so callers
   * need not.
   */
  edit(name: string, args: unknown): Promise<MutationResult>
}

const EditorContext = createContext<Editor | null>(null)

/** Makes an editor without React: for tests and for tools that drive one. */
export function createEditor(projectId: string, replica: ReplicaApi): Editor {
  return {
    projectId,
    replica,
    rows: new RowHub(replica.view),
    selection: createSelection(),
    ui: createUi(),
    camera: createCameraSlot(),
    canvas: createCanvasSlot(),
    canEdit: replica.role !== 'viewer',
    async edit(name, args) {
      const result = await replica.mutate(name, args)
      tell(result.diagnostics)
      return result
    },
  }
}

/** Gives its children the editor of a project. Mount it once the replica has its first state. */
export function EditorProvider({
  projectId,
  replica,
  children,
}: {
  projectId: string
  replica: ReplicaApi
  children: ReactNode
}): ReactNode {
  const editor = useMemo(() => createEditor(projectId, replica), [projectId, replica])
  // Before the effects in which components subscribe, so that no news falls between.
  useLayoutEffect(() => connect(editor), [editor])
  return <EditorContext value={editor}>{children}</EditorContext>
}

export function useEditor(): Editor {
  const editor = use(EditorContext)
  if (!editor) throw new Error('useEditor needs an EditorProvider above it')
  return editor
}

/** A row by id; renders again only when that row changes. */
export function useRow<K extends RowKind>(kind: K, id: Id | null): Row<K> | undefined {
  const { rows } = useEditor()
  const subscribe = useCallback((listener: () => void) => (id ? rows.onRow(kind, id, listener) : () => {}), [rows, kind, id])
  const read = useCallback(() => (id ? rows.row(kind, id) : undefined), [rows, kind, id])
  return useSyncExternalStore(subscribe, read, read)
}

/** The rows of a kind that hang on a table or view, in order; renders again only when one of them changes. */
export function useChildren<K extends ChildKind>(kind: K, parentId: Id): readonly Row<K>[] {
  const { rows } = useEditor()
  const subscribe = useCallback((listener: () => void) => rows.onChildren(kind, parentId, listener), [rows, kind, parentId])
  const read = useCallback(() => rows.children(kind, parentId), [rows, kind, parentId])
  return useSyncExternalStore(subscribe, read, read)
}

/** All rows of a kind, in order; renders again when any of them changes. */
export function useAll<K extends RowKind>(kind: K): readonly Row<K>[] {
  const { rows } = useEditor()
  const subscribe = useCallback((listener: () => void) => rows.onAll(kind, listener), [rows, kind])
  const read = useCallback(() => rows.all(kind), [rows, kind])
  return useSyncExternalStore(subscribe, read, read)
}

/** A part of the selection, e.g. `useSelection((it) => it.tableIds.has(id))`; renders again only when that part differs. */
export function useSelection<S>(select: (selection: Selection) => S): S {
  return useStore(useEditor().selection, select)
}

/** A part of the surface's state, e.g. `useUi((it) => it.tool)`. */
export function useUi<S>(select: (ui: Ui) => S): S {
  return useStore(useEditor().ui, select)
}

function connect(editor: Editor): () => void {
  const leave = editor.rows.follow(editor.replica)
  const { view } = editor.replica
  const exists = (id: Id): boolean => (['table', 'view', 'column', 'constraint'] as const).some((kind) => view.get(kind, id))
  const stopPruning = editor.replica.subscribe(({ reset, changes }) => {
    if (!reset && !changes.some((change) => change.after === null)) return
    editor.selection.prune(exists)
    const { editing } = editor.ui.get()
    if (editing && !exists('columnId' in editing ? editing.columnId : editing.tableId)) editor.ui.patch({ editing: null })
  })
  return () => {
    leave()
    stopPruning()
  }
}

function tell(diagnostics: readonly Diagnostic[]): void {
  for (const { severity, message, hint } of diagnostics) {
    const options = hint ? { description: hint } : {}
    if (severity === 'error') toast.error(message, options)
    else if (severity === 'warning') toast.warning(message, options)
    else toast.info(message, options)
  }
}
