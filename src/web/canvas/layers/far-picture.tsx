import { useLayoutEffect, useRef, type ReactNode } from 'react'
import type { Id } from '#core/project/rows.ts'
import { contains, grow, intersection, type Rect } from '../geometry/rect.ts'
import { useCanvas, type CanvasKit } from '../kit.ts'
import { paintScene, type Paint } from '../scene/far-painter.ts'
import { readPaint } from './read-paint.ts'

/** How much more than the screen is painted on each side, as a part of the screen. */
const MARGIN = 0.35
/** A picture never has more pixels than this; beyond, it is painted a little coarser. */
const MAX_PIXELS = 9_000_000
/** After a zoom has rested this long, it is painted sharp, in ms. */
const REST = 130

/**
 * The far view: one bitmap of tables and relationships that lies in the canvas. Panning and zooming only transform it; it is painted anew
 * when what it shows no longer suffices. No table is an element then.
 */
export function FarPicture(): ReactNode {
  const kit = useCanvas()
  const ref = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const canvas = ref.current
    const context = canvas?.getContext('2d')
    if (!canvas || !context) return
    const picture = new Picture(kit, canvas, context)
    return () => picture.dispose()
  }, [kit])
  return <canvas ref={ref} className="sf-picture" width="1" height="1" hidden aria-hidden="true" />
}

/** Keeps the bitmap good enough for what is seen. */
class Picture {
  readonly #kit: CanvasKit
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  readonly #stops: readonly (() => void)[]
  #paint: Paint
  #shown: { readonly part: Rect; readonly zoom: number } | null = null
  #held: ReadonlySet<Id>
  #frame = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(kit: CanvasKit, canvas: HTMLCanvasElement, context: CanvasRenderingContext2D) {
    const { scene, lens, mounter, gesture } = kit
    this.#kit = kit
    this.#canvas = canvas
    this.#context = context
    this.#paint = readPaint(canvas)
    this.#held = gesture.get().held
    const themes = new MutationObserver(() => this.#repaint())
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] })
    void document.fonts.ready.then(() => this.#repaint())
    this.#stops = [
      lens.onMove(() => this.#follow()),
      lens.onWindow(() => (lens.near ? this.#hideWhenMounted() : this.#follow())),
      mounter.complete.subscribe(() => this.#hideWhenMounted()),
      scene.subscribe(({ boxes }) => (boxes.size > 0 || this.#held.size === 0) && this.#drawSoon()),
      gesture.subscribe(() => {
        if (gesture.get().held === this.#held) return
        this.#held = gesture.get().held
        this.#drawSoon()
      }),
      () => themes.disconnect(),
    ]
    this.#follow()
  }

  dispose(): void {
    for (const stop of this.#stops) stop()
    cancelAnimationFrame(this.#frame)
    clearTimeout(this.#timer)
  }

  #follow(): void {
    const { lens, scene } = this.#kit
    if (lens.near) return
    this.#canvas.hidden = false
    if (!this.#shown) return this.#draw()
    const ratio = lens.viewport.zoom / this.#shown.zoom
    if (ratio > 2.5 || ratio < 0.4 || !contains(this.#shown.part, neededPart(lens.visible, scene.bounds()))) this.#draw()
    else if (ratio !== 1) this.#drawAtRest()
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame)
    clearTimeout(this.#timer)
    this.#frame = 0
    const { lens, scene } = this.#kit
    const { zoom } = lens.viewport
    const bounds = scene.bounds()
    const wanted = grow(lens.visible, lens.visible.width * MARGIN, lens.visible.height * MARGIN)
    const part = (bounds && intersection(grow(bounds, 60), wanted)) ?? { ...wanted, width: 1 / zoom, height: 1 / zoom }
    const scale = zoom * Math.min(window.devicePixelRatio || 1, Math.sqrt(MAX_PIXELS / (part.width * part.height)) / zoom)
    this.#canvas.width = Math.max(1, Math.round(part.width * scale))
    this.#canvas.height = Math.max(1, Math.round(part.height * scale))
    this.#context.setTransform(scale, 0, 0, scale, -part.x * scale, -part.y * scale)
    paintScene({ context: this.#context, paint: this.#paint, zoom }, scene, part, this.#held)
    this.#canvas.style.transform = `translate(${part.x}px, ${part.y}px) scale(${1 / scale})`
    this.#shown = { part: bounds ? wanted : part, zoom }
  }

  #drawSoon(): void {
    this.#shown = null
    if (!this.#kit.lens.near && this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw())
  }

  #drawAtRest(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#kit.lens.near || this.#draw(), REST)
  }

  #hideWhenMounted(): void {
    if (!this.#kit.lens.near || !this.#kit.mounter.complete.get()) return
    this.#canvas.hidden = true
    this.#shown = null
    clearTimeout(this.#timer)
  }

  #repaint(): void {
    this.#paint = readPaint(this.#canvas)
    this.#drawSoon()
  }
}

/** What must be in the picture: what is seen, as far as there is anything. */
const neededPart = (visible: Rect, bounds: Rect | null): Rect =>
  (bounds && intersection(visible, bounds)) ?? { x: visible.x, y: visible.y, width: 0, height: 0 }
