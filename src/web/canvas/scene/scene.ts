import type { Change, Id, ProjectView, RowKind } from '#core/project/rows.ts'
import { HUB_IN_DEGREE } from '#core/layout/links.ts'
import type { Touched } from '#sync/types.ts'
import { boundsOf, hasPoint, intersects, type Rect } from '../geometry/rect.ts'
import { routeDistance } from '../geometry/route.ts'
import { faceSize, HEADER, ROW } from '../geometry/table-size.ts'
import type { Box } from './box.ts'
import { edgeFacts, routeEdge, type Edge } from './edge.ts'
import { tableFace, viewFace } from './face.ts'
import { Obstacles } from './obstacles.ts'
import { Colors } from './palette.ts'

/** What became different. `boxes`: content or existence; `moved`: place only. */
export interface SceneChange {
  readonly boxes: ReadonlySet<Id>
  readonly moved: ReadonlySet<Id>
}

/** What lies under a point. */
export interface Hit {
  readonly box: Box
  /** -1 = header or foot. */
  readonly row: number
}

/**
 * The diagram outside React: where every table is, how big, and how every relationship runs. Follows a project's view by what changed, so an
 * edit costs as much as the tables it touches.
 */
export class Scene {
  readonly #view: ProjectView
  #boxes = new Map<Id, Box>()
  #edges = new Map<Id, Edge>()
  #edgesOf = new Map<Id, Set<Id>>()
  #colors = new Colors([])
  #obstacles = new Obstacles()
  #seen: readonly unknown[] = []
  readonly #listeners = new Set<(change: SceneChange) => void>()
  readonly #faceListeners = new Map<Id, Set<() => void>>()
  /** Boxes that are being dragged stay where the pointer has them. */
  #held = new Map<Id, { readonly x: number; readonly y: number }>()

  constructor(view: ProjectView) {
    this.#view = view
    this.#rebuild()
  }

  get boxes(): ReadonlyMap<Id, Box> {
    return this.#boxes
  }
  get edges(): ReadonlyMap<Id, Edge> {
    return this.#edges
  }
  box(id: Id): Box | undefined {
    return this.#boxes.get(id)
  }
  edge(id: Id): Edge | undefined {
    return this.#edges.get(id)
  }

  /** All relationships that start or end at a table. */
  edgesOf(id: Id): Edge[] {
    return [...(this.#edgesOf.get(id) ?? [])].flatMap((edgeId) => this.#edges.get(edgeId) ?? [])
  }

  /** True for a table with so many relationships that their lines are better drawn quietly. */
  isHub(id: Id): boolean {
    return (this.#edgesOf.get(id)?.size ?? 0) > HUB_IN_DEGREE
  }

  /** Boxes that touch a rectangle, in drawing order. */
  boxesIn(rect: Rect): Box[] {
    const found: Box[] = []
    for (const box of this.#boxes.values()) if (intersects(box, rect)) found.push(box)
    return found
  }

  edgesIn(rect: Rect): Edge[] {
    const found: Edge[] = []
    for (const edge of this.#edges.values()) if (intersects(edge.bounds, rect)) found.push(edge)
    return found
  }

  /** The rectangle round everything, or round these; null when there is nothing. */
  bounds(ids?: Iterable<Id>): Rect | null {
    return boundsOf(ids ? [...ids].flatMap((id) => this.#boxes.get(id) ?? []) : this.#boxes.values())
  }

  /** The topmost box at a point. */
  hit(x: number, y: number): Hit | null {
    let found: Box | null = null
    for (const box of this.#boxes.values()) if (hasPoint(box, x, y)) found = box
    if (!found) return null
    const row = Math.floor((y - found.y - HEADER) / ROW)
    return { box: found, row: row >= 0 && row < found.face.rows.length ? row : -1 }
  }

  /** The relationship nearest to a point, if one is within `reach`. */
  hitEdge(x: number, y: number, reach: number): Edge | null {
    let best: Edge | null = null
    let nearest = reach
    for (const edge of this.#edges.values()) {
      const { bounds } = edge
      if (x < bounds.x - reach || x > bounds.x + bounds.width + reach || y < bounds.y - reach || y > bounds.y + bounds.height + reach)
        continue
      const distance = routeDistance(edge.route, x, y)
      if (distance <= nearest) [best, nearest] = [edge, distance]
    }
    return best
  }

  /** Puts boxes somewhere for the time of a drag; nothing is saved, and lines do not look for the best way meanwhile. */
  hold(places: ReadonlyMap<Id, { readonly x: number; readonly y: number }>): void {
    const moved = new Set([...this.#held.keys(), ...places.keys()])
    this.#held = new Map(places)
    for (const id of moved) this.#place(id)
    if (places.size > 0) this.#routeAround(moved)
    else this.#rerouteNear(moved)
    this.#tell({ boxes: new Set(), moved })
  }

  /** Ends a drag: held boxes go where the project has them. */
  release(): void {
    if (this.#held.size > 0) this.hold(new Map())
  }

  /** Takes over what changed in the project. */
  update({ reset, changes }: Touched): void {
    if (reset || changes.some(({ kind }) => kind === 'namespace')) {
      const before = [...this.#boxes.keys()]
      this.#rebuild()
      return this.#tell({ boxes: new Set([...before, ...this.#boxes.keys()]), moved: new Set() })
    }
    const touched = new Set<Id>()
    const moved = new Set<Id>()
    for (const change of changes) {
      if (isMove(change)) moved.add(change.id)
      else for (const id of ownersOf(change, this.#view)) touched.add(id)
    }
    for (const id of touched) this.#refresh(id)
    for (const id of moved) if (!touched.has(id)) this.#place(id)
    for (const id of touched) this.#relink(id)
    this.#rerouteNear(new Set([...touched, ...moved]))
    if (touched.size > 0 || moved.size > 0) this.#tell({ boxes: touched, moved })
  }

  /** Rebuilds if the project changed since the scene was made: between making and following, news may have come. */
  catchUp(): void {
    const now = this.#lists()
    if (now.some((list, index) => list !== this.#seen[index])) this.update({ reset: true, changes: [] })
  }

  subscribe(listener: (change: SceneChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Calls back when the content of one box changed: not its place. */
  onFace(id: Id, listener: () => void): () => void {
    const listeners = this.#faceListeners.get(id) ?? new Set()
    this.#faceListeners.set(id, listeners.add(listener))
    return () => listeners.delete(listener)
  }

  #tell(change: SceneChange): void {
    for (const id of change.boxes) for (const listener of [...(this.#faceListeners.get(id) ?? [])]) listener()
    for (const listener of [...this.#listeners]) listener(change)
  }

  /** The project's lists that matter here; they keep their identity until one of their rows changes. */
  #lists(): readonly unknown[] {
    return (['namespace', 'table', 'view', ...hanging] as const).map((kind) => this.#view.all(kind))
  }

  #rebuild(): void {
    this.#seen = this.#lists()
    this.#boxes = new Map()
    this.#edges = new Map()
    this.#edgesOf = new Map()
    this.#colors = new Colors(this.#view.all('namespace'))
    this.#obstacles = new Obstacles()
    for (const table of this.#view.all('table')) this.#refresh(table.id)
    for (const view of this.#view.all('view')) this.#refresh(view.id)
    for (const [id, box] of this.#boxes) this.#obstacles.set(id, box)
    for (const constraint of this.#view.all('constraint')) if (constraint.kind === 'foreignKey') this.#link(constraint.id)
  }

  /** Reads a box anew from the project. */
  #refresh(id: Id): void {
    const table = this.#view.get('table', id)
    const view = table ? undefined : this.#view.get('view', id)
    const row = table ?? view
    if (!row) {
      this.#boxes.delete(id)
      return
    }
    const face = table ? tableFace(this.#view, table) : view ? viewFace(view) : undefined
    if (!face) return
    const { x, y } = this.#held.get(id) ?? { x: row.positionX, y: row.positionY }
    this.#boxes.set(id, { id, face, color: this.#colors.of(face), x, y, ...faceSize(face) })
  }

  #place(id: Id): void {
    const box = this.#boxes.get(id)
    const row = this.#view.get('table', id) ?? this.#view.get('view', id)
    if (!box || !row) return
    const { x, y } = this.#held.get(id) ?? { x: row.positionX, y: row.positionY }
    this.#boxes.set(id, { ...box, x, y })
  }

  /** Brings the set of a table's relationships up to date. */
  #relink(id: Id): void {
    const now = new Set<Id>()
    for (const constraint of this.#view.childrenOf('constraint', id)) if (constraint.kind === 'foreignKey') now.add(constraint.id)
    for (const key of this.#view.foreignKeysTo(id)) now.add(key.id)
    for (const edgeId of this.#edgesOf.get(id) ?? []) if (!now.has(edgeId)) this.#unlink(edgeId)
    for (const edgeId of now) this.#link(edgeId)
  }

  #unlink(edgeId: Id): void {
    const edge = this.#edges.get(edgeId)
    if (!edge) return
    this.#edges.delete(edgeId)
    this.#edgesOf.get(edge.fromId)?.delete(edgeId)
    this.#edgesOf.get(edge.toId)?.delete(edgeId)
  }

  #link(edgeId: Id): void {
    this.#unlink(edgeId)
    const key = this.#view.get('constraint', edgeId)
    if (key?.kind !== 'foreignKey') return
    const from = this.#boxes.get(key.tableId)
    const to = this.#boxes.get(key.references.tableId)
    const facts = edgeFacts(this.#view, key)
    if (!from || !to || !facts) return
    this.#edges.set(edgeId, routeEdge(facts, from, to, this.#waysPast()))
    for (const end of [from.id, to.id]) this.#edgesOf.set(end, (this.#edgesOf.get(end) ?? new Set()).add(edgeId))
  }

  /** Draws the lines of tables that are on the move, the plain way. */
  #routeAround(ids: ReadonlySet<Id>): void {
    const edgeIds = new Set<Id>()
    for (const id of ids) for (const edgeId of this.#edgesOf.get(id) ?? []) edgeIds.add(edgeId)
    for (const edgeId of edgeIds) this.#reroute(edgeId)
  }

  /** After tables came, went, moved or grew: finds new ways for their lines and for those that they stand, or stood, in the way of. */
  #rerouteNear(ids: ReadonlySet<Id>): void {
    const disturbed: Rect[] = []
    const edgeIds = new Set<Id>()
    for (const id of ids) {
      const box = this.#boxes.get(id)
      const before = this.#obstacles.set(id, box ?? null)
      const same = before && box && before.x === box.x && before.y === box.y && before.width === box.width && before.height === box.height
      if (!same) disturbed.push(...[before, box].filter((rect) => rect !== undefined))
      for (const edgeId of this.#edgesOf.get(id) ?? []) edgeIds.add(edgeId)
    }
    if (this.#waysPast() && disturbed.length > 0)
      for (const [edgeId, edge] of this.#edges) if (disturbed.some((rect) => intersects(rect, edge.region))) edgeIds.add(edgeId)
    for (const edgeId of edgeIds) this.#reroute(edgeId, this.#waysPast())
  }

  #reroute(edgeId: Id, obstacles?: Obstacles): void {
    const edge = this.#edges.get(edgeId)
    const from = edge && this.#boxes.get(edge.fromId)
    const to = edge && this.#boxes.get(edge.toId)
    if (from && to) this.#edges.set(edgeId, routeEdge(edge, from, to, obstacles))
  }

  /** Looking for ways past other tables; not in diagrams so large that it would take too long. */
  #waysPast(): Obstacles | undefined {
    return this.#boxes.size <= OBSTACLE_LIMIT ? this.#obstacles : undefined
  }
}

/** With more tables than this, lines run the plain way. */
const OBSTACLE_LIMIT = 2000

const hanging = ['column', 'constraint', 'index', 'trigger', 'rule', 'policy'] as const satisfies readonly RowKind[]
const isHanging = (kind: RowKind): boolean => hanging.some((one) => one === kind)
const placeFields: ReadonlySet<string> = new Set(['positionX', 'positionY'])

const isMove = ({ kind, before, after }: Change): boolean =>
  (kind === 'table' || kind === 'view') && before !== null && after !== null && Object.keys(after).every((field) => placeFields.has(field))

/** The boxes that show a row. */
function ownersOf({ kind, id, before, after }: Change, view: ProjectView): Id[] {
  if (kind === 'table' || kind === 'view') return [id]
  if (!isHanging(kind)) return []
  const owners = [before, after, view.get(kind, id)].flatMap((row) => {
    const owner: unknown = row && (Reflect.get(row, 'tableId') ?? Reflect.get(row, 'viewId'))
    return typeof owner === 'string' ? [owner] : []
  })
  return [...new Set(owners)]
}
