import type { Id } from '#core/project/rows.ts'
import type { Rect } from '../geometry/rect.ts'
import type { EndMark, Route } from '../geometry/route.ts'
import { HEADER, ROW } from '../geometry/table-size.ts'
import type { KeySign } from './face.ts'
import type { PaletteName } from './palette.ts'
import type { Box } from './box.ts'
import type { Scene } from './scene.ts'

/** Colours and faces of the current theme, resolved for drawing. */
export interface Paint {
  readonly surface: string
  readonly border: string
  readonly borderMuted: string
  readonly text: string
  readonly textMuted: string
  readonly edge: string
  readonly palette: Readonly<Record<PaletteName, string>>
  readonly sans: string
  readonly mono: string
}

/** Lines into tables that very many refer to say little and are many: they stay in the background. */
export const HUB_ALPHA = 0.28

/** How much of a table can be read at a zoom: header and keys, its name, or only its shape. */
export type Detail = 'keys' | 'name' | 'shape'
export const detailAt = (zoom: number): Detail => (zoom >= 0.4 ? 'keys' : zoom >= 0.085 ? 'name' : 'shape')

/** What is drawn with: the context already maps canvas coordinates to pixels; `zoom` is the scale to CSS pixels and decides how much is drawn. */
export interface Brush {
  readonly context: CanvasRenderingContext2D
  readonly paint: Paint
  readonly zoom: number
}

/** Draws a part of the scene as a picture: edges first, then tables. Boxes of `except` and their edges are left out. */
export function paintScene(brush: Brush, scene: Scene, part: Rect, except: ReadonlySet<Id>): void {
  const detail = detailAt(brush.zoom)
  paintEdges(brush, scene, part, except)
  for (const box of scene.boxesIn(part)) {
    if (except.has(box.id)) continue
    if (detail === 'shape') paintShape(brush, box)
    else if (detail === 'name') paintName(brush, box)
    else paintKeys(brush, box)
  }
}

function paintEdges({ context, paint, zoom }: Brush, scene: Scene, part: Rect, except: ReadonlySet<Id>): void {
  const edges = scene.edgesIn(part).filter((edge) => !except.has(edge.fromId) && !except.has(edge.toId))
  context.strokeStyle = paint.edge
  // At least 0.6 screen pixels, so that lines stay visible; never thicker than near by.
  context.lineWidth = Math.max(1.3, 0.6 / zoom)
  for (const intoHub of [true, false]) {
    context.beginPath()
    for (const { toId, route, fromMark, toMark } of edges) {
      if (scene.isHub(toId) !== intoHub) continue
      traceRoute(context, route)
      if (zoom < 0.3) continue
      traceMark(context, { x: route.x1, y: route.y1, side: route.fromSide }, fromMark)
      traceMark(context, { x: route.x2, y: route.y2, side: route.toSide }, toMark)
    }
    context.globalAlpha = intoHub ? HUB_ALPHA : zoom < 0.4 ? 0.75 : 0.85
    context.stroke()
  }
  context.globalAlpha = 1
}

function traceRoute(context: CanvasRenderingContext2D, { x1, y1, x2, y2, middle }: Route): void {
  context.moveTo(x1, y1)
  context.lineTo(middle, y1)
  context.lineTo(middle, y2)
  context.lineTo(x2, y2)
}

interface EdgeTip {
  readonly x: number
  readonly y: number
  readonly side: 1 | -1
}
function traceMark(context: CanvasRenderingContext2D, { x, y, side }: EdgeTip, { many }: EndMark): void {
  if (many) {
    context.moveTo(x, y - 6)
    context.lineTo(x + side * 11, y)
    context.lineTo(x, y + 6)
  } else {
    context.moveTo(x + side * 8, y - 5.5)
    context.lineTo(x + side * 8, y + 5.5)
  }
}

function paintShape({ context, paint, zoom }: Brush, { x, y, width, height, color }: Box): void {
  context.fillStyle = paint.surface
  context.fillRect(x, y, width, height)
  context.globalAlpha = 0.5
  context.fillStyle = paint.palette[color]
  context.fillRect(x, y, width, height)
  context.globalAlpha = 1
  if (zoom > 0.04) {
    context.fillStyle = paint.palette[color]
    context.fillRect(x, y, width, Math.min(height, 1.6 / zoom))
  }
}

function paintPlate({ context, paint, zoom }: Brush, { x, y, width, height }: Box): void {
  context.beginPath()
  context.roundRect(x, y, width, height, 9)
  context.fillStyle = paint.surface
  context.fill()
  context.strokeStyle = paint.border
  context.lineWidth = Math.max(1, 0.7 / zoom)
  context.stroke()
}

/** The name as large as the box allows, so that it can be read from afar. */
function paintName(brush: Brush, box: Box): void {
  const { context, paint, zoom } = brush
  paintPlate(brush, box)
  const { x, y, width, height, color, face } = box
  context.fillStyle = paint.palette[color]
  // From afar the dark plates of the near view would drown.
  context.globalAlpha = 0.07
  context.fill()
  context.globalAlpha = 1
  context.fillRect(x + 8, y + 10, 8, height - 20)
  const room = width - 40
  const { lines, size: largest } = fitName(face.name, room, height - 16)
  // No larger on the screen than near by.
  const size = Math.min(largest, 14 / zoom)
  if (size * zoom < 2.5) return
  context.fillStyle = face.kind === 'view' ? paint.textMuted : paint.text
  context.font = `600 ${size}px ${paint.sans}`
  context.textBaseline = 'middle'
  const top = y + height / 2 - ((lines.length - 1) * size * 1.15) / 2
  for (const [index, line] of lines.entries()) context.fillText(line, x + 28, top + index * size * 1.15, room)
}

const fitted = new Map<string, { readonly lines: readonly string[]; readonly size: number }>()

/** Breaks a name so that it can be set largest in a space; remembered, because the same names are painted again and again. */
export function fitName(name: string, width: number, height: number): { readonly lines: readonly string[]; readonly size: number } {
  const key = `${width} ${height} ${name}`
  const known = fitted.get(key)
  if (known) return known
  let best = { lines: [name], size: 0 }
  for (const limit of [40, 16, 12, 8]) {
    const lines = breakName(name, limit)
    const longest = Math.max(...lines.map((line) => line.length))
    const size = Math.max(6, Math.min(52, width / (longest * 0.6), height / (lines.length * 1.15)))
    if (size > best.size) best = { lines, size }
  }
  if (fitted.size > 20_000) fitted.clear()
  fitted.set(key, best)
  return best
}

const signColor = (key: KeySign, paint: Paint): string =>
  key === 'primary' ? paint.palette.yellow : key === 'unique' || key === 'foreignUnique' ? paint.palette.purple : paint.palette.blue

/** Header and key columns; the others as bars, so that a table keeps its grain. */
function paintKeys(brush: Brush, box: Box): void {
  const { context, paint, zoom } = brush
  paintPlate(brush, box)
  const { x, y, width, color, face } = box
  context.fillStyle = paint.palette[color]
  context.fillRect(x + 10, y + 8, 4, 18)
  context.textBaseline = 'middle'
  context.fillStyle = face.kind === 'view' ? paint.textMuted : paint.text
  context.font = `600 ${Math.min(22, Math.max(13, 9.5 / zoom))}px ${paint.sans}`
  context.fillText(face.name, x + 21, y + HEADER / 2 + 1, width - 30)
  context.fillStyle = paint.borderMuted
  if (face.rows.length > 0) context.fillRect(x, y + HEADER - 1, width, 1)
  context.font = `${Math.min(16, Math.max(12, 7 / zoom))}px ${paint.mono}`
  for (const [index, row] of face.rows.entries()) {
    const middle = y + HEADER + (index + 0.5) * ROW
    if (row.key) {
      context.fillStyle = signColor(row.key, paint)
      context.beginPath()
      context.arc(x + 17, middle, 4, 0, 2 * Math.PI)
      context.fill()
      context.fillStyle = paint.textMuted
      context.fillText(row.name, x + 32, middle + 1, width - 42)
    } else {
      context.fillStyle = paint.borderMuted
      context.fillRect(x + 32, middle - 4, Math.min(width - 110, row.name.length * 7.2), 7)
      const typeWidth = Math.min(70, row.type.length * 6.9)
      context.fillRect(x + width - 10 - typeWidth, middle - 4, typeWidth, 7)
    }
  }
}

/** Breaks a name at underscores into at most four lines of about that many characters. */
export function breakName(name: string, limit: number): string[] {
  const lines: string[] = []
  for (const word of name.split(/(?<=[_.\s])/)) {
    const last = lines.at(-1)
    if (last !== undefined && (last.length + word.length <= limit || lines.length === 4)) lines[lines.length - 1] = last + word
    else lines.push(word)
  }
  return lines
}
