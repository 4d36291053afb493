import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Route } from '../geometry/route.ts'
import { Obstacles } from './obstacles.ts'

const around = (id: string, x: number, y: number) => [id, { x, y, width: 244, height: 200 }] as const
type Stops = readonly [x1: number, y1: number, middle: number, x2: number, y2: number]
const way = ([x1, y1, middle, x2, y2]: Stops): Route => ({ x1, y1, middle, x2, y2, fromSide: 1, toSide: -1 })

test('a line crosses what lies under its stretches, but not its own tables', () => {
  const obstacles = new Obstacles()
  for (const [id, rect] of [around('from', 0, 0), around('to', 1000, 400), around('between', 500, 0)]) obstacles.set(id, rect)
  expect(obstacles.crossings(way([244, 50, 400, 1000, 450]), ['from', 'to'])).toBe(0)
  expect(obstacles.crossings(way([244, 50, 600, 1000, 450]), ['from', 'to'])).toBe(2)
  expect(obstacles.crossings(way([244, 50, 900, 1000, 450]), ['from', 'to'])).toBe(1)
  obstacles.set('between', null)
  expect(obstacles.crossings(way([244, 50, 900, 1000, 450]), ['from', 'to'])).toBe(0)
})

test('bands give the same count as looking at every table', () => {
  const point = fc.integer({ min: -1500, max: 1500 })
  const boxes = fc.array(
    fc.record({ x: point, y: point, width: fc.integer({ min: 50, max: 700 }), height: fc.integer({ min: 50, max: 700 }) }),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(boxes, fc.tuple(point, point, point, point, point), (rects, [x1, y1, middle, x2, y2]) => {
      const obstacles = new Obstacles()
      for (const [index, rect] of rects.entries()) obstacles.set(String(index), rect)
      const level = (a: number, b: number, y: number) =>
        rects.filter((it) => y > it.y && y < it.y + it.height && Math.min(a, b) < it.x + it.width && Math.max(a, b) > it.x).length
      const upright = rects.filter(
        (it) => middle > it.x && middle < it.x + it.width && Math.min(y1, y2) < it.y + it.height && Math.max(y1, y2) > it.y,
      ).length
      expect(obstacles.crossings(way([x1, y1, middle, x2, y2]), ['a', 'b'])).toBe(level(x1, middle, y1) + upright + level(middle, x2, y2))
    }),
  )
})
