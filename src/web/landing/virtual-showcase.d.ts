/** Made by vite.config.ts with make-showcase.ts. */
declare module 'virtual:showcase' {
  const showcase: import('./showcase.ts').Showcase
  export default showcase
}
