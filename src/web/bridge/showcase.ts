import { createServerFn } from '@tanstack/react-start'
import type { Showcase } from '../landing/showcase.ts'

/** The landing page's schema, read and written once per server start. */
export const getShowcase = createServerFn({ method: 'GET' }).handler(async (): Promise<Showcase> => {
  made ??= import('../landing/make-showcase.ts').then(({ makeShowcase }) => makeShowcase())
  return made
})

let made: Promise<Showcase> | undefined
