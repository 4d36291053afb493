// `npm run dev`: Vite's development server with the app, the API and the socket on one port.
import { ensureInstalled } from './lib/prepare.mjs'
import { bin, show } from './lib/run.mjs'

await ensureInstalled()
process.exitCode = await show(process.execPath, [bin('vite'), 'dev', '--port', process.env.PORT ?? '3000', '--strictPort'])
