import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { contains } from '../geometry/rect.ts'
import { Lens } from './lens.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function aLens(zoom = 1): { lens: Lens; windows: () => number } {
  const lens = new Lens()
  lens.move({ x: 0, y: 0, zoom }, 1000, 800)
  let count = 0
  lens.onWindow(() => count++)
  return { lens, windows: () => count }
}

test('CANVAS-13: small pans stay inside the window and ask for nothing', () => {
  const { lens, windows } = aLens()
  for (let x = 0; x > -150; x -= 10) lens.move({ x, y: 0, zoom: 1 }, 1000, 800)
  expect(windows()).toBe(0)
  lens.move({ x: -400, y: 0, zoom: 1 }, 1000, 800)
  expect(windows()).toBe(1)
  expect(contains(lens.window, lens.visible)).toBe(true)
})

test('CANVAS-13: zooming out turns to the far picture at once, zooming in mounts tables only when the zoom rests', () => {
  const { lens } = aLens()
  lens.move({ x: 0, y: 0, zoom: 0.4 }, 1000, 800)
  expect(lens.near).toBe(false)
  lens.move({ x: 0, y: 0, zoom: 0.9 }, 1000, 800)
  expect(lens.near).toBe(false)
  vi.advanceTimersByTime(60)
  lens.move({ x: 0, y: 0, zoom: 1 }, 1000, 800)
  vi.advanceTimersByTime(60)
  expect(lens.near).toBe(false)
  vi.advanceTimersByTime(60)
  expect(lens.near).toBe(true)
})

test('between the two thresholds it stays what it was', () => {
  const { lens } = aLens(0.55)
  expect(lens.near).toBe(false)
  lens.move({ x: 0, y: 0, zoom: 0.7 }, 1000, 800)
  lens.settle()
  lens.move({ x: 0, y: 0, zoom: 0.55 }, 1000, 800)
  lens.settle()
  expect(lens.near).toBe(true)
})

test('screen and canvas coordinates fit together', () => {
  const { lens } = aLens()
  lens.move({ x: 100, y: 50, zoom: 2 }, 1000, 800)
  expect(lens.toCanvas(100, 50)).toEqual({ x: 0, y: 0 })
  expect(lens.visible).toEqual({ x: -50, y: -25, width: 500, height: 400 })
})
