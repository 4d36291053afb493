import { type KeyboardEvent, type Ref, useImperativeHandle, useRef, useState } from 'react'
import type { Id } from '#core/project/rows.ts'
import { useEditor } from '../../state/editor.tsx'
import { useReveal, useWindow } from '../lines/use-window.ts'
import type { OutlineItem } from './outline-items.ts'
import { OutlineLine, OUTLINE_ROW } from './outline-line.tsx'

/** How the filter field hands over to the list. */
export interface OutlineListApi {
  /** Moves the focus to the first line; with `go`, straight to what it names. */
  enter(go: boolean): void
}

interface OutlineListProps {
  readonly ref: Ref<OutlineListApi>
  readonly items: readonly OutlineItem[]
  readonly onFold: (key: string, isOpen: boolean) => void
}

/** The lines in sight. Arrow keys move, Enter goes there, Left and Right fold. */
export function OutlineList({ ref, items, onFold }: OutlineListProps) {
  const { camera, selection } = useEditor()
  const scroller = useRef<HTMLDivElement>(null)
  const window = useWindow(scroller, { count: items.length, rowHeight: OUTLINE_ROW })
  const show = useReveal(scroller, OUTLINE_ROW)
  const [active, setActive] = useState<string | null>(null)
  const [openEnum, setOpenEnum] = useState<Id | null>(null)
  const at = items.findIndex(({ key }) => key === active)

  const move = (to: number) => {
    const item = items[Math.max(0, Math.min(to, items.length - 1))]
    if (!item) return
    setActive(item.key)
    show(items.indexOf(item))
  }
  const go = (item: OutlineItem | undefined, adds = false) => {
    if (!item) return
    setActive(item.key)
    if (item.kind === 'section') onFold(item.key, !item.isOpen)
    else if (item.kind === 'enum') setOpenEnum(item.id)
    else if (adds) selection.toggle(item.id)
    else camera.focusTable(item.id)
  }
  useImperativeHandle(ref, () => ({
    enter(goes) {
      const first = items.findIndex(({ kind }) => kind !== 'section')
      move(first)
      if (goes) go(items[first])
      else scroller.current?.focus()
    },
  }))
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    // Keys pressed in a popover bubble through React although they are elsewhere in the page.
    if (event.target !== event.currentTarget) return
    const item = items[at]
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / OUTLINE_ROW) - 1)
    const actions: Readonly<Record<string, () => void>> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      PageDown: () => move(at + page),
      PageUp: () => move(at - page),
      Home: () => move(0),
      End: () => move(items.length - 1),
      Enter: () => go(item),
      ' ': () => go(item, true),
      ArrowLeft: () => (item?.kind === 'section' ? onFold(item.key, false) : move(items.findLastIndex((one, line) => line < at && one.kind === 'section'))),
      ArrowRight: () => item?.kind === 'section' && onFold(item.key, true),
    }
    const act = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined
    if (!act || event.metaKey || event.ctrlKey || event.altKey) return
    event.preventDefault()
    act()
  }

  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Tables, views and types"
      tabIndex={0}
      aria-activedescendant={at === -1 ? undefined : lineId(items[at]?.key ?? '')}
      onKeyDown={onKeyDown}
      className="group min-h-0 flex-1 overflow-y-auto overflow-x-hidden px-2 pb-2 outline-none"
    >
      <div className="relative" style={{ height: items.length * OUTLINE_ROW }}>
        <div className="absolute inset-x-0" style={{ top: window.from * OUTLINE_ROW }}>
          {items.slice(window.from, window.to).map((item) => (
            <OutlineLine
              key={item.key}
              id={lineId(item.key)}
              item={item}
              isActive={item.key === active}
              isEnumOpen={item.kind === 'enum' && item.id === openEnum}
              onEnum={setOpenEnum}
              onGo={go}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

const lineId = (key: string): string => `outline ${key}`.replaceAll(' ', '-')
