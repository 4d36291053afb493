import type { Viewport } from '#web/state/camera.ts'
import { contains, grow, type Rect } from '../geometry/rect.ts'

/** From here on inwards tables are elements that can be typed in; further out they are a picture. Two values, so that it does not flicker. */
export const NEAR_ZOOM = 0.6
export const FAR_ZOOM = 0.52
/** A zoom is over when it has not moved for this long, in ms. Tables are not mounted before. */
const SETTLE = 110
/** How much more than the screen is kept mounted on each side, as a part of the screen. */
const MARGIN = 0.18

/**
 * What part of the scene is seen, and how closely. Distinguishes every movement (`onMove`) from the few that need other elements (`onWindow`):
 * panning inside the window costs nothing but the transform.
 */
export class Lens {
  #viewport: Viewport = { x: 0, y: 0, zoom: 1 }
  #width = 0
  #height = 0
  #near: boolean | null = null
  #window: Rect = { x: 0, y: 0, width: 0, height: 0 }
  #windowZoom = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Where the canvas was put when it opened without being told where: not news for the address. */
  home: Viewport | null = null
  readonly #onMove = new Set<() => void>()
  readonly #onWindow = new Set<() => void>()

  get viewport(): Viewport {
    return this.#viewport
  }
  /** The size of the canvas on the screen, in CSS pixels. */
  get screen(): { readonly width: number; readonly height: number } {
    return { width: this.#width, height: this.#height }
  }
  /** True where tables are mounted as elements. */
  get near(): boolean {
    return this.#near ?? true
  }
  /** What is on the screen, in canvas coordinates. */
  get visible(): Rect {
    const { x, y, zoom } = this.#viewport
    return { x: -x / zoom, y: -y / zoom, width: this.#width / zoom, height: this.#height / zoom }
  }
  /** What is kept mounted: the screen with a margin. Changes rarely. */
  get window(): Rect {
    return this.#window
  }

  toCanvas(screenX: number, screenY: number): { x: number; y: number } {
    const { x, y, zoom } = this.#viewport
    return { x: (screenX - x) / zoom, y: (screenY - y) / zoom }
  }

  /** Takes over a new viewport. `width` and `height` are the canvas's on the screen. */
  move(viewport: Viewport, width: number, height: number): void {
    const zoomed = viewport.zoom !== this.#viewport.zoom
    this.#viewport = viewport
    this.#width = width
    this.#height = height
    if (width === 0 || height === 0) return
    let other = false
    if (this.#near === null) {
      this.#near = viewport.zoom >= NEAR_ZOOM
      other = true
    } else if (this.#near && viewport.zoom < FAR_ZOOM) {
      this.#near = false
      other = true
    } else if (!this.#near && viewport.zoom >= NEAR_ZOOM && zoomed) this.#await()
    const zoomRatio = viewport.zoom / this.#windowZoom
    if (other || !(zoomRatio > 0.7 && zoomRatio < 1.45) || !contains(this.#window, this.visible)) {
      this.#window = grow(this.visible, this.visible.width * MARGIN, this.visible.height * MARGIN)
      this.#windowZoom = viewport.zoom
      other = true
    }
    if (other) for (const listener of [...this.#onWindow]) listener()
    for (const listener of [...this.#onMove]) listener()
  }

  /** Ends a zoom at once: after a jump there is nothing to wait for. */
  settle(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const near = this.#viewport.zoom >= (this.#near ? FAR_ZOOM : NEAR_ZOOM)
    if (near === this.#near) return
    this.#near = near
    for (const listener of [...this.#onWindow]) listener()
  }

  /** After every movement. */
  onMove(listener: () => void): () => void {
    this.#onMove.add(listener)
    return () => this.#onMove.delete(listener)
  }
  /** After the window or the nearness changed. */
  onWindow(listener: () => void): () => void {
    this.#onWindow.add(listener)
    return () => this.#onWindow.delete(listener)
  }

  dispose(): void {
    clearTimeout(this.#timer)
  }

  #await(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.settle(), SETTLE)
  }
}
