import { expect, test } from 'vitest'
import { chipOf } from './sync-chip.tsx'

test('offline counts what waits', () => {
  expect(chipOf({ kind: 'offline', pending: 0 }, true).text).toBe('Offline')
  expect(chipOf({ kind: 'offline', pending: 1 }, true).text).toBe('Offline, 1 change waiting')
  expect(chipOf({ kind: 'offline', pending: 3 }, true).text).toBe('Offline, 3 changes waiting')
})

test('the first connection is opening, a later one reconnecting', () => {
  expect(chipOf({ kind: 'connecting' }, false).text).toBe('Opening')
  expect(chipOf({ kind: 'connecting' }, true).text).toBe('Reconnecting')
})

test('saved and saving are not read out, trouble is', () => {
  expect(chipOf({ kind: 'saved' }, true).urgent).toBe(false)
  expect(chipOf({ kind: 'saving', pending: 2 }, true).urgent).toBe(false)
  expect(chipOf({ kind: 'closed', reason: 'The project was deleted.' }, true)).toMatchObject({
    urgent: true,
    tip: 'The project was deleted.',
  })
})
