// Preloaded for dependency-cruiser: it reads TypeScript through the compiler's JavaScript API, which TypeScript 7 does not have.
// Whoever asks for `typescript` in that process gets version 6, installed as `typescript-6`.
import module from 'node:module'

const isTypescript = /^typescript(?=\/|$)/
const resolveFilename = module._resolveFilename
module._resolveFilename = (request, ...rest) => resolveFilename(request.replace(isTypescript, 'typescript-6'), ...rest)
const hooks = `export const resolve = (specifier, context, next) => next(specifier.replace(/^typescript(?=\\/|$)/, 'typescript-6'), context)`
module.register(`data:text/javascript,${encodeURIComponent(hooks)}`)
