import fc from 'fast-check'
import { expect, test } from 'vitest'
import { edge, needOf, orderItems as order, strength, strengthOf, type Strength } from './order.ts'

const { certain, weak, sequence, body } = strength
const orderItems = (needs: readonly (readonly (readonly [need: number, how: Strength])[])[]) =>
  order(needs.map((list) => list.map(([need, how]) => edge(need, how))))

test('an edge holds what is needed and how surely', () => {
  for (const how of Object.values(strength)) expect([needOf(edge(123_456, how)), strengthOf(edge(123_456, how))]).toEqual([123_456, how])
})

test('without dependencies the order stays', () => {
  expect(orderItems([[], [], []]).items).toEqual([0, 1, 2])
})

test('what is needed comes right before', () => {
  expect(orderItems([[], [[3, certain]], [], []]).items).toEqual([0, 3, 1, 2])
})

test('a guess gives way when it makes a circle', () => {
  expect(orderItems([[[1, weak]], [[0, certain]]])).toEqual({ items: [0, 1], knots: new Set(), bent: new Set() })
})

test('a guess gives way before the order of a list does, and what a body says before both', () => {
  expect(orderItems([[[1, sequence]], [[0, weak]]]).items).toEqual([1, 0])
  expect(orderItems([[[1, weak]], [[0, body]]]).items).toEqual([1, 0])
})

test('what needs each other for sure is reported', () => {
  expect(orderItems([[], [[2, certain]], [[1, certain]]]).knots).toEqual(new Set([1, 2]))
})

test('a chain of 100,000 does not exhaust the stack', () => {
  const needs = Array.from({ length: 100_000 }, (_, n) => (n < 99_999 ? [edge(n + 1, certain)] : []))
  expect(order(needs).items[0]).toBe(99_999)
})

test('every item comes out once, after what it needs for sure', () => {
  const edges = fc.array(fc.tuple(fc.nat(19), fc.nat(19), fc.constantFrom(...Object.values(strength))), { maxLength: 60 })
  fc.assert(
    fc.property(edges, (list) => {
      const needs = Array.from({ length: 20 }, (_, item) =>
        list.filter(([from, to]) => from === item && to !== item).map(([, to, how]) => [to, how] as const),
      )
      const { items, knots } = orderItems(needs)
      expect([...items].sort((a, b) => a - b)).toEqual(needs.map((_, n) => n))
      const place = new Map(items.map((item, n) => [item, n]))
      const broken = needs.flatMap((each, item) =>
        each.filter(
          ([need, how]) => how === certain && (place.get(need) ?? 0) > (place.get(item) ?? 0) && !(knots.has(item) && knots.has(need)),
        ),
      )
      expect(broken).toEqual([])
    }),
  )
})
