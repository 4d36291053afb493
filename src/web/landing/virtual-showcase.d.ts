/** Made by vite.config.ts with showcase-at-build.ts. */
declare module 'virtual:showcase' {
  import type { Showcase } from './showcase.ts'

  const showcase: Showcase
  export default showcase
}
