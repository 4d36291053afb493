import type { Point } from '#web/state/camera.ts'
import { hoversNothing } from '#web/state/ui.ts'
import { noGesture, type CanvasKit } from '../kit.ts'
import { panAtBorders } from './pan-at-borders.ts'
import { doubleClick, EDGE_REACH, gestureAt, hoverAt, openMenu } from './press.ts'
import type { Gesture } from './gesture.ts'

/** What counts as moving, in screen pixels. */
const THRESHOLD = 4

/**
 * Everything the pointer does on the canvas apart from panning and zooming, which are React Flow's. Works on the scene, not on elements, so
 * that far out, where tables are only a picture, everything works the same. Returns how to stop.
 */
export function followPointer(kit: CanvasKit, root: HTMLElement): () => void {
  const pointer = new Pointer(kit, root)
  const events = new AbortController()
  const { signal } = events
  root.addEventListener('pointerdown', (event) => pointer.down(event), { capture: true, signal })
  root.addEventListener('mousedown', (event) => pointer.claim(event), { capture: true, signal })
  root.addEventListener('touchstart', (event) => pointer.claim(event), { capture: true, passive: true, signal })
  root.addEventListener('dblclick', (event) => doubleClick(kit, root, event), { signal })
  root.addEventListener('contextmenu', (event) => openMenu(kit, root, event), { signal })
  window.addEventListener('pointermove', (event) => pointer.move(event), { signal })
  window.addEventListener('pointerup', (event) => pointer.up(event), { signal })
  window.addEventListener('pointercancel', () => pointer.cancel(), { signal })
  window.addEventListener('keydown', (event) => pointer.key(event), { capture: true, signal })
  return () => {
    pointer.cancel()
    events.abort()
  }
}

/** One pointer, from down to up. */
class Pointer {
  readonly #kit: CanvasKit
  readonly #root: HTMLElement
  readonly #borders: ReturnType<typeof panAtBorders>
  #gesture: Gesture | null = null
  #id = -1
  #start: Point | null = null
  #moved = false

  constructor(kit: CanvasKit, root: HTMLElement) {
    this.#kit = kit
    this.#root = root
    // The canvas comes along when something is dragged to its border.
    this.#borders = panAtBorders(root, (x, y, event) => {
      kit.editor.camera.panBy(x, y)
      this.#gesture?.move(this.#pointOf(event), event)
    })
  }

  down(event: PointerEvent): void {
    const { target } = event
    this.#start = null
    if (!(target instanceof Element) || this.#gesture || event.button !== 0) return
    if (target.closest('[data-chrome], input, button, textarea')) return
    this.#start = { x: event.clientX, y: event.clientY }
    this.#moved = false
    this.#id = event.pointerId
    this.#kit.gesture.set(noGesture)
    this.#gesture = gestureAt(this.#kit, target, this.#pointOf(event), event.shiftKey)
  }

  /** What we have taken, React Flow must not pan with. */
  claim(event: Event): void {
    if (this.#gesture) event.stopPropagation()
  }

  move(event: PointerEvent): void {
    if (!this.#gesture) return this.#hover(event)
    if (event.pointerId !== this.#id) return
    if (!this.#moved && this.#isStill(event)) return
    this.#moved = true
    this.#gesture.move(this.#pointOf(event), event)
    this.#borders.follow(event)
  }

  up(event: PointerEvent): void {
    if (this.#gesture && event.pointerId === this.#id) {
      if (this.#moved) this.#gesture.drop(this.#pointOf(event), event)
      else this.#gesture.click(event)
      return this.#finish()
    }
    const isClick = this.#start !== null && this.#isStill(event)
    this.#start = null
    if (!isClick) return
    const { scene, lens, editor } = this.#kit
    const { x, y } = this.#pointOf(event)
    const edge = scene.hitEdge(x, y, EDGE_REACH / lens.viewport.zoom)
    if (edge) editor.selection.relationship(edge.id)
    else editor.selection.clear()
  }

  cancel(): void {
    this.#gesture?.cancel()
    this.#finish()
  }

  key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.#gesture) return
    event.preventDefault()
    event.stopPropagation()
    this.cancel()
  }

  #finish(): void {
    this.#gesture = null
    this.#borders.stop()
    if (!this.#kit.gesture.get().link?.dropped) this.#kit.gesture.set(noGesture)
  }

  #hover(event: PointerEvent): void {
    const { ui } = this.#kit.editor
    const { target } = event
    if (target instanceof Element && target.closest('[data-link-dot]')) return
    const isOutside = !(target instanceof Element) || !this.#root.contains(target) || target.closest('[data-chrome]') || event.buttons !== 0
    const next = isOutside ? hoversNothing : hoverAt(this.#kit, this.#pointOf(event))
    const before = ui.get().hover
    if (next.tableId !== before.tableId || next.columnId !== before.columnId || next.relationshipId !== before.relationshipId)
      ui.patch({ hover: next })
  }

  #isStill({ clientX, clientY }: PointerEvent): boolean {
    return this.#start !== null && Math.hypot(clientX - this.#start.x, clientY - this.#start.y) < THRESHOLD
  }

  #pointOf(event: MouseEvent): Point {
    const { left, top } = this.#root.getBoundingClientRect()
    return this.#kit.lens.toCanvas(event.clientX - left, event.clientY - top)
  }
}
