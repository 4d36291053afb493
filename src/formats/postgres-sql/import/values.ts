import { quoteName } from '#core/dialects/postgres.ts'
import type { DefElem, Node, RoleSpec } from 'libpg-query'
import { all, as, strings } from './ast.ts'

/** A definition's value as plain text: `70`, `false`, `C`. */
export function valueText(node: Node | undefined): string {
  if (node === undefined) return 'true'
  const integer = as(node, 'Integer')
  if (integer) return String(integer.ival ?? 0)
  const float = as(node, 'Float')
  if (float) return float.fval ?? '0'
  const boolean = as(node, 'Boolean')
  if (boolean) return String(boolean.boolval ?? false)
  const text = as(node, 'String')
  if (text) return text.sval ?? ''
  const type = as(node, 'TypeName')
  if (type) return strings(type.names).join('.')
  const list = as(node, 'List')
  if (list) return (list.items ?? []).map(valueText).join('.')
  return ''
}

/** `WITH (name = value, …)` as the model keeps it; `RESET` takes names away. */
export function optionTexts(elements: readonly Node[] | undefined): Readonly<Record<string, string>> {
  const options: Record<string, string> = {}
  for (const element of all(elements, 'DefElem')) put(options, optionName(element), valueText(element.arg))
  return options
}

/** Sets a property, whatever its name: `__proto__` is one like any other. */
const put = (record: Record<string, string>, key: string, value: string): void => {
  Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true })
}

export const optionName = ({ defnamespace, defname }: DefElem): string =>
  defnamespace ? `${defnamespace}.${defname ?? ''}` : (defname ?? '')

/** Options with some changed, added and taken away. */
export function changedOptions(
  options: Readonly<Record<string, string>>,
  elements: readonly Node[] | undefined,
  reset: boolean,
): Readonly<Record<string, string>> {
  const changed = { ...options }
  for (const element of all(elements, 'DefElem')) {
    const drop = reset || element.defaction === 'DEFELEM_DROP'
    if (drop) delete changed[optionName(element)]
    else put(changed, optionName(element), valueText(element.arg))
  }
  return changed
}

/** A possibly qualified name as SQL writes it: collations, operator classes, functions. */
export const quotedParts = (nodes: readonly Node[] | undefined): string => strings(nodes).map(quoteName).join('.')

/** A role as the model keeps it: its name, or the word SQL has for it. */
export function roleName(role: RoleSpec | undefined): string {
  switch (role?.roletype) {
    case 'ROLESPEC_CURRENT_USER':
      return 'current_user'
    case 'ROLESPEC_CURRENT_ROLE':
      return 'current_role'
    case 'ROLESPEC_SESSION_USER':
      return 'session_user'
    case 'ROLESPEC_PUBLIC':
      return 'public'
    default:
      return role?.rolename ?? ''
  }
}
