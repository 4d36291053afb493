import { expect, test, vi } from 'vitest'
import type { Connection } from '../connection.ts'
import { scratchPool } from './pool.ts'
import type { Scratch } from './types.ts'

/** Scratch databases that only count. */
function aServer() {
  const told: string[] = []
  const open = async (): Promise<Scratch> => {
    const name = `db${told.filter((line) => line.startsWith('open')).length + 1}`
    told.push(`open ${name}`)
    return {
      connection: { server: { number: 180000, text: name, engine: 'pglite' } } as Connection,
      run: async () => [],
      reset: async () => void told.push(`reset ${name}`),
      close: async () => void told.push(`close ${name}`),
    }
  }
  return { told, open }
}
const nameOf = ({ connection }: Scratch) => connection.server.text
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('one that was used is emptied and handed out again', async () => {
  const { told, open } = aServer()
  const pool = scratchPool({ open })
  expect(await pool.use(async (scratch) => nameOf(scratch))).toBe('db1')
  await settled()
  expect(await pool.use(async (scratch) => nameOf(scratch))).toBe('db1')
  await pool.close()
  expect(told).toEqual(['open db1', 'reset db1', 'reset db1', 'close db1'])
})

test('nobody gets one that somebody else has; who comes late waits', async () => {
  const { told, open } = aServer()
  const pool = scratchPool({ open, max: 2 })
  const inUse = new Set<string>()
  const work = async (scratch: Scratch) => {
    expect(inUse.has(nameOf(scratch))).toBe(false)
    inUse.add(nameOf(scratch))
    await settled()
    inUse.delete(nameOf(scratch))
  }
  await Promise.all(Array.from({ length: 9 }, () => pool.use(work)))
  await pool.close()
  expect(told.filter((line) => line.startsWith('open'))).toHaveLength(2)
  expect(told.filter((line) => line.startsWith('close'))).toHaveLength(2)
})

test('work that fails gives it back; one that cannot be emptied is replaced', async () => {
  const { told, open } = aServer()
  const pool = scratchPool({ open, max: 1 })
  await expect(pool.use(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine')
  await pool.use(async (scratch) => {
    scratch.reset = () => Promise.reject(new Error('no'))
  })
  expect(await pool.use(async (scratch) => nameOf(scratch))).toBe('db2')
  await pool.close()
  expect(told).toEqual(['open db1', 'reset db1', 'close db1', 'open db2', 'reset db2', 'close db2'])
})

test('idle ones are closed after a while, and one that is opened ahead is used', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const { told, open } = aServer()
    const pool = scratchPool({ open })
    pool.warm()
    await settled()
    pool.warm()
    expect(await pool.use(async (scratch) => nameOf(scratch))).toBe('db1')
    await settled()
    vi.advanceTimersByTime(60_001)
    expect(told).toEqual(['open db1', 'reset db1', 'close db1'])
    await pool.close()
    await expect(pool.use(async () => 1)).rejects.toThrow(/closed/)
  } finally {
    vi.useRealTimers()
  }
})

test('when none can be opened, everybody who waits hears it', async () => {
  const pool = scratchPool({ open: () => Promise.reject(new Error('no server')), max: 1 })
  const results = await Promise.allSettled([pool.use(async () => 1), pool.use(async () => 2)])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await pool.close()
})
