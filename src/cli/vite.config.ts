import { defineConfig } from 'vite'

/** What runs in Node beside the web app: the command line. Packages stay in node_modules; our own layers are bundled. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'dist/cli',
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: { main: 'src/cli/main.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
})
