import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

const limits = { perPerson: 1, total: 2, perMinute: 6 }

test('one at a time per person, so many of all', () => {
  const turns = new Turns(limits)
  const done = turns.take('ada', 0)
  expect(() => turns.take('ada', 0)).toThrow('another database')
  turns.take('eve', 0)
  expect(() => turns.take('joe', 0)).toThrow('as many databases')
  done()
  done()
  turns.take('joe', 0)
  expect(() => turns.take('ada', 0)).toThrow('as many databases')
})

test('so many in a minute, and then again', () => {
  const turns = new Turns(limits)
  for (let index = 0; index < 6; index += 1) turns.take('ada', 0)()
  expect(() => turns.take('ada', 0)).toThrow('faster than allowed')
  turns.take('ada', 10_000)()
})
