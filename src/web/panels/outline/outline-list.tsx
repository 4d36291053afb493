import { type KeyboardEvent, type MouseEvent, type Ref, useImperativeHandle, useRef, useState } from 'react'
import type { Id } from '#core/project/rows.ts'
import { useEditor } from '../../state/editor.tsx'
import { inspect } from '../../state/inspect.ts'
import { useReveal, useWindow, type Window } from '../lines/use-window.ts'
import { OutlineLine, OUTLINE_ROW } from './outline-line.tsx'
import type { OutlineItem } from './outline-items.ts'
import { outlineStep } from './outline-step.ts'

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
  const scroller = useRef<HTMLDivElement>(null)
  const window = useWindow(scroller, { count: items.length, rowHeight: OUTLINE_ROW })
  const { active, openEnum, setOpenEnum, move, go, fold } = useActive(scroller, items, onFold)
  const at = items.findIndex(({ key }) => key === active)
  const find = (key: string) => items.find((item) => item.key === key)

  useImperativeHandle(ref, () => ({
    enter(goes) {
      const first = items.findIndex(({ kind }) => kind !== 'section')
      move(first)
      scroller.current?.focus()
      if (goes) go(items[first], false)
    },
  }))
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    // Keys pressed in a popover bubble through React although they are elsewhere in the page.
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / OUTLINE_ROW) - 1)
    const step = outlineStep(event.key, items, at, page)
    if (!step) return
    event.preventDefault()
    if (step.kind === 'move') move(step.to)
    else if (step.kind === 'fold') fold(items[at], step.isOpen)
    else go(items[at], step.kind === 'add')
  }
  const onClick = (event: MouseEvent<HTMLDivElement>) => {
    const key = clickedKey(event)
    // The list keeps the focus: its lines come and go as it scrolls.
    if (key) event.currentTarget.focus({ preventScroll: true })
    if (key) go(find(key), event.shiftKey || event.metaKey || event.ctrlKey)
  }

  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Tables, views, types and other objects"
      tabIndex={0}
      aria-activedescendant={at === -1 ? undefined : lineId(items[at]?.key ?? '')}
      onKeyDown={onKeyDown}
      onClick={onClick}
      className="group min-h-0 flex-1 overflow-y-auto overflow-x-hidden px-2 outline-none"
    >
      <div className="relative" style={{ height: items.length * OUTLINE_ROW + 8 }}>
        <LinesInSight items={items} window={window} active={active} openEnum={openEnum} onEnum={setOpenEnum} />
      </div>
    </div>
  )
}

interface Shown {
  readonly items: readonly OutlineItem[]
  readonly active: string | null
  readonly openEnum: Id | null
  readonly onEnum: (id: Id | null) => void
}

/** Types come last: their heading waits at the foot of the list until its place is reached. */
function LinesInSight({ items, window: { from, to }, ...shown }: Shown & { readonly window: Window }) {
  const typesAt = items.findIndex((item) => item.kind === 'section' && item.section === 'types')
  if (typesAt === -1) return <Lines from={from} items={items.slice(from, to)} {...shown} />
  const first = Math.max(from, typesAt + 1)
  return (
    <>
      <Lines from={from} items={items.slice(from, Math.min(to, typesAt))} {...shown} />
      <div style={{ height: typesAt * OUTLINE_ROW }} />
      <div className="sticky bottom-0 z-10 -mx-2 -mt-px border-t border-line-muted bg-surface px-2">
        <Lines items={items.slice(typesAt, typesAt + 1)} {...shown} />
      </div>
      <Lines from={first} items={items.slice(first, Math.max(first, to))} {...shown} />
    </>
  )
}

/** `from` = where the first of them stands in the list; without it they stand where they are put. */

function Lines({ items, from, active, openEnum, onEnum }: Shown & { readonly from?: number }) {
  return (
    <div className={from === undefined ? '' : 'absolute inset-x-0'} style={from === undefined ? {} : { top: from * OUTLINE_ROW }}>
      {items.map((item) => (
        <OutlineLine
          key={item.key}
          id={lineId(item.key)}
          item={item}
          isActive={item.key === active}
          isEnumOpen={item.kind === 'enum' && item.id === openEnum}
          onEnum={onEnum}
        />
      ))}
    </div>
  )
}

/** The line that was clicked; none for its buttons and for popovers, which React counts as inside. */
function clickedKey({ target, currentTarget }: MouseEvent<HTMLDivElement>): string | undefined {
  if (!(target instanceof Element) || !currentTarget.contains(target) || target.closest('button')) return undefined
  return target.closest<HTMLElement>('[data-key]')?.dataset.key
}

/** Which line the keys are at, and what going there means. */
function useActive(scroller: React.RefObject<HTMLDivElement | null>, items: readonly OutlineItem[], onFold: OutlineListProps['onFold']) {
  const editor = useEditor()
  const { camera, selection } = editor
  const show = useReveal(scroller, OUTLINE_ROW, OUTLINE_ROW)
  const [active, setActive] = useState<string | null>(null)
  const [openEnum, setOpenEnum] = useState<Id | null>(null)

  const move = (to: number) => {
    const at = Math.max(0, Math.min(to, items.length - 1))
    const item = items[at]
    if (!item) return
    setActive(item.key)
    show(at)
  }
  const fold = (item: OutlineItem | undefined, isOpen: boolean) => {
    if (item) onFold(item.key, isOpen)
  }
  const go = (item: OutlineItem | undefined, adds: boolean) => {
    if (!item) return
    setActive(item.key)
    const at = items.indexOf(item)
    if (item.kind === 'section' && isBelow(scroller.current, at)) show(at)
    else if (item.kind === 'section') onFold(item.key, !item.isOpen)
    else if (item.kind === 'enum') setOpenEnum(item.id)
    else if (item.kind === 'object') inspect(editor, item.of, item.id)
    else if (adds) selection.toggle(item.id)
    else camera.focusTable(item.id)
  }
  return { active, openEnum, setOpenEnum, move, go, fold }
}

/** Whether a line's own place is below what is in sight: then a heading that waits at the foot leads there. */
const isBelow = (scroller: HTMLElement | null, at: number): boolean =>
  scroller !== null && (at + 1) * OUTLINE_ROW > scroller.scrollTop + scroller.clientHeight + 1

const lineId = (key: string): string => `outline ${key}`.replaceAll(' ', '-')
