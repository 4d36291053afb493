import { toast } from 'sonner'
import type { Id } from '#core/project/rows.ts'
import type { Editor } from '#web/state/editor.tsx'
import { layoutTables } from '#web/workers/layout/index.ts'
import type { Scene } from '../scene/scene.ts'
import { moveTables } from './edits.ts'

let running: AbortController | null = null

/** Lays the whole diagram out in a worker and moves every table in one mutation; several selected tables are laid out by themselves, where they are. */
export async function autoLayout(editor: Editor, scene: Scene): Promise<void> {
  if (!editor.canEdit) return
  running?.abort(new DOMException('A newer layout was asked for', 'AbortError'))
  const abort = new AbortController()
  running = abort
  const { tableIds } = editor.selection.get()
  const ids = tableIds.size > 1 ? [...tableIds] : [...scene.boxes.keys()]
  const origin = scene.bounds(ids)
  const nodes = ids.flatMap((id) => scene.box(id) ?? [])
  const links = [...scene.edges.values()].map((edge) => ({ from: edge.fromId, to: edge.toId }))
  try {
    const positions = await layoutTables(
      nodes.map(({ id, width, height }) => ({ id, width, height })),
      links,
      { signal: abort.signal },
    )
    const corner = tableIds.size > 1 && origin ? origin : { x: 0, y: 0 }
    const places = new Map<Id, { x: number; y: number }>()
    for (const [id, { x, y }] of positions) if (scene.box(id)) places.set(id, { x: x + corner.x, y: y + corner.y })
    moveTables(editor, places)
    editor.camera.fit(tableIds.size > 1 ? ids : undefined)
  } catch (error) {
    if (!abort.signal.aborted)
      toast.error('The layout could not be made', { description: error instanceof Error ? error.message : String(error) })
  } finally {
    if (running === abort) running = null
  }
}
