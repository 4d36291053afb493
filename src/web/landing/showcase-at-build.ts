import { makeShowcase } from './make-showcase.ts'

/** The showcase as vite.config.ts puts it into the bundle. Made while this module loads: the bundler's runner is gone afterwards. */
export const { showcase } = await makeShowcase()
