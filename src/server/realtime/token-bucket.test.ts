import { expect, test } from 'vitest'
import { TokenBucket } from './token-bucket.ts'

test('a burst passes at once, then so many per second', () => {
  const bucket = new TokenBucket(10, 5, 0)
  expect([1, 1, 1, 1, 1].map((count) => bucket.take(count, 0))).toEqual([0, 0, 0, 0, 0])
  expect(bucket.take(1, 0)).toBe(100)
  expect(bucket.take(1, 100)).toBe(0)
  expect(bucket.take(2, 150)).toBe(150)
})

test('waiting as long as it says is enough', () => {
  const bucket = new TokenBucket(3, 4, 0)
  bucket.take(4, 0)
  const wait = bucket.take(3, 0)
  expect(bucket.take(3, wait)).toBe(0)
})

test('more than a burst at once passes when the bucket is full, so that it can pass at all', () => {
  const bucket = new TokenBucket(1, 5, 0)
  expect(bucket.take(50, 0)).toBe(0)
  expect(bucket.take(1, 0)).toBe(1_000)
})

test('a clock that goes backwards gives and takes nothing', () => {
  const bucket = new TokenBucket(10, 1, 1_000)
  expect(bucket.take(1, 500)).toBe(0)
  expect(bucket.take(1, 500)).toBe(100)
})
