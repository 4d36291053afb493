// The production server: `node dist/server/main.js`. Built by `vite build --config src/main/vite.config.ts`, after the web app.
//
// dist/client/              the app's files, served as they are (.br and .gz copies made by prepare.js)
// dist/server/server.js     the page renderer that TanStack Start builds from src/web/server.ts
// dist/server/main.js       this
// dist/server/prepare.js    run once by the build: makes dist/pglite-seed.gz and the compressed copies
//
// The page renderer is a bundle of its own. Its server functions reach the one database, auth and rooms of this process by `services()` of
// #server/services.ts, which finds them through the process and not through a module.
import { existsSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { FolderInUseError } from '#server/storage/folder-lock.ts'
import { readConfig } from '#server/config.ts'
import { serve } from './serve.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

try {
  const pages = here('./server.js')
  const running = await serve({
    config: readConfig(process.env),
    clientFolder: here('../client'),
    seedFile: here('../pglite-seed.gz'),
    loadPages: existsSync(pages) ? () => import(/* @vite-ignore */ pathToFileURL(pages).href) : undefined,
  })
  console.log(`SchemaFlow is ready: ${running.url}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      // A second signal ends it at once: whatever was acknowledged is on the disk.
      process.once(signal, () => process.exit(1))
      running.close().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error)
          process.exit(1)
        },
      )
    })
  }
} catch (error) {
  console.error(error instanceof FolderInUseError || isPortTaken(error) ? messageOf(error) : error)
  process.exit(1)
}

function isPortTaken(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL')
  )
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return isPortTaken(error) ? `SchemaFlow cannot listen there: ${message}. Set PORT (and HOST) to something else.` : message
}
