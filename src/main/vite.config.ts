import { defineConfig } from 'vite'

/** The server: `vite build --config src/main/vite.config.ts`, after the web app (it adds to dist/server). Packages stay in node_modules. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: { main: 'src/main/server.ts', prepare: 'src/main/prepare.ts', 'database-worker': 'src/server/databases/database-worker.ts' },
      // Flat: version.ts and server.ts find their neighbours relative to dist/server.
      output: { entryFileNames: '[name].js', chunkFileNames: 'main-[name]-[hash].js' },
    },
  },
})
