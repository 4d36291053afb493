// `npm start`: installs what is missing, builds what changed, serves the app. Needs nothing but Node and this checkout.
import { ensureBuilt, ensureInstalled } from './lib/prepare.mjs'
import { say } from './lib/run.mjs'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  say(`SchemaFlow needs Node 20.19 or newer; this is ${process.version}.`)
  process.exit(1)
}
process.env.NODE_ENV ??= 'production'
await ensureInstalled()
await ensureBuilt()
await import('../dist/server/main.js')
