// `npm run graph`: draws the map of the layers, as dependency-cruiser sees it, into docs/architecture.md (Mermaid).
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ensureInstalled } from './lib/prepare.mjs'
import { bin, quiet, root } from './lib/run.mjs'

await ensureInstalled()
const cruise = [
  '--import',
  './scripts/lib/typescript-6.mjs',
  bin('depcruise'),
  '--config',
  '.dependency-cruiser.cjs',
  '--output-type',
  'json',
  'src',
]
const { modules } = JSON.parse(await quiet(process.execPath, cruise))
const layerOf = (file) => /^src\/([^/]+)\//.exec(file)?.[1]
const edges = new Set()
for (const { source, dependencies } of modules) {
  if (/\.(test|bench)\.tsx?$/.test(source)) continue
  for (const { resolved } of dependencies) {
    const [from, to] = [layerOf(source), layerOf(resolved)]
    if (from && to && from !== to) edges.add(`  ${from} --> ${to}`)
  }
}
const map = ['```mermaid', 'flowchart TD', ...[...edges].sort(), '```'].join('\n')
const page = path.join(root, 'docs', 'architecture.md')
const text = readFileSync(page, 'utf8')
const [start, end] = ['<!-- graph -->', '<!-- /graph -->']
writeFileSync(page, text.slice(0, text.indexOf(start) + start.length) + `\n${map}\n` + text.slice(text.indexOf(end)))
