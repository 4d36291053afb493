import { aConversion, aLanguage, anAccessMethod, aTransform, nameKey } from '#core/schema/index.ts'
import type { CreateAmStmt, CreateConversionStmt, CreatePLangStmt, CreateTransformStmt } from 'libpg-query'
import { strings } from './ast.ts'
import type { Item } from './draft.ts'
import { storedName } from './naming.ts'
import { functionText, signatureText } from './object-names.ts'
import { addPlain, byName, isThere } from './plain-objects.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { typeText } from './type-names.ts'

// What extends the server: languages, transforms, conversions, access methods.

export function createLanguage(st: Statement, node: CreatePLangStmt): Handled {
  const name = storedName(node.plname ?? '')
  const old = byName(st, 'languages', name)
  if (isThere(old, `language "${name}"`, node.replace) && old) st.catalog.kinds.remove('languages', old)
  const text = (parts: typeof node.plhandler): string | null => (parts ? functionText(st, strings(parts)) : null)
  const language = {
    ...aLanguage({
      name,
      trusted: node.pltrusted === true,
      handler: text(node.plhandler),
      inline: text(node.plinline),
      validator: text(node.plvalidator),
      owner: old?.owner ?? null,
      comment: old?.comment ?? null,
    }),
  } as Item<'languages'>
  addPlain(st, 'languages', language)
  return undefined
}

export function createTransform(st: Statement, node: CreateTransformStmt): Handled {
  const type = typeText(st, node.type_name)
  const language = node.lang ?? ''
  const old = st.catalog.kinds.named('transforms', type).find((other) => other.language === language)
  if (old && !node.replace) throw new Refusal('duplicate-object', `transform for type ${type} language "${language}" already exists`)
  if (old) st.catalog.kinds.remove('transforms', old)
  const transform = aTransform({
    type,
    language,
    fromSql: node.fromsql ? signatureText(st, node.fromsql) : null,
    toSql: node.tosql ? signatureText(st, node.tosql) : null,
    comment: old?.comment ?? null,
  })
  addPlain(st, 'transforms', { ...transform })
  return undefined
}

export function createConversion(st: Statement, node: CreateConversionStmt): Handled {
  const name = st.newNameOf(node.conversion_name)
  isThere(st.catalog.kinds.named('conversions', nameKey(name))[0], `conversion "${name.name}"`, false)
  const conversion = aConversion({
    ...name,
    isDefault: node.def === true,
    from: node.for_encoding_name ?? '',
    to: node.to_encoding_name ?? '',
    function: functionText(st, strings(node.func_name)),
  })
  addPlain(st, 'conversions', { ...conversion })
  return undefined
}

export function createAccessMethod(st: Statement, node: CreateAmStmt): Handled {
  const name = storedName(node.amname ?? '')
  isThere(byName(st, 'accessMethods', name), `access method "${name}"`, false)
  const method = anAccessMethod({
    name,
    kind: node.amtype === 't' ? 'table' : 'index',
    handler: functionText(st, strings(node.handler_name)),
  })
  addPlain(st, 'accessMethods', { ...method })
  return undefined
}
