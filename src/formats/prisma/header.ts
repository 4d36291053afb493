import { camelCase } from '../shared/names.ts'
import { prismaString } from '../shared/code/literals.ts'
import { CodeWriter } from '../shared/code/writer.ts'
import type { Context } from './context.ts'

/** The generator and the datasource. Their database's address belongs to `prisma.config.ts` since Prisma 7. */
export function header(context: Context): string {
  const code = new CodeWriter()
  const { extensions } = context.catalog.schema
  const wanted = extensions.filter(({ name }) => name !== 'plpgsql')
  if (wanted.length > 0) context.previews.add('postgresqlExtensions')
  const previews = [...context.previews].sort().map(prismaString)
  const property = (name: string, value: string, width: number): string => `${name.padEnd(width)} = ${value}`
  const width = previews.length > 0 ? 'previewFeatures'.length : 'provider'.length
  code.line('generator client {').indented(() => {
    code.line(property('provider', '"prisma-client"', width), property('output', '"../generated/prisma"', width))
    if (previews.length > 0) code.line(property('previewFeatures', `[${previews.join(', ')}]`, width))
  })
  code.line('}').gap()
  const rows: (readonly [string, string])[] = [['provider', '"postgresql"']]
  if (wanted.length > 0) rows.push(['extensions', `[${wanted.map(extensionCode).join(', ')}]`])
  if (context.namespaces.length > 0) rows.push(['schemas', `[${context.namespaces.map(prismaString).join(', ')}]`])
  const widest = Math.max(...rows.map(([name]) => name.length))
  code.line('datasource db {').indented(() => code.line(...rows.map(([name, value]) => property(name, value, widest))))
  return code.line('}').toString()
}

function extensionCode({ name, namespace, version }: Context['catalog']['schema']['extensions'][number]): string {
  const id = /^[A-Za-z][A-Za-z0-9_]*$/.test(name) ? name : camelCase(name, { unicode: false, prefix: 'extension' })
  const options = [
    id === name ? '' : `map: ${prismaString(name)}`,
    namespace === null || namespace === 'public' || namespace === 'pg_catalog' ? '' : `schema: ${prismaString(namespace)}`,
    version === null ? '' : `version: ${prismaString(version)}`,
  ].filter(Boolean)
  return options.length === 0 ? id : `${id}(${options.join(', ')})`
}
