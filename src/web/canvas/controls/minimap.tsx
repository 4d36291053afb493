import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { boundsOf, grow, type Rect } from '../geometry/rect.ts'
import { useCanvas, type CanvasKit } from '../kit.ts'
import { readPaint } from '../layers/read-paint.ts'

const WIDTH = 168
const HEIGHT = 108
/** The picture is painted anew at most this often, in ms. */
const PACE = 120

/** Everything in small, and the part that is on the screen. Press or drag to go there. */
export function Minimap({ onGo }: { onGo: (x: number, y: number) => void }): ReactNode {
  const kit = useCanvas()
  const ref = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => (ref.current ? runMinimap(kit, ref.current, onGo) : undefined), [kit, onGo])
  return (
    <div
      ref={ref}
      data-chrome
      aria-hidden="true"
      className="absolute right-3.5 bottom-4 z-10 cursor-pointer touch-none overflow-hidden rounded-lg border border-line bg-surface/90 shadow-md"
      style={{ width: WIDTH, height: HEIGHT }}
    >
      <canvas className="absolute inset-0 size-full" />
      <div className="absolute top-0 left-0 origin-top-left rounded-[3px] border-[1.5px] border-blue bg-blue/6" />
    </div>
  )
}

function runMinimap({ scene, lens, gesture }: CanvasKit, root: HTMLElement, onGo: (x: number, y: number) => void): () => void {
  const canvas = root.querySelector('canvas')
  const frame = root.querySelector('div')
  const context = canvas?.getContext('2d')
  if (!canvas || !frame || !context) return () => {}
  let world: Rect = { x: 0, y: 0, width: 1, height: 1 }
  let scale = 1
  let timer: ReturnType<typeof setTimeout> | undefined
  const paint = (): void => {
    timer = undefined
    const bounds = scene.bounds()
    // The map shows all tables; with few, also where one is.
    world = grow(boundsOf(bounds ? [bounds] : [lens.visible]) ?? lens.visible, (bounds?.width ?? 0) * 0.04 + 60)
    scale = Math.min(WIDTH / world.width, HEIGHT / world.height)
    const ratio = window.devicePixelRatio || 1
    canvas.width = WIDTH * ratio
    canvas.height = HEIGHT * ratio
    const left = (WIDTH - world.width * scale) / 2 - world.x * scale
    const top = (HEIGHT - world.height * scale) / 2 - world.y * scale
    context.setTransform(scale * ratio, 0, 0, scale * ratio, left * ratio, top * ratio)
    const colors = readPaint(root).palette
    context.globalAlpha = 0.6
    for (const box of scene.boxes.values()) {
      context.fillStyle = colors[box.color]
      context.fillRect(box.x, box.y, Math.max(box.width, 1.5 / scale), Math.max(box.height, 1.5 / scale))
    }
    place()
  }
  const place = (): void => {
    const { x, y, width, height } = lens.visible
    const left = (WIDTH - world.width * scale) / 2 + (x - world.x) * scale
    const top = (HEIGHT - world.height * scale) / 2 + (y - world.y) * scale
    const right = Math.min(WIDTH, left + width * scale)
    const bottom = Math.min(HEIGHT, top + height * scale)
    frame.style.transform = `translate(${Math.max(0, left)}px, ${Math.max(0, top)}px)`
    frame.style.width = `${Math.max(4, right - Math.max(0, left))}px`
    frame.style.height = `${Math.max(4, bottom - Math.max(0, top))}px`
  }
  const paintSoon = (): void => {
    timer ??= setTimeout(paint, PACE)
  }
  const go = (event: PointerEvent): void => {
    const { left, top } = root.getBoundingClientRect()
    const x = (event.clientX - left - (WIDTH - world.width * scale) / 2) / scale + world.x
    const y = (event.clientY - top - (HEIGHT - world.height * scale) / 2) / scale + world.y
    onGo(x, y)
  }
  const down = (event: PointerEvent): void => {
    root.setPointerCapture(event.pointerId)
    go(event)
  }
  const move = (event: PointerEvent): void => {
    if (root.hasPointerCapture(event.pointerId)) go(event)
  }
  root.addEventListener('pointerdown', down)
  root.addEventListener('pointermove', move)
  const themes = new MutationObserver(paintSoon)
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] })
  const stops = [lens.onMove(place), scene.subscribe(() => gesture.get().held.size === 0 && paintSoon())]
  paint()
  return () => {
    for (const stop of stops) stop()
    themes.disconnect()
    clearTimeout(timer)
    root.removeEventListener('pointerdown', down)
    root.removeEventListener('pointermove', move)
  }
}
