import type { Id } from '#core/project/rows.ts'

/** React Flow's viewport: where canvas point (0, 0) lies on the screen, in CSS pixels, and the scale. */
export interface Viewport {
  readonly x: number
  readonly y: number
  readonly zoom: number
}
export interface Point {
  readonly x: number
  readonly y: number
}

/** What can be asked of the canvas from outside it: the palette, the outline, shortcuts. */
export interface Camera {
  /** Shows everything, or just these tables and views. */
  fit(ids?: readonly Id[]): void
  zoomIn(): void
  zoomOut(): void
  zoomTo(zoom: number): void
  /** Moves what is seen by that many screen pixels, at once. */
  panBy(x: number, y: number): void
  /** Brings a canvas point to the middle of the screen, at once. */
  centerOn(x: number, y: number): void
  /** Selects a table or view, and a column in it where given, and brings it into view. */
  focusTable(id: Id, columnId?: Id): void
  /** The canvas point in the middle of the screen: a good place for new things. */
  center(): Point
}

/** A camera that works before its canvas is there: the last request waits for it. */
export interface CameraSlot extends Camera {
  /** Called by the canvas; returns how to leave. */
  connect(camera: Camera): () => void
}

export function createCameraSlot(): CameraSlot {
  let camera: Camera | null = null
  let waiting: ((camera: Camera) => void) | null = null
  const ask = (request: (camera: Camera) => void): void => {
    if (camera) request(camera)
    else waiting = request
  }
  return {
    fit: (ids) => ask((it) => it.fit(ids)),
    zoomIn: () => ask((it) => it.zoomIn()),
    zoomOut: () => ask((it) => it.zoomOut()),
    zoomTo: (zoom) => ask((it) => it.zoomTo(zoom)),
    panBy: (x, y) => camera?.panBy(x, y),
    centerOn: (x, y) => ask((it) => it.centerOn(x, y)),
    focusTable: (id, columnId) => ask((it) => it.focusTable(id, columnId)),
    center: () => camera?.center() ?? { x: 0, y: 0 },
    connect(next) {
      camera = next
      waiting?.(next)
      waiting = null
      return () => {
        if (camera === next) camera = null
      }
    },
  }
}
