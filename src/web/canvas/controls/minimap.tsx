import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { grow, type Rect } from '../geometry/rect.ts'
import { useCanvas, type CanvasKit } from '../kit.ts'
import { readPaint } from '../layers/read-paint.ts'

const WIDTH = 168
const HEIGHT = 108
/** The picture is painted anew at most this often, in ms. */
const PACE = 120

/** Everything in small, and the part that is on the screen. Press or drag to go there. */
export function Minimap({ onGo }: { onGo: (x: number, y: number) => void }): ReactNode {
  const kit = useCanvas()
  const root = useRef<HTMLDivElement>(null)
  const picture = useRef<HTMLCanvasElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (!root.current || !picture.current || !frame.current) return
    const map = new MapPicture(kit, { root: root.current, picture: picture.current, frame: frame.current })
    const stopPressing = followPress(root.current, (x, y) => {
      const at = map.toCanvas(x, y)
      onGo(at.x, at.y)
    })
    return () => {
      map.dispose()
      stopPressing()
    }
  }, [kit, onGo])
  return (
    <div
      ref={root}
      data-chrome
      aria-hidden="true"
      className="absolute right-3.5 bottom-4 z-10 cursor-pointer touch-none overflow-hidden rounded-lg border [&[hidden]]:hidden border-line bg-surface/90 shadow-md"
      style={{ width: WIDTH, height: HEIGHT }}
    >
      <canvas ref={picture} className="absolute inset-0 size-full" />
      <div ref={frame} className="absolute top-0 left-0 origin-top-left rounded-[3px] border-[1.5px] border-blue bg-blue/6" />
    </div>
  )
}

interface MapElements {
  readonly root: HTMLElement
  readonly picture: HTMLCanvasElement
  readonly frame: HTMLElement
}

/** Paints the small picture, while there are tables, and keeps the frame where the screen is. */
class MapPicture {
  readonly #kit: CanvasKit
  readonly #root: HTMLElement
  readonly #picture: HTMLCanvasElement
  readonly #frame: HTMLElement
  readonly #stops: readonly (() => void)[]
  #world: Rect = { x: 0, y: 0, width: 1, height: 1 }
  #scale = 1
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(kit: CanvasKit, { root, picture, frame }: MapElements) {
    this.#kit = kit
    this.#root = root
    this.#picture = picture
    this.#frame = frame
    const themes = new MutationObserver(() => this.#paintSoon())
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] })
    this.#stops = [
      kit.lens.onMove(() => this.#place()),
      kit.scene.subscribe(() => kit.gesture.get().held.size === 0 && this.#paintSoon()),
      () => themes.disconnect(),
    ]
    this.#paint()
  }

  toCanvas(x: number, y: number): { x: number; y: number } {
    const { left, top } = this.#origin()
    return { x: (x - left) / this.#scale, y: (y - top) / this.#scale }
  }

  dispose(): void {
    for (const stop of this.#stops) stop()
    clearTimeout(this.#timer)
  }

  /** Where canvas point (0, 0) lies in the map. */
  #origin(): { left: number; top: number } {
    const { x, y, width, height } = this.#world
    return { left: (WIDTH - width * this.#scale) / 2 - x * this.#scale, top: (HEIGHT - height * this.#scale) / 2 - y * this.#scale }
  }

  #paintSoon(): void {
    this.#timer ??= setTimeout(() => this.#paint(), PACE)
  }

  #paint(): void {
    this.#timer = undefined
    const context = this.#picture.getContext('2d')
    const tables = this.#kit.scene.bounds()
    this.#root.hidden = tables === null
    if (!tables) return
    this.#world = grow(tables, tables.width * 0.04 + 60)
    this.#scale = Math.min(WIDTH / this.#world.width, HEIGHT / this.#world.height)
    const ratio = window.devicePixelRatio || 1
    this.#picture.width = WIDTH * ratio
    this.#picture.height = HEIGHT * ratio
    const { left, top } = this.#origin()
    const colors = readPaint(this.#picture).palette
    if (context) {
      context.setTransform(this.#scale * ratio, 0, 0, this.#scale * ratio, left * ratio, top * ratio)
      context.globalAlpha = 0.6
      for (const box of this.#kit.scene.boxes.values()) {
        context.fillStyle = colors[box.color]
        context.fillRect(box.x, box.y, Math.max(box.width, 1.5 / this.#scale), Math.max(box.height, 1.5 / this.#scale))
      }
    }
    this.#place()
  }

  #place(): void {
    const { x, y, width, height } = this.#kit.lens.visible
    const origin = this.#origin()
    const left = Math.max(0, origin.left + x * this.#scale)
    const top = Math.max(0, origin.top + y * this.#scale)
    const right = Math.min(WIDTH - 2, origin.left + (x + width) * this.#scale)
    const bottom = Math.min(HEIGHT - 2, origin.top + (y + height) * this.#scale)
    this.#frame.style.transform = `translate(${Math.min(left, WIDTH - 6)}px, ${Math.min(top, HEIGHT - 6)}px)`
    this.#frame.style.width = `${Math.max(4, right - left)}px`
    this.#frame.style.height = `${Math.max(4, bottom - top)}px`
  }
}

/** Calls back with every place of a press and drag, in the element's own pixels. */
function followPress(root: HTMLElement, go: (x: number, y: number) => void): () => void {
  const at = (event: PointerEvent): void => {
    const { left, top } = root.getBoundingClientRect()
    go(event.clientX - left, event.clientY - top)
  }
  const down = (event: PointerEvent): void => {
    root.setPointerCapture(event.pointerId)
    at(event)
  }
  const move = (event: PointerEvent): void => {
    if (root.hasPointerCapture(event.pointerId)) at(event)
  }
  root.addEventListener('pointerdown', down)
  root.addEventListener('pointermove', move)
  return () => {
    root.removeEventListener('pointerdown', down)
    root.removeEventListener('pointermove', move)
  }
}
