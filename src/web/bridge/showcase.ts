import { createServerFn } from '@tanstack/react-start'
import { z } from 'zod'
import type { Showcase } from '../landing/showcase.ts'

/** The landing page's schema, read and written once per server start. */
export const getShowcase = createServerFn({ method: 'GET' }).handler(async (): Promise<Showcase> => {
  made ??= make([]).then(({ showcase }) => showcase)
  return made
})

let made: Promise<Showcase> | undefined

/** The same with columns renamed. Nothing is kept: each request says all there is to say, and at most this much. */
export const renameInShowcase = createServerFn({ method: 'POST' })
  .validator(z.array(z.strictObject({ id: z.string().max(40), name: z.string().max(63) })).max(40))
  .handler(({ data }) => make(data))

const make = async (renames: readonly { readonly id: string; readonly name: string }[]) => {
  const { makeShowcase } = await import('../landing/make-showcase.ts')
  return makeShowcase(renames)
}
