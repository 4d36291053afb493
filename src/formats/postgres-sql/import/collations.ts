import { aCollation, nameKey } from '#core/schema/index.ts'
import type { DefineStmt } from 'libpg-query'
import { all } from './ast.ts'
import type { Item } from './draft.ts'
import { namesIn, plainText } from './object-names.ts'
import { addPlain, isThere } from './plain-objects.ts'
import type { Handled, Statement } from './statement.ts'
import { valueText } from './values.ts'

/** CREATE COLLATION, from options or from another one. */
export function createCollation(st: Statement, node: DefineStmt): Handled {
  const name = st.newNameOf(node.defnames)
  const existing = st.catalog.kinds.named('collations', nameKey(name))[0]
  if (isThere(existing, `collation "${name.name}"`, node.if_not_exists)) return undefined
  const collation = { ...aCollation(name) } as Item<'collations'>
  const options = new Map(all(node.definition, 'DefElem').map(({ defname, arg }) => [defname ?? '', arg]))
  const text = (key: string): string | null => (options.has(key) ? valueText(options.get(key)) : null)
  if (options.has('from')) collation.from = plainText(st, 'collations', namesIn(options.get('from')))
  const provider = text('provider')?.toLowerCase()
  // libc is what a collation has without saying so.
  collation.provider = provider === 'icu' || provider === 'builtin' ? provider : null
  const collate = text('lc_collate')
  const ctype = text('lc_ctype')
  collation.locale = text('locale') ?? (collate !== null && collate === ctype ? collate : null)
  if (collation.locale === null) Object.assign(collation, { lcCollate: collate, lcCtype: ctype })
  collation.deterministic = !/^(?:false|off|no|0|f|n)$/i.test(text('deterministic') ?? 'true')
  collation.rules = text('rules')
  collation.version = text('version')
  addPlain(st, 'collations', collation)
  return undefined
}
