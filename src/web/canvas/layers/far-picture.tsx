import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { contains, grow, intersection, type Rect } from '../geometry/rect.ts'
import { useCanvas, type CanvasKit } from '../kit.ts'
import { paintScene } from '../scene/far-painter.ts'
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
    const context = canvas?.getContext('2d', { alpha: true })
    return canvas && context ? keepPainted(kit, canvas, context) : undefined
  }, [kit])
  return <canvas ref={ref} className="sf-picture" width="1" height="1" hidden aria-hidden="true" />
}

function keepPainted(
  { scene, lens, mounter, gesture }: CanvasKit,
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
): () => void {
  let paint = readPaint(canvas)
  let shown: { readonly part: Rect; readonly zoom: number } | null = null
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const draw = (): void => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    frame = 0
    const { zoom } = lens.viewport
    const bounds = scene.bounds()
    const wanted = grow(lens.visible, lens.visible.width * MARGIN, lens.visible.height * MARGIN)
    const part = (bounds && intersection(grow(bounds, 60), wanted)) ?? { ...wanted, width: 1 / zoom, height: 1 / zoom }
    const ratio = Math.min(window.devicePixelRatio || 1, Math.sqrt(MAX_PIXELS / (part.width * part.height)) / zoom)
    const scale = zoom * ratio
    canvas.width = Math.max(1, Math.round(part.width * scale))
    canvas.height = Math.max(1, Math.round(part.height * scale))
    context.setTransform(scale, 0, 0, scale, -part.x * scale, -part.y * scale)
    paintScene(context, scene, part, zoom, paint, gesture.get().held)
    canvas.style.transform = `translate(${part.x}px, ${part.y}px) scale(${1 / scale})`
    shown = { part: bounds ? wanted : part, zoom }
  }
  const drawSoon = (): void => {
    shown = null
    if (!lens.near && frame === 0) frame = requestAnimationFrame(draw)
  }
  const drawAtRest = (): void => {
    clearTimeout(timer)
    timer = setTimeout(draw, REST)
  }
  const follow = (): void => {
    if (lens.near) return
    canvas.hidden = false
    if (!shown) return draw()
    const ratio = lens.viewport.zoom / shown.zoom
    if (!contains(shown.part, coveredNeed(lens.visible, scene.bounds())) || ratio > 2.5 || ratio < 0.4) draw()
    else if (ratio !== 1) drawAtRest()
  }
  const hideWhenMounted = (): void => {
    if (!lens.near || !mounter.complete.get()) return
    canvas.hidden = true
    shown = null
    clearTimeout(timer)
  }
  const repaint = (): void => {
    paint = readPaint(canvas)
    drawSoon()
  }
  const themes = new MutationObserver(repaint)
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] })
  void document.fonts?.ready.then(repaint)
  let held = gesture.get().held
  const stops = [
    lens.onMove(follow),
    lens.onWindow(() => (lens.near ? hideWhenMounted() : follow())),
    mounter.complete.subscribe(hideWhenMounted),
    scene.subscribe(({ boxes }) => (boxes.size > 0 || gesture.get().held.size === 0) && drawSoon()),
    gesture.subscribe(() => {
      if (gesture.get().held === held) return
      held = gesture.get().held
      drawSoon()
    }),
    () => themes.disconnect(),
  ]
  follow()
  return () => {
    for (const stop of stops) stop()
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

/** What must be in the picture: what is seen, as far as there is anything. */
const coveredNeed = (visible: Rect, bounds: Rect | null): Rect =>
  (bounds && intersection(visible, bounds)) ?? { x: visible.x, y: visible.y, width: 0, height: 0 }
