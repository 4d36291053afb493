import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { HEADER, ROW } from '../geometry/table-size.ts'
import { useCanvas, type CanvasKit } from '../kit.ts'
import { intersects } from '../geometry/rect.ts'
import { edgePath, type Edge } from '../scene/edge.ts'
import { HUB_ALPHA } from '../scene/far-painter.ts'
import { hotParts } from '../scene/hot.ts'

/** All quiet relationships in sight: two paths, one of them for lines into hubs, which stay in the background. */
export function EdgeLayer(): ReactNode {
  const kit = useCanvas()
  const ref = useRef<SVGSVGElement>(null)
  useLayoutEffect(() => (ref.current ? drawQuiet(kit, ref.current) : undefined), [kit])
  return (
    <svg ref={ref} className="sf-edges" aria-hidden="true">
      <path className="sf-hub-edges" opacity={HUB_ALPHA} />
      <path className="sf-quiet-edges" />
    </svg>
  )
}

/** In front of the tables: relationships of what is hovered, selected or dragged, and, far out, the tables themselves. */
export function HotLayer(): ReactNode {
  const kit = useCanvas()
  const ref = useRef<SVGSVGElement>(null)
  useLayoutEffect(() => (ref.current ? drawHot(kit, ref.current) : undefined), [kit])
  return (
    <svg ref={ref} className="sf-edges sf-hot" aria-hidden="true">
      <path className="sf-hot-rows" />
      <path className="sf-held-edges" />
      <path className="sf-held" />
      <path className="sf-hot-edges" />
      <path className="sf-hot-selected" />
    </svg>
  )
}

function drawQuiet({ scene, lens, gesture }: CanvasKit, svg: SVGSVGElement): () => void {
  const draw = (): void => {
    const { held } = gesture.get()
    const edges = lens.near ? scene.edgesIn(lens.window).filter((edge) => !held.has(edge.fromId) && !held.has(edge.toId)) : []
    const data = (intoHub: boolean): string => edges.map((edge) => (scene.isHub(edge.toId) === intoHub ? edgePath(edge) : '')).join('')
    setPath(svg, 'sf-hub-edges', data(true))
    setPath(svg, 'sf-quiet-edges', data(false))
  }
  draw()
  let held = gesture.get().held
  const stops = [
    lens.onWindow(draw),
    // While tables are held, their edges are drawn in front and the rest does not move.
    scene.subscribe(({ boxes }) => (boxes.size > 0 || gesture.get().held.size === 0) && draw()),
    gesture.subscribe(() => {
      if (gesture.get().held === held) return
      held = gesture.get().held
      draw()
    }),
  ]
  return () => stops.forEach((stop) => stop())
}

/** While more relationships than this move at once, they are left out, so that the drag stays smooth. */
const MAX_HELD_EDGES = 500

function drawHot({ editor, scene, lens, gesture }: CanvasKit, svg: SVGSVGElement): () => void {
  const set = (name: string, data: string): void => setPath(svg, name, data)
  const draw = (): void => {
    const { held } = gesture.get()
    const selection = editor.selection.get()
    const hot = hotParts(scene, selection, editor.ui.get().hover)
    svg.classList.toggle('sf-far', !lens.near)
    const inSight = (edge: Edge): boolean => !lens.near || intersects(edge.bounds, lens.window)
    set('sf-hot-edges', hot.edges.filter(inSight).map(edgePath).join(''))
    const isHot = new Set(hot.edges.map((edge) => edge.id))
    const heldEdges = new Map([...held].flatMap((id) => scene.edgesOf(id).map((edge) => [edge.id, edge] as const)))
    const quiet = [...heldEdges.values()].filter((edge) => !isHot.has(edge.id) && inSight(edge))
    set('sf-held-edges', quiet.length > MAX_HELD_EDGES ? '' : quiet.map(edgePath).join(''))
    set('sf-hot-rows', lens.near ? hot.columns.map(({ tableId, columnId }) => rowRect(scene, tableId, columnId)).join('') : '')
    set('sf-hot-selected', lens.near ? '' : [...selection.tableIds].map((id) => boxRect(scene, id)).join(''))
    set('sf-held', lens.near ? '' : [...held].map((id) => boxRect(scene, id)).join(''))
  }
  draw()
  const stops = [
    lens.onWindow(draw),
    scene.subscribe(draw),
    editor.selection.subscribe(draw),
    editor.ui.subscribe(draw),
    gesture.subscribe(draw),
  ]
  return () => stops.forEach((stop) => stop())
}

function setPath(svg: SVGSVGElement, name: string, data: string): void {
  const path = svg.querySelector(`.${name}`)
  if (path && path.getAttribute('d') !== data) path.setAttribute('d', data)
}

function rowRect(scene: CanvasKit['scene'], tableId: string, columnId: string): string {
  const box = scene.box(tableId)
  const index = box?.face.rows.findIndex((row) => row.id === columnId) ?? -1
  return box && index >= 0 ? `M${box.x + 1} ${box.y + HEADER + index * ROW}h${box.width - 2}v${ROW}h${2 - box.width}z` : ''
}

function boxRect(scene: CanvasKit['scene'], id: string): string {
  const box = scene.box(id)
  return box ? `M${box.x} ${box.y}h${box.width}v${box.height}h${-box.width}z` : ''
}
