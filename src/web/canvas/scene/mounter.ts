import type { Id } from '#core/project/rows.ts'
import { createStore, type Store } from '#web/state/store.ts'
import { intersects } from '../geometry/rect.ts'
import type { Lens } from './lens.ts'
import type { Scene } from './scene.ts'

/** How many tables are mounted per frame while the canvas moves. */
const BATCH = 5

/**
 * Decides which tables are elements: those in the lens's window when it is near, none when it is far, and always those that are held. New
 * ones come a few per frame, the visible ones first, so that panning stays smooth.
 */
export class Mounter {
  readonly ids: Store<readonly Id[]> = createStore<readonly Id[]>([])
  /** True when everything that should be mounted is. */
  readonly complete: Store<boolean> = createStore(false)
  readonly #scene: Scene
  readonly #lens: Lens
  #kept: ReadonlySet<Id> = new Set()
  #frame = 0

  constructor(scene: Scene, lens: Lens) {
    this.#scene = scene
    this.#lens = lens
  }

  /** Tables that stay mounted wherever they are: being edited or dragged. */
  keep(ids: ReadonlySet<Id>): void {
    this.#kept = ids
    this.refresh()
  }

  /** Brings the list up to date; `atOnce` mounts everything now, for jumps and for the first picture. */
  refresh(atOnce = false): void {
    cancelAnimationFrame(this.#frame)
    const before = this.ids.get()
    const wanted = this.#wanted()
    const staying = before.filter((id) => wanted.has(id))
    const here = new Set(staying)
    const missing = [...wanted].filter((id) => !here.has(id))
    const next = atOnce || before.length === 0 ? missing : this.#visibleFirst(missing).slice(0, BATCH)
    if (next.length > 0 || staying.length < before.length) this.ids.set([...staying, ...next])
    const isComplete = next.length === missing.length
    this.complete.set(isComplete)
    if (!isComplete) this.#frame = requestAnimationFrame(() => this.refresh())
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame)
  }

  #wanted(): Set<Id> {
    const wanted = new Set<Id>()
    if (this.#lens.near) for (const box of this.#scene.boxesIn(this.#lens.window)) wanted.add(box.id)
    for (const id of this.#kept) if (this.#scene.box(id)) wanted.add(id)
    return wanted
  }

  #visibleFirst(ids: readonly Id[]): Id[] {
    const { visible } = this.#lens
    const isVisible = (id: Id): boolean => {
      const box = this.#scene.box(id)
      return box !== undefined && intersects(box, visible)
    }
    return [...ids.filter(isVisible), ...ids.filter((id) => !isVisible(id))]
  }
}
