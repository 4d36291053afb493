import { anOpaque, type ObjectName } from '#core/schema/index.ts'
import type { Item } from './draft.ts'
import type { Handled, Statement } from './statement.ts'

/** Keeps a statement word for word, in its place. */
export function keepVerbatim(st: Statement, reason: string, { defines = [], late = false }: { defines?: readonly ObjectName[]; late?: boolean } = {}): Handled {
  const opaque = anOpaque({
    sql: st.sql,
    reason,
    position: { statement: st.number, line: st.line },
    defines: defines.map(({ namespace, name }) => ({ namespace, name })),
    late,
    searchPath: st.session.path.text,
  }) as Item<'opaque'>
  st.catalog.opaque.push(opaque)
  return 'verbatim'
}

/** Keeps a statement that makes one object, and remembers that its name is taken. */
export function keepDefinition(st: Statement, reason: string, name: ObjectName, kind: 'relation' | 'type' | 'other'): Handled {
  if (kind === 'relation') st.catalog.addRelation(name, { kind: 'opaque', name })
  else if (kind === 'type') st.catalog.types.set(`${name.namespace}\u0000${name.name}`, { kind: 'opaque', name })
  return keepVerbatim(st, reason, { defines: [name] })
}
