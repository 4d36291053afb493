import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The canvas alone, for measuring and trying it: `npx vite --config src/web/canvas/bench/vite.config.ts`. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  cacheDir: fileURLToPath(new URL('../../../../.cache/vite-canvas', import.meta.url)),
  plugins: [tailwindcss(), react()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    outDir: fileURLToPath(new URL('../../../../.cache/canvas-bench', import.meta.url)),
    emptyOutDir: true,
    minify: true,
  },
})
