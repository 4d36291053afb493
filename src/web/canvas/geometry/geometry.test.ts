import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aCheck, aColumn, aTable, anIndex } from '#core/schema/index.ts'
import { boundsOf, contains, grow, hasPoint, intersection, intersects, type Rect } from './rect.ts'
import { markPath, route, routeBounds, routeDistance, routePath } from './route.ts'
import { FOOT, FOOTLESS, HEADER, MAX_WIDTH, MIN_WIDTH, ROW, tableSize } from './table-size.ts'

const rects = fc.record({
  x: fc.integer({ min: -2000, max: 2000 }),
  y: fc.integer({ min: -2000, max: 2000 }),
  width: fc.integer({ min: MIN_WIDTH, max: MAX_WIDTH }),
  height: fc.integer({ min: 60, max: 900 }),
})
const middleOf = (rect: Rect) => ({ rect, y: rect.y + rect.height / 2 })
const numbersIn = (path: string): number[] => (path.match(/-?[\d.]+/g) ?? []).map(Number)

test('CANVAS-2: a table is as high as its rows and wider only when its names need it', () => {
  const small = aTable({ name: 'tag', columns: [aColumn({ name: 'id', type: 'bigint' })] })
  expect(tableSize(small)).toEqual({ width: MIN_WIDTH, height: HEADER + ROW + FOOTLESS })
  const footed = { ...small, indexes: [anIndex({ name: 'i', elements: [] })], constraints: [aCheck({ name: 'c', expression: 'true' })] }
  expect(tableSize(footed).height).toBe(HEADER + ROW + FOOT)
  const wide = aTable({ name: 'tag', columns: [aColumn({ name: 'a_rather_long_column_name', type: 'timestamp without time zone' })] })
  expect(tableSize(wide).width).toBeGreaterThan(MIN_WIDTH)
  const endless = aTable({ name: 'x'.repeat(400) })
  expect(tableSize(endless).width).toBe(MAX_WIDTH)
})

test('a route starts and ends at the borders of its tables, at the height of its rows', () => {
  fc.assert(
    fc.property(rects, rects, fc.integer(), (a, b, lane) => {
      const way = route(middleOf(a), middleOf(b), lane)
      expect(way.x1).toBe(way.fromSide === 1 ? a.x + a.width : a.x)
      expect(way.x2).toBe(way.toSide === 1 ? b.x + b.width : b.x)
      expect([way.y1, way.y2]).toEqual([a.y + a.height / 2, b.y + b.height / 2])
      expect(numbersIn(routePath(way)).every(Number.isFinite)).toBe(true)
    }),
  )
})

test('a route leaves its tables outwards, with room for the crow’s foot unless the tables nearly touch', () => {
  fc.assert(
    fc.property(rects, rects, fc.integer(), (a, b, lane) => {
      const way = route(middleOf(a), middleOf(b), lane)
      expect((way.middle - way.x1) * way.fromSide).toBeGreaterThanOrEqual(14)
      expect((way.middle - way.x2) * way.toSide).toBeGreaterThanOrEqual(14)
    }),
  )
})

test('a table that refers to itself gets a loop at its side', () => {
  const rect = { x: 0, y: 0, width: 244, height: 200 }
  const way = route({ rect, y: 60 }, { rect, y: 120 })
  expect(way.middle).toBeGreaterThan(244)
  expect([way.fromSide, way.toSide]).toEqual([1, 1])
})

test('the bounds of a route hold every point of its path', () => {
  fc.assert(
    fc.property(rects, rects, fc.integer(), (a, b, lane) => {
      const way = route(middleOf(a), middleOf(b), lane)
      const bounds = routeBounds(way)
      for (const [x, y] of [
        [way.x1, way.y1],
        [way.x2, way.y2],
        [way.middle, way.y1],
        [way.middle, way.y2],
      ] as const) {
        expect(hasPoint(bounds, x, y)).toBe(true)
        expect(routeDistance(way, x, y)).toBe(0)
      }
    }),
  )
  expect(routeDistance({ x1: 0, y1: 0, x2: 100, y2: 0, middle: 50, fromSide: 1, toSide: -1 }, 20, 7)).toBe(7)
})

test('end marks say how many: a crow’s foot for many, a circle where none is possible', () => {
  const [one, maybeOne, many] = [
    markPath(0, 0, 1, { many: false, optional: false }),
    markPath(0, 0, 1, { many: false, optional: true }),
    markPath(0, 0, -1, { many: true, optional: true }),
  ]
  expect(one).toBe('M8 -5.5V5.5M12 -5.5V5.5')
  expect(maybeOne).toContain('a3.2')
  expect(many).toContain('L-11 0')
})

test('rectangles: what lies in both lies in each, and in the bounds of both', () => {
  fc.assert(
    fc.property(rects, rects, (a, b) => {
      const both = intersection(a, b)
      expect(both !== null).toBe(intersects(a, b))
      if (both) expect(contains(a, both) && contains(b, both)).toBe(true)
      const bounds = boundsOf([a, b])
      expect(bounds && contains(bounds, a) && contains(bounds, b)).toBe(true)
      expect(contains(grow(a, 10), a)).toBe(true)
    }),
  )
  expect(boundsOf([])).toBeNull()
})
