// `npm run docs [--check]`: writes the pages that are drawn from the code (formats, diagnostics, JSON Schema), or says that they are stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ensureInstalled } from './lib/prepare.mjs'
import { root, say } from './lib/run.mjs'

await ensureInstalled()
const { runnerImport } = await import('vite')
const { module } = await runnerImport(path.join(root, 'src/main/docs.ts'), { root, configFile: false, logLevel: 'error' })
const stale = []
for (const [file, text] of Object.entries(await module.generatedDocs())) {
  const target = path.join(root, 'docs', file)
  if (existsSync(target) && readFileSync(target, 'utf8') === text) continue
  stale.push(file)
  if (process.argv.includes('--check')) continue
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, text)
  say(`wrote docs/${file}`)
}
if (stale.length > 0 && process.argv.includes('--check')) {
  say(`Not as the code says: ${stale.map((file) => `docs/${file}`).join(', ')}. Run \`npm run docs\`.`)
  process.exitCode = 1
}
