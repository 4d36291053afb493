import { type RefObject, useCallback, useLayoutEffect, useState } from 'react'

/** The rows of a long list that are in sight, with some to spare. `to` is exclusive. */
export interface Window {
  readonly from: number
  readonly to: number
}

interface Options {
  readonly count: number
  /** CSS pixels; every row has it. */
  readonly rowHeight: number
  /** Rows kept ready above and below. */
  readonly spare?: number
}

/** Follows the scrolling of an element, in steps of a few rows so that most scroll events change nothing. */
export function useWindow(scroller: RefObject<HTMLElement | null>, { count, rowHeight, spare = 20 }: Options): Window {
  const [view, setView] = useState({ top: 0, rows: 0 })

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const step = Math.max(1, Math.floor(spare / 2))
    const look = () => {
      const top = Math.floor(element.scrollTop / rowHeight / step) * step
      const rows = Math.ceil(element.clientHeight / rowHeight) + step
      setView((old) => (old.top === top && old.rows === rows ? old : { top, rows }))
    }
    look()
    const watcher = new ResizeObserver(look)
    watcher.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      watcher.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller, rowHeight, spare])

  return { from: Math.max(0, Math.min(view.top, count) - spare), to: Math.min(count, view.top + view.rows + spare) }
}

/**
 * Scrolls an element so that a row is in sight: in the middle when it was not, where it is when it was. `foot` = CSS pixels at the bottom that
 * something else covers.
 */
export function useReveal(scroller: RefObject<HTMLElement | null>, rowHeight: number, foot = 0): (row: number, rows?: number) => void {
  return useCallback(
    (row, rows = 1) => {
      const element = scroller.current
      if (!element) return
      const top = row * rowHeight
      const height = rows * rowHeight
      const isInSight =
        top >= element.scrollTop && top + Math.min(height, element.clientHeight / 2) <= element.scrollTop + element.clientHeight - foot
      if (isInSight) return
      const lead = height > element.clientHeight ? rowHeight * 2 : (element.clientHeight - height) / 2
      element.scrollTop = Math.max(0, top - lead)
    },
    [scroller, rowHeight, foot],
  )
}
