import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { toNodeHandler } from 'srvx/node'
import { createListener } from '#server/http/listener.ts'
import { serveFiles } from '#server/http/static-files.ts'
import type { ServerConfig } from '#server/config.ts'
import { provideServices, type Services } from '#server/services.ts'
import { startServices } from '#server/start-services.ts'
import { version } from './version.ts'

export interface ServeOptions {
  readonly config: ServerConfig
  /** The app's files. */
  readonly clientFolder?: string | undefined
  readonly seedFile?: string | undefined
  /** The page renderer's bundle: its default export has `fetch`. */
  readonly loadPages?: (() => Promise<unknown>) | undefined
}
export interface RunningServer {
  readonly url: string
  readonly services: Services
  close(): Promise<void>
}

/** Starts everything and listens. Resolves when requests are answered. */
export async function serve({ config, clientFolder, seedFile, loadPages }: ServeOptions): Promise<RunningServer> {
  // Two slow things that do not need each other.
  const pages = loadPages?.()
  pages?.catch(() => undefined)
  const services = await startServices({ config, version, seedFile })
  provideServices(services)
  try {
    const page = pages?.then(pageHandler)
    page?.catch(() => undefined)
    const files = clientFolder ? serveFiles(clientFolder) : undefined
    // Probes and open tabs are answered while the pages still load.
    const http = createServer(createListener({ services, files, page: page && (async (...args) => (await page)(...args)) }))
    services.realtime.attach(http)
    await listen(http, config)
    await page
    let closing: Promise<void> | null = null
    const close = async () => {
      http.close()
      await services.close()
      http.closeAllConnections()
    }
    return { url: urlOf(http, config), services, close: () => (closing ??= close()) }
  } catch (error) {
    await services.close()
    throw error
  }
}

type NodeHandler = (request: IncomingMessage, response: ServerResponse) => unknown
interface PageRenderer {
  fetch(request: Request): Response | Promise<Response>
}

function pageHandler(bundle: unknown): NodeHandler {
  const renderer = bundle && typeof bundle === 'object' && 'default' in bundle ? bundle.default : undefined
  if (!isRenderer(renderer)) throw new Error('dist/server/server.js does not export a page renderer. Run `npm run build`.')
  return toNodeHandler((request) => renderer.fetch(request)) as NodeHandler
}

const isRenderer = (value: unknown): value is PageRenderer =>
  typeof value === 'object' && value !== null && 'fetch' in value && typeof value.fetch === 'function'

function listen(http: Server, { port, host }: ServerConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, host, () => {
      http.off('error', reject)
      resolve()
    })
  })
}

/** What to open in a browser. */
function urlOf(http: Server, { host, publicUrl }: ServerConfig): string {
  const address = http.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const isLocal = ['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)
  return publicUrl ?? `http://${isLocal ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`
}
