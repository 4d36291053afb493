import { call, layOut, object } from '../shared/code/layout.ts'
import { tsString } from '../shared/code/literals.ts'
import { camelCase, pascalCase } from '../shared/names.ts'
import type { Context } from './context.ts'
import { alphabet } from './naming.ts'
import type { TypeCode } from './type-code.ts'

interface CustomType {
  readonly namespace: string | null
  readonly name: string
  /** The type's name as drizzle-kit is to see it. */
  readonly dataType: string
  /** The TypeScript type of its values. */
  readonly data: string
  readonly dimensions: number
}

/** A type of its own for what Drizzle does not have. Each is declared once. */
export function custom(context: Context, { namespace, name, dataType, data, dimensions }: CustomType): TypeCode {
  const key = `${dataType}\u0000${data}`
  const known = context.customTypes.get(key)
  const id = known?.id ?? localName(context, namespace, camelCase(name, alphabet))
  if (!known) {
    const value = call(`${context.imports.use('customType')}<{ data: ${data} }>`, object({ dataType: `() => ${tsString(dataType)}` }))
    context.customTypes.set(key, { id, code: layOut(`const ${id} = `, value, ';') })
  }
  return { fn: id, config: {}, data: 'object', dimensions, known: false }
}

/** A column about which only the name is known. It never reaches SQL: drizzle-kit takes a view's query alone. */
export function unknownType(context: Context): string {
  const known = context.customTypes.get('unknown')
  if (known) return known.id
  const id = context.exported.take('unknownType')
  context.customTypes.set('unknown', {
    id,
    code: `const ${id} = ${context.imports.use('customType')}<{ data: unknown }>({ dataType: () => 'unknown' });`,
  })
  return id
}

/** `Money` of `billing`: an identifier for something that has no export of its own. */
const localName = (context: Context, namespace: string | null, name: string): string => {
  const short = camelCase(name, alphabet)
  return context.exported.take(short, namespace === null ? `${short}Type` : camelCase(namespace, alphabet) + pascalCase(name, alphabet))
}
