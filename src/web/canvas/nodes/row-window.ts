import { useCallback, useSyncExternalStore } from 'react'
import type { Id } from '#core/project/rows.ts'
import { HEADER, ROW } from '../geometry/table-size.ts'
import { useCanvas } from '../kit.ts'

/** Tables up to this many columns are mounted whole. */
const WHOLE = 80
/** Rows of larger tables come and go in blocks of this many. */
const BLOCK = 40

/** Which rows of a table are mounted: all of them, or those near the screen when there are very many. First inclusive, last exclusive. */
export function useRowWindow(id: Id, count: number): readonly [number, number] {
  const { scene, lens } = useCanvas()
  const subscribe = useCallback((listener: () => void) => (count > WHOLE ? lens.onWindow(listener) : () => {}), [lens, count])
  const read = useCallback(() => {
    const box = count > WHOLE ? scene.box(id) : undefined
    if (!box) return count
    const top = Math.max(0, Math.floor((lens.window.y - box.y - HEADER) / ROW / BLOCK))
    const bottom = Math.max(0, Math.ceil((lens.window.y + lens.window.height - box.y - HEADER) / ROW / BLOCK))
    // One number, because a snapshot must compare equal: no table has 100,000 columns.
    return Math.min(top * BLOCK, count) * 100_000 + Math.min(bottom * BLOCK, count)
  }, [scene, lens, id, count])
  const packed = useSyncExternalStore(subscribe, read, read)
  return [Math.floor(packed / 100_000), packed % 100_000]
}
