import type { Plugin, ViteDevServer } from 'vite'
import type * as developmentApp from './development-app.ts'

type DevelopmentApp = typeof developmentApp

/**
 * The API and the socket in Vite's development server, on its own port: `plugins: [developmentServer(), …]` in vite.config.ts.
 * The server's code goes through Vite, so it needs no build; after a change in it, restart `npm run dev` (the page reloads by itself).
 */
export function developmentServer(): Plugin {
  return {
    name: 'schemaflow-development-server',
    apply: 'serve',
    configureServer(vite) {
      // Also runs under Vitest, which has no port to serve.
      if (!vite.httpServer || process.env['VITEST']) return
      const starting = new Promise<DevelopmentApp>((resolve, reject) => {
        vite.httpServer?.once('listening', () => {
          loadApp(vite).then(resolve, reject)
        })
      })
      starting.catch((error: unknown) => {
        vite.config.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error))
        vite.close().finally(() => process.exit(1))
      })
      vite.middlewares.use((request, response, next) => {
        starting.then((app) => app.handle(request, response)).then((isDone) => (isDone ? undefined : next()), next)
      })
      vite.httpServer.once('close', () => void starting.then((app) => app.stop()).catch(() => undefined))
    },
  }
}

async function loadApp(vite: ViteDevServer): Promise<DevelopmentApp> {
  const app = (await vite.ssrLoadModule('/src/main/development-app.ts')) as DevelopmentApp
  if (vite.httpServer) await app.start(vite.httpServer as Parameters<DevelopmentApp['start']>[0])
  return app
}
