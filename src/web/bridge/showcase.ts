import { createServerFn } from '@tanstack/react-start'
import { z } from 'zod'
import type { Showcase } from '../landing/showcase.ts'

/** The landing page's schema, as it was read and written when the app was built. */
export const getShowcase = createServerFn({ method: 'GET' }).handler(
  async (): Promise<Showcase> => (await import('virtual:showcase')).default,
)

/** The same with columns renamed. Nothing is kept: each request says all there is to say, and at most this much. */
export const renameInShowcase = createServerFn({ method: 'POST' })
  .validator(z.array(z.strictObject({ id: z.string().max(40), name: z.string().max(63) })).max(40))
  .handler(async ({ data }) => {
    if (underWay >= AT_ONCE) throw new Error('Too many are being written at once.')
    underWay += 1
    try {
      const { makeShowcase } = await import('../landing/make-showcase.ts')
      return await makeShowcase(data)
    } finally {
      underWay -= 1
    }
  })

/** Anybody may ask, without an account: so many at once are enough. */
const AT_ONCE = 4
let underWay = 0
