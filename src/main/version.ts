import { readFileSync } from 'node:fs'

/** Two folders up is the package, from `src/main` and from `dist/server` alike. */
const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string }

/** This program's version. */
export const version = manifest.version
