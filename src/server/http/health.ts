import type { Services } from '../services.ts'
import { json } from './json.ts'

/** Longer than this without an answer, the database counts as away. */
const PATIENCE_MS = 3_000

/** Whether this server can do its work: 200 when the database answers, else 503. For people, probes and `npm start`. */
export async function health(services: Services, request: Request): Promise<Response> {
  const started = performance.now()
  const isReachable = await Promise.race([
    services.database.sql('SELECT 1').then(
      () => true,
      () => false,
    ),
    new Promise<false>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS).unref()),
  ])
  const report = {
    status: isReachable ? 'ok' : 'unavailable',
    version: services.version,
    uptimeSeconds: Math.round((Date.now() - services.startedAt) / 1000),
    database: {
      engine: services.database.engine,
      reachable: isReachable,
      milliseconds: Math.round((performance.now() - started) * 10) / 10,
    },
  }
  return json(request, report, { status: isReachable ? 200 : 503 })
}
