import type { ReactFlowInstance } from '@xyflow/react'
import type { Id } from '#core/project/rows.ts'
import type { Camera, Viewport } from '#web/state/camera.ts'
import { grow, type Rect } from './geometry/rect.ts'
import { HEADER, ROW } from './geometry/table-size.ts'
import type { CanvasKit } from './kit.ts'

export const MIN_ZOOM = 0.03
export const MAX_ZOOM = 3
/** How long a camera move takes, in ms; none where motion is unwelcome. */
const MOVE = 300
const STEP = 1.25
/** Free space round what is fitted, in screen pixels; below is the tool bar. */
const AIR = 48

/** The camera of a canvas, over React Flow's viewport. */
export function createCamera({ editor, scene, lens, mounter }: CanvasKit, flow: Pick<ReactFlowInstance, 'setViewport'>): Camera {
  const go = (viewport: Viewport, duration = MOVE): void => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    void flow.setViewport(viewport, { duration: calm ? 0 : duration }).then(() => {
      lens.settle()
      mounter.refresh(true)
    })
  }
  const zoomTo = (zoom: number): void => {
    const { width, height } = lens.screen
    const center = lens.toCanvas(width / 2, height / 2)
    const next = clampZoom(zoom)
    go({ x: width / 2 - center.x * next, y: height / 2 - center.y * next, zoom: next }, 160)
  }
  return {
    fit(ids) {
      const rect = scene.bounds(ids)
      if (rect) go(viewportFor(rect, lens.screen, 1))
      else go({ x: 0, y: 0, zoom: 1 })
    },
    zoomIn: () => zoomTo(lens.viewport.zoom * STEP),
    zoomOut: () => zoomTo(lens.viewport.zoom / STEP),
    zoomTo,
    panBy: (x, y) => void flow.setViewport({ x: lens.viewport.x - x, y: lens.viewport.y - y, zoom: lens.viewport.zoom }),
    centerOn(x, y) {
      const { width, height } = lens.screen
      const { zoom } = lens.viewport
      void flow.setViewport({ x: width / 2 - x * zoom, y: height / 2 - y * zoom, zoom })
    },
    focusTable(id, columnId) {
      const rect = focusRect(scene.box(id), columnId)
      if (!rect) return
      if (columnId) editor.selection.column(id, columnId)
      else editor.selection.tables([id])
      const { width, height } = lens.screen
      // Near enough to read; nearer if the person is nearer already, but so that it fits.
      const zoom = clampZoom(
        Math.min(Math.max(lens.viewport.zoom, 0.9), (width - 2 * AIR) / rect.width, Math.max(0.7, (height - 2 * AIR) / rect.height)),
      )
      const tall = rect.height * zoom > height - 2 * AIR
      const y = tall ? AIR - rect.y * zoom : height / 2 - (rect.y + rect.height / 2) * zoom
      go({ x: width / 2 - (rect.x + rect.width / 2) * zoom, y, zoom })
    },
    center: () => lens.toCanvas(lens.screen.width / 2, lens.screen.height / 2),
  }
}

/** The viewport that shows a rectangle with air round it, no nearer than `maxZoom`. */
export function viewportFor(rect: Rect, screen: { readonly width: number; readonly height: number }, maxZoom: number): Viewport {
  const zoom = clampZoom(Math.min(maxZoom, (screen.width - 2 * AIR) / rect.width, (screen.height - 2.5 * AIR) / rect.height))
  return {
    x: screen.width / 2 - (rect.x + rect.width / 2) * zoom,
    y: (screen.height - AIR / 2) / 2 - (rect.y + rect.height / 2) * zoom,
    zoom,
  }
}

export const clampZoom = (zoom: number): number => Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom))

/** A table, or the surroundings of a column in a long one. */
function focusRect(
  box: ({ readonly face: { readonly rows: readonly { readonly id: Id }[] } } & Rect) | undefined,
  columnId: Id | undefined,
): Rect | undefined {
  const index = columnId ? (box?.face.rows.findIndex((row) => row.id === columnId) ?? -1) : -1
  if (!box || index < 0 || box.height < 600) return box
  return grow({ x: box.x, y: box.y + HEADER + index * ROW, width: box.width, height: ROW }, 0, 240)
}
