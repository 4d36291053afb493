import tailwindcss from '@tailwindcss/vite'
import { tanstackStart } from '@tanstack/react-start/plugin/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, runnerImport } from 'vite'
import { developmentServer } from './src/main/development.ts'

/** The web app: `vite build` makes `dist/client` (served as files) and `dist/server/server.js` (the page renderer, see src/web/server.ts). */
export default defineConfig({
  plugins: [
    developmentServer(),
    tailwindcss(),
    tanstackStart({ srcDirectory: 'src/web', router: { addExtensions: true, routeFileIgnorePattern: '\\.test\\.' } }),
    react(),
    sonnerWithoutInlineStyles(),
    showcase(),
  ],
  server: { watch: { ignored: ['**/.schemaflow/**', '**/.cache/**', '**/dist/**', '**/tests/**'] } },
  worker: { format: 'es' },
  // Nothing is inlined: the Content-Security-Policy has no data: fonts.
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 1200 },
})

/** The landing page's schema, read and written while building: the first visitor does not wait for parser and exporters to load. */
function showcase(): Plugin {
  const name = 'virtual:showcase'
  return {
    name: 'showcase',
    resolveId: (source) => (source === name ? `\0${name}` : null),
    async load(id) {
      if (id !== `\0${name}`) return null
      const { module } = await runnerImport<{ showcase: unknown }>('./src/web/landing/showcase-at-build.ts')
      return `export default ${JSON.stringify(module.showcase)}`
    },
  }
}

/**
 * Sonner adds a `<style>` element when it is imported, which our Content-Security-Policy refuses. The same rules are imported as a file in
 * src/web/styles/app.css, so the call is dropped.
 */
function sonnerWithoutInlineStyles(): Plugin {
  return {
    name: 'sonner-without-inline-styles',
    enforce: 'pre',
    transform(code, id) {
      if (!/[\\/]sonner[\\/]dist[\\/]index\.m?js/.test(id)) return null
      return { code: code.replace(/^__insertCSS\(".*"\);?$/m, ''), map: null }
    },
  }
}
