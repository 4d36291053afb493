import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { expandSchema } from '#core/schema/json.ts'
import { schemaToRows } from '#core/project/schema.ts'
import { ProjectStore } from '#core/project/store.ts'
import { newId } from '#web/state/new-id.ts'
import { makeTables } from '../bench/make-schema.ts'
import { viewportFor } from '../camera-control.ts'
import { Lens } from './lens.ts'
import { Mounter } from './mounter.ts'
import { Scene } from './scene.ts'

let frames: (() => void)[]
const nextFrame = (): void => frames.splice(0).forEach((frame) => frame())
beforeEach(() => {
  frames = []
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame))
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []))
})
afterEach(() => void vi.unstubAllGlobals())

/** A hundred tables in a square grid. */
function aGrid() {
  const empty = expandSchema({ format: 'schemaflow', version: 1, dialect: 'postgres' })
  if (!('schema' in empty)) throw new Error('no schema')
  const tables = makeTables(100, 5, 1)
  let count = 0
  const rows = schemaToRows({ ...empty.schema, tables }, newId, () => ({ x: (count % 10) * 400, y: Math.floor(count++ / 10) * 400 }))
  const scene = new Scene(ProjectStore.from(rows))
  const lens = new Lens()
  const mounter = new Mounter(scene, lens)
  lens.onWindow(() => mounter.refresh())
  return { scene, lens, mounter }
}

test('CANVAS-13: only tables near the screen are mounted, a few per frame while it moves', () => {
  const { lens, mounter } = aGrid()
  lens.move({ x: 0, y: 0, zoom: 1 }, 1200, 800)
  const first = mounter.ids.get().length
  expect(first).toBeGreaterThan(5)
  expect(first).toBeLessThan(25)
  lens.move({ x: -2000, y: -2000, zoom: 1 }, 1200, 800)
  expect(mounter.complete.get()).toBe(false)
  for (let frame = 0; frame < 10; frame++) nextFrame()
  expect(mounter.complete.get()).toBe(true)
  expect(mounter.ids.get().length).toBeLessThan(25)
})

test('CANVAS-13: from afar no table is mounted but those that are held', () => {
  const { scene, lens, mounter } = aGrid()
  lens.move({ x: 0, y: 0, zoom: 1 }, 1200, 800)
  lens.move({ x: 0, y: 0, zoom: 0.2 }, 1200, 800)
  expect(mounter.ids.get()).toEqual([])
  const [held] = [...scene.boxes.keys()]
  mounter.keep(new Set(held ? [held] : []))
  expect(mounter.ids.get()).toEqual([held])
})

test('a jump mounts everything at once', () => {
  const { lens, mounter } = aGrid()
  lens.move({ x: 0, y: 0, zoom: 0.2 }, 1200, 800)
  lens.move({ x: -1000, y: -1000, zoom: 1 }, 1200, 800)
  lens.settle()
  mounter.refresh(true)
  expect(mounter.complete.get()).toBe(true)
  expect(mounter.ids.get().length).toBeGreaterThan(5)
})

test('CANVAS-11: fitting shows everything with air round it, and never nearer than 100 %', () => {
  const screen = { width: 1200, height: 800 }
  const all = { x: -500, y: 200, width: 8000, height: 3000 }
  const { x, y, zoom } = viewportFor(all, screen, 1)
  expect(all.x * zoom + x).toBeGreaterThan(0)
  expect((all.x + all.width) * zoom + x).toBeLessThan(screen.width)
  expect((all.y + all.height) * zoom + y).toBeLessThan(screen.height)
  expect(viewportFor({ x: 0, y: 0, width: 100, height: 100 }, screen, 1).zoom).toBe(1)
})
