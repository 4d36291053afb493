import { createContext, use, useCallback, useSyncExternalStore } from 'react'
import type { Id } from '#core/project/rows.ts'
import type { Point } from '#web/state/camera.ts'
import type { Editor } from '#web/state/editor.tsx'
import { createStore, useStore, type Store } from '#web/state/store.ts'
import type { Rect } from './geometry/rect.ts'
import type { Face } from './scene/face.ts'
import { Lens } from './scene/lens.ts'
import { Mounter } from './scene/mounter.ts'
import { Scene } from './scene/scene.ts'

/** A relationship that is being drawn or has just been dropped; canvas coordinates. */
export interface LinkDraft {
  readonly fromTableId: Id
  readonly fromColumnId: Id
  /** Where the line ends now. */
  readonly at: Point
  readonly toTableId: Id | null
  readonly toColumnId: Id | null
  /** Dropped: the popover asks what kind it is to be. */
  readonly dropped: boolean
}

/** State of a gesture in progress. */
export interface Gesturing {
  readonly marquee: Rect | null
  readonly link: LinkDraft | null
  /** A column on its way to another place in its table. */
  readonly reorder: { readonly tableId: Id; readonly columnId: Id; readonly toIndex: number } | null
  /** Tables that follow the pointer. */
  readonly held: ReadonlySet<Id>
}
export const noGesture: Gesturing = { marquee: null, link: null, reorder: null, held: new Set() }

/** What the parts of one canvas share. */
export interface CanvasKit {
  readonly editor: Editor
  readonly scene: Scene
  readonly lens: Lens
  readonly mounter: Mounter
  readonly gesture: Store<Gesturing>
  /** The element of each mounted table. */
  readonly elements: Map<Id, HTMLElement>
}

export function createKit(editor: Editor): CanvasKit {
  const scene = new Scene(editor.replica.view)
  const lens = new Lens()
  return { editor, scene, lens, mounter: new Mounter(scene, lens), gesture: createStore(noGesture), elements: new Map() }
}

/** Lets the scene follow the project and the layers follow the scene; returns how to stop. */
export function connectKit({ editor, scene, lens, mounter, gesture, elements }: CanvasKit): () => void {
  scene.catchUp()
  const stops = [
    editor.replica.subscribe((touched) => scene.update(touched)),
    lens.onWindow(() => mounter.refresh()),
    scene.subscribe(({ boxes, moved }) => {
      for (const id of moved) {
        const element = elements.get(id)
        const box = scene.box(id)
        if (element && box) element.style.transform = `translate(${box.x}px, ${box.y}px)`
      }
      if (boxes.size > 0 || gesture.get().held.size === 0) mounter.refresh()
    }),
    editor.ui.subscribe(() => keepEdited()),
    gesture.subscribe(() => keepEdited()),
  ]
  let keptKey = ''
  const keepEdited = (): void => {
    const { editing } = editor.ui.get()
    // Of many that are dragged, only those that are mounted already are worth keeping.
    const kept = new Set([...gesture.get().held].filter((id) => elements.has(id)))
    if (editing && lens.near) kept.add(editing.tableId)
    const key = [...kept].join()
    if (key === keptKey) return
    keptKey = key
    mounter.keep(kept)
  }
  return () => {
    for (const stop of stops) stop()
    lens.dispose()
    mounter.dispose()
  }
}

export const CanvasContext = createContext<CanvasKit | null>(null)

export function useCanvas(): CanvasKit {
  const kit = use(CanvasContext)
  if (!kit) throw new Error('useCanvas needs a canvas above it')
  return kit
}

/** What a table shows; renders again only when that changes, not when it moves. */
export function useFace(id: Id): Face | undefined {
  const { scene } = useCanvas()
  const subscribe = useCallback((listener: () => void) => scene.onFace(id, listener), [scene, id])
  const read = useCallback(() => scene.box(id)?.face, [scene, id])
  return useSyncExternalStore(subscribe, read, read)
}

export function useGesture<S>(select: (gesture: Gesturing) => S): S {
  return useStore(useCanvas().gesture, select)
}
