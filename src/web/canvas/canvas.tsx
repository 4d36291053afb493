import { ReactFlow, ReactFlowProvider, useReactFlow, useStoreApi, ViewportPortal } from '@xyflow/react'
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type DragEvent, type ReactNode, type RefObject } from 'react'
import type { Id } from '#core/project/rows.ts'
import type { Viewport } from '#web/state/camera.ts'
import { useEditor, useSelection, useUi } from '#web/state/editor.tsx'
import type { Selection } from '#web/state/selection.ts'
import { autoLayout } from './actions/arrange.ts'
import { deleteSelected, duplicateSelected } from './actions/edits.ts'
import { createCamera, MAX_ZOOM, MIN_ZOOM, viewportFor } from './camera-control.ts'
import type { Size } from './geometry/table-size.ts'
import { EmptyCanvas } from './controls/empty-canvas.tsx'
import { Minimap } from './controls/minimap.tsx'
import { Toolbar } from './controls/toolbar.tsx'
import { ZoomControl } from './controls/zoom-control.tsx'
import { followKeyboard, newTable, startEdit } from './input/keyboard.ts'
import { followPointer } from './input/pointer.ts'
import { CanvasContext, connectKit, createKit, type CanvasKit } from './kit.ts'
import { EdgeLayer, HotLayer } from './layers/edge-layer.tsx'
import { FarPicture } from './layers/far-picture.tsx'
import { FarLabel, GestureLayer, LinkDots } from './layers/gesture-layer.tsx'
import { Ground } from './layers/ground.tsx'
import { NodeLayer } from './layers/node-layer.tsx'
import { RelationshipPopovers } from './popovers/relationship-popover.tsx'
import { followCaret } from './reveal.ts'
import '@xyflow/react/dist/base.css'
import './canvas.css'

export interface CanvasProps {
  /** Where to look first; without it, at everything. Read once. */
  readonly initialViewport?: Viewport | undefined
  /** Told after the view has come to rest. */
  readonly onViewportChange?: ((viewport: Viewport) => void) | undefined
  /** The table the address names: brought into view when it changes to one that is not selected. */
  readonly activeTable?: Id | undefined
  /** Told when another single table, or none, is selected. */
  readonly onActiveTableChange?: ((id: Id | undefined) => void) | undefined
  /** Files were dropped on the canvas. Without it, dropping is left to the page. */
  readonly onImportFiles?: ((files: readonly File[]) => void) | undefined
  /** The empty canvas offers to import. */
  readonly onImport?: (() => void) | undefined
}

/** The diagram of the open project: look, move, edit. Client only; needs an EditorProvider above it and fills its parent. */
export function Canvas(props: CanvasProps): ReactNode {
  return (
    <ReactFlowProvider>
      <CanvasSurface {...props} />
    </ReactFlowProvider>
  )
}

function CanvasSurface({ initialViewport, onImportFiles, onImport, ...address }: CanvasProps): ReactNode {
  const editor = useEditor()
  const kit = useMemo(() => createKit(editor), [editor])
  const root = useRef<HTMLDivElement>(null)
  const [first] = useState<FirstView>(() => ({ viewport: initialViewport, tableId: address.activeTable }))
  useKit(kit, root, first)
  useViewportNews(kit, address.onViewportChange)
  useActiveTable(kit, address.activeTable, address.onActiveTableChange)
  const tool = useUi((it) => it.tool)
  return (
    <CanvasContext value={kit}>
      <div
        ref={root}
        className={`sf-canvas sf-tool-${tool}`}
        tabIndex={0}
        role="application"
        aria-label="Diagram"
        {...(onImportFiles ? dropHandlers(onImportFiles) : {})}
      >
        <Surface start={first.viewport} />
        <EmptyCanvas onImport={onImport} />
        <Toolbar />
        <ZoomControl />
        <Minimap onGo={editor.camera.centerOn} />
        <Spoken />
      </div>
    </CanvasContext>
  )
}

/** React Flow pans and zooms; the layers are ours. */
function Surface({ start }: { start: Viewport | undefined }): ReactNode {
  return (
    <ReactFlow
      nodes={none}
      edges={none}
      {...(start ? { defaultViewport: start } : {})}
      minZoom={MIN_ZOOM}
      maxZoom={MAX_ZOOM}
      panOnScroll
      panOnDrag={panButtons}
      zoomOnDoubleClick={false}
      selectionOnDrag={false}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      deleteKeyCode={null}
      disableKeyboardA11y
      attributionPosition="top-right"
    >
      <ViewportPortal>
        <Ground />
        <FarPicture />
        <EdgeLayer />
        <NodeLayer />
        <HotLayer />
        <LinkDots />
        <FarLabel />
        <GestureLayer />
        <RelationshipPopovers />
      </ViewportPortal>
    </ReactFlow>
  )
}

// React Flow compares these by identity.
const none: never[] = []
const panButtons = [0, 1]

/** Connects what is not React: scene, camera, pointer, keyboard, commands. */
function useKit(kit: CanvasKit, root: RefObject<HTMLElement | null>, first: FirstView): void {
  useLayoutEffect(() => connectKit(kit), [kit])
  useLens(kit, first)
  useEffect(() => (root.current ? followPointer(kit, root.current) : undefined), [kit, root])
  useEffect(() => (root.current ? followKeyboard(kit, root.current) : undefined), [kit, root])
  useEffect(() => connectCommands(kit), [kit])
  useEffect(() => followCaret(kit), [kit])
}

/** Where the canvas looks when it opens: a viewport, else a table, else everything. */
interface FirstView {
  readonly viewport: Viewport | undefined
  readonly tableId: Id | undefined
}

/** Feeds the lens from React Flow's viewport and gives the editor its camera. */
function useLens(kit: CanvasKit, first: FirstView): void {
  const store = useStoreApi()
  const flow = useReactFlow()
  useLayoutEffect(() => {
    let isPlaced = first.viewport !== undefined
    const place = (screen: Size): void => {
      isPlaced = true
      const rect = kit.scene.box(first.tableId ?? '') ?? kit.scene.bounds()
      kit.lens.home = rect ? viewportFor(rect, screen, 1) : { x: 0, y: 0, zoom: 1 }
      void flow.setViewport(kit.lens.home)
    }
    const follow = (): void => {
      if (!isPlaced && store.getState().panZoom && store.getState().width > 0) place(store.getState())
      const { transform, width, height } = store.getState()
      const [x, y, zoom] = transform
      const { viewport, screen } = kit.lens
      if (viewport.x === x && viewport.y === y && viewport.zoom === zoom && screen.width === width && screen.height === height) return
      kit.lens.move({ x, y, zoom }, width, height)
    }
    follow()
    const stop = store.subscribe(follow)
    const disconnect = kit.editor.camera.connect(createCamera(kit, flow))
    return () => {
      stop()
      disconnect()
    }
  }, [kit, store, flow, first])
}

/** Tells the address bar where we look, once it rests. */
function useViewportNews({ lens }: CanvasKit, onChange: ((viewport: Viewport) => void) | undefined): void {
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  }, [onChange])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = lens.onMove(() => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        const { x, y, zoom } = lens.viewport
        if (lens.home && x === lens.home.x && y === lens.home.y && zoom === lens.home.zoom) return
        lens.home = null
        latest.current?.({ x: Math.round(x), y: Math.round(y), zoom: Math.round(zoom * 1000) / 1000 })
      }, 350)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [lens])
}

/** Keeps the selected table and the address in step, both ways. */
function useActiveTable({ editor, scene }: CanvasKit, active: Id | undefined, onChange: ((id: Id | undefined) => void) | undefined): void {
  const selected = useSelection(singleTable)
  const told = useRef<Id | undefined>(undefined)
  const isFirst = useRef(true)
  useEffect(() => {
    const isNews = active !== undefined && active !== told.current && !editor.selection.get().tableIds.has(active) && scene.box(active)
    // At first the view is placed already (see useLens).
    if (isNews && isFirst.current) editor.selection.tables([active])
    else if (isNews) editor.camera.focusTable(active)
    isFirst.current = false
    told.current = active
  }, [active, editor, scene])
  useEffect(() => {
    // What the effect above has selected is not in `selected` yet.
    const now = singleTable(editor.selection.get())
    if (now === told.current) return
    told.current = now
    onChange?.(now)
  }, [selected, onChange, editor])
}

const singleTable = ({ tableIds }: Selection): Id | undefined => (tableIds.size === 1 ? [...tableIds][0] : undefined)

function connectCommands(kit: CanvasKit): () => void {
  const { editor, scene } = kit
  return editor.canvas.connect({
    addTable: () => newTable(kit),
    autoLayout: () => void autoLayout(editor, scene),
    duplicateSelection: () => duplicateSelected(editor),
    deleteSelection: () => deleteSelected(editor),
    renameSelection: () => void startEdit(kit),
    selectAll: () => editor.selection.tables(scene.boxes.keys()),
  })
}

function dropHandlers(onImportFiles: (files: readonly File[]) => void) {
  return {
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer.types.includes('Files')) event.preventDefault()
    },
    onDrop: (event: DragEvent) => {
      if (event.dataTransfer.files.length === 0) return
      event.preventDefault()
      onImportFiles([...event.dataTransfer.files])
    },
  }
}

/** Says what is selected to those who hear the page. */
function Spoken(): ReactNode {
  const { rows } = useEditor()
  const count = useSelection((it) => it.tableIds.size)
  const table = useSelection((it) => (it.tableIds.size === 1 ? [...it.tableIds][0] : undefined))
  const column = useSelection((it) => it.columnId)
  const name = table ? (rows.row('table', table) ?? rows.row('view', table))?.name : undefined
  const columnName = column ? rows.row('column', column)?.name : undefined
  return (
    <div className="sr-only" aria-live="polite">
      {columnName ? `Column ${columnName} of ${name}` : name ? `Table ${name} selected` : count > 1 ? `${count} tables selected` : ''}
    </div>
  )
}
