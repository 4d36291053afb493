import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { ReactFlow } from '@xyflow/react'
import { schemaToRows } from '#core/project/schema.ts'
import type { ProjectRows } from '#core/project/store.ts'
import { expandSchema } from '#core/schema/json.ts'
import { nameKey, type Schema } from '#core/schema/index.ts'
import { EditorProvider } from '#web/state/editor.tsx'
import type { Viewport } from '#web/state/camera.ts'
import { newId } from '#web/state/new-id.ts'
import { Toaster } from '#web/ui/toast.tsx'
import { TooltipProvider } from '#web/ui/tooltip.tsx'
import { computeLayout } from '#web/workers/layout/engines.ts'
import { Canvas } from '../canvas.tsx'
import { viewportFor } from '../camera-control.ts'
import { boundsOf } from '../geometry/rect.ts'
import { tableSize, viewSize } from '../geometry/table-size.ts'
import { localReplica } from './local-replica.ts'
import { makeTables } from './make-schema.ts'
import { NaiveCanvas } from './naive-canvas.tsx'
import './page.css'

// One build holds every variant, so that they are measured under the same conditions: ?variant=product|naive|blank&tables=1000&seed=7

declare global {
  interface Window {
    /** Set when everything is drawn: the measuring may begin. */
    isReady?: boolean
  }
}

const search = new URLSearchParams(location.search)
const rows = await makeRows()
const root = document.getElementById('root')
if (root) createRoot(root).render(variant(search.get('variant') ?? 'product', firstView(rows)))
setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => (window.isReady = true))), 600)

function variant(name: string, view: Viewport | undefined): ReactNode {
  switch (name) {
    case 'naive':
      return <NaiveCanvas rows={rows} {...(view ? { view } : {})} />
    case 'blank':
      return <ReactFlow nodes={[]} edges={[]} panOnScroll minZoom={0.02} {...(view ? { defaultViewport: view } : {})} />
    default:
      return (
        <StrictMode>
          <TooltipProvider>
            <EditorProvider projectId="bench" replica={localReplica(rows)}>
              <Canvas initialViewport={view} />
            </EditorProvider>
            <Toaster />
          </TooltipProvider>
        </StrictMode>
      )
  }
}

/** Where to look first, the same for every variant: a place (`x`, `y`, `zoom`), everything (`view=fit`) or the middle at zoom 1 (`view=near`). */
function firstView({ table = [] }: ProjectRows): Viewport | undefined {
  if (search.has('zoom')) return { x: Number(search.get('x')), y: Number(search.get('y')), zoom: Number(search.get('zoom')) }
  const view = search.get('view')
  const bounds = boundsOf(table.map(({ positionX, positionY }) => ({ x: positionX, y: positionY, width: 244, height: 374 })))
  if (!view || !bounds) return undefined
  const screen = { width: innerWidth, height: innerHeight }
  if (view === 'fit') return viewportFor(bounds, screen, 1)
  return { x: screen.width / 2 - bounds.x - bounds.width / 2, y: screen.height / 2 - bounds.y - bounds.height / 2, zoom: 1 }
}

/** The schema to show, laid out: made up, or a JSON document by its address (`?schema=/pagila.json`). */
async function makeRows(): Promise<ProjectRows> {
  const address = search.get('schema')
  const read = address ? expandSchema(await (await fetch(address)).json()) : undefined
  const tables =
    read && 'schema' in read
      ? read.schema.tables
      : makeTables(Number(search.get('tables') ?? 40), Number(search.get('columns') ?? 12), Number(search.get('seed') ?? 7))
  const links = tables.flatMap((table) =>
    table.constraints.flatMap((it) =>
      it.kind === 'foreignKey'
        ? [{ from: nameKey(table), to: nameKey({ namespace: it.references.namespace, name: it.references.table }) }]
        : [],
    ),
  )
  const views = read && 'schema' in read ? read.schema.views : []
  const sizes = [
    ...tables.map((it) => ({ id: nameKey(it), ...tableSize(it) })),
    ...views.map((it) => ({ id: nameKey(it), ...viewSize(it) })),
  ]
  const places = computeLayout(sizes, links)
  const schema: Schema = read && 'schema' in read ? read.schema : { ...emptySchema(), tables }
  return schemaToRows(schema, newId, (name) => places.get(nameKey(name)))
}

function emptySchema(): Schema {
  const empty = expandSchema({ format: 'schemaflow', version: 1, dialect: 'postgres' })
  if (!('schema' in empty)) throw new Error('The empty schema is not valid')
  return empty.schema
}
