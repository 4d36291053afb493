import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { readConfig } from '#server/config.ts'
import { handleApi } from '#server/http/listener.ts'
import { provideServices, runningServices, services } from '#server/services.ts'
import { startServices } from '#server/start-services.ts'
import { version } from './version.ts'

/** Starts everything once per process and listens for sockets on Vite's port. */
export async function start(http: Server): Promise<void> {
  if (runningServices()) return
  const running = await startServices({ config: readConfig(process.env), version })
  provideServices(running)
  running.realtime.attach(http)
}

/** Answers requests of the API; false = something for Vite. */
export const handle = (request: IncomingMessage, response: ServerResponse): Promise<boolean> => handleApi(services(), request, response)

export const stop = (): Promise<void> => services().close()
