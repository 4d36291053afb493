import { useCallback, useSyncExternalStore, type ReactNode } from 'react'
import { displayName } from '#core/schema/names.ts'
import { useEditor, useUi } from '#web/state/editor.tsx'
import { HEADER, ROW } from '../geometry/table-size.ts'
import { useCanvas, useGesture, type CanvasKit, type LinkDraft } from '../kit.ts'
import { rowMiddle } from '../scene/edge.ts'

/** What a gesture in progress shows: the selection's rectangle, the line that is being drawn, the place a column would go. */
export function GestureLayer(): ReactNode {
  const kit = useCanvas()
  const marquee = useGesture((it) => it.marquee)
  const link = useGesture((it) => it.link)
  const reorder = useGesture((it) => it.reorder)
  const target = reorder && kit.scene.box(reorder.tableId)
  return (
    <>
      {marquee && (
        <div
          className="sf-marquee"
          style={{ transform: `translate(${marquee.x}px, ${marquee.y}px)`, width: marquee.width, height: marquee.height }}
        />
      )}
      {link && <LinkLine kit={kit} link={link} />}
      {reorder && target && (
        <div
          className="sf-drop-line"
          style={{ transform: `translate(${target.x}px, ${target.y + HEADER + reorder.toIndex * ROW - 1}px)`, width: target.width }}
        />
      )}
    </>
  )
}

/** The two dots at the edges of the column under the pointer: a relationship is drawn from them. */
export function LinkDots(): ReactNode {
  const { scene, lens } = useCanvas()
  const { canEdit } = useEditor()
  const hover = useUi((it) => it.hover)
  const editing = useUi((it) => it.editing)
  const busy = useGesture((it) => it.held.size > 0 || it.link !== null || it.marquee !== null || it.reorder !== null)
  const box = hover.tableId ? scene.box(hover.tableId) : undefined
  if (!canEdit || busy || editing || !box || !hover.columnId || !lens.near) return null
  const y = rowMiddle(box, hover.columnId)
  return [box.x, box.x + box.width].map((x) => (
    <div key={x === box.x ? 'left' : 'right'} className="sf-dot" data-link-dot style={{ transform: `translate(${x}px, ${y}px)` }} />
  ))
}

/** From afar, the name of the table under the pointer. */
export function FarLabel(): ReactNode {
  const { scene, lens } = useCanvas()
  const tableId = useUi((it) => it.hover.tableId)
  const subscribe = useCallback((listener: () => void) => (tableId ? lens.onMove(listener) : () => {}), [lens, tableId])
  const read = useCallback(() => (tableId && !lens.near ? lens.viewport.zoom : 0), [lens, tableId])
  const zoom = useSyncExternalStore(subscribe, read, read)
  const box = tableId && zoom > 0 ? scene.box(tableId) : undefined
  if (!box) return null
  return (
    <div className="sf-far-label" style={{ transform: `translate(${box.x}px, ${box.y - 30 / zoom}px) scale(${1 / zoom})` }}>
      {displayName(box.face)}
    </div>
  )
}

function LinkLine({ kit: { scene }, link }: { kit: CanvasKit; link: LinkDraft }): ReactNode {
  const from = scene.box(link.fromTableId)
  if (!from) return null
  const y = rowMiddle(from, link.fromColumnId)
  const to = link.toTableId ? scene.box(link.toTableId) : undefined
  const right = link.at.x > from.x + from.width / 2
  const x = right ? from.x + from.width : from.x
  const middle = (x + link.at.x) / 2
  const row = to && link.toColumnId ? rowMiddle(to, link.toColumnId) - ROW / 2 : undefined
  return (
    <svg className="sf-edges sf-link" aria-hidden="true">
      {to && <rect x={to.x} y={row ?? to.y} width={to.width} height={row === undefined ? to.height : ROW} rx={row === undefined ? 9 : 0} />}
      <path d={`M${x} ${y}C${middle} ${y} ${middle} ${link.at.y} ${link.at.x} ${link.at.y}`} />
      <circle cx={link.at.x} cy={link.at.y} r="4" />
    </svg>
  )
}
