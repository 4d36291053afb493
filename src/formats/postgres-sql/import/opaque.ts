import { anOpaque, nameKey, type ObjectName } from '#core/schema/index.ts'
import type { Item } from './draft.ts'
import { renameObject } from './rewrite.ts'
import type { Handled, Statement } from './statement.ts'

/** Keeps a statement word for word, in its place. `about`: relations without which it says nothing, so that it goes when they are dropped. */
export function keepVerbatim(
  st: Statement,
  reason: string,
  { defines = [], late = false, about = defines }: { defines?: readonly ObjectName[]; late?: boolean; about?: readonly ObjectName[] } = {},
): Handled {
  const opaque = anOpaque({
    sql: st.sql,
    reason,
    position: { statement: st.number, line: st.line },
    defines: defines.map(({ namespace, name }) => ({ namespace, name })),
    late,
    searchPath: st.session.path.text,
  }) as Item<'opaque'>
  st.catalog.opaque.push(opaque)
  if (about.length > 0) st.catalog.opaqueAbout.set(opaque, new Set(about.map(nameKey)))
  return 'verbatim'
}

/** Keeps a statement that makes one object, and remembers that its name is taken. */
export function keepDefinition(st: Statement, reason: string, name: ObjectName, kind: 'relation' | 'type' | 'other'): Handled {
  if (kind === 'relation') st.catalog.addRelation(name, { kind: 'opaque', name })
  else if (kind === 'type') st.catalog.types.set(`${name.namespace}\u0000${name.name}`, { kind: 'opaque', name })
  return keepVerbatim(st, reason, { defines: [name] })
}

/** Drops what only PostgreSQL knows: every statement about it goes. */
export function dropVerbatim(st: Statement, name: ObjectName): void {
  const { catalog } = st
  const key = nameKey(name)
  catalog.relations.delete(key)
  catalog.types.delete(key)
  const rest = catalog.opaque.filter((opaque) => !catalog.opaqueAbout.get(opaque)?.has(key))
  catalog.opaque.splice(0, catalog.opaque.length, ...rest)
}

/** What is kept about a relation that has a typed place speaks of it by its new name. */
export function moveVerbatim(st: Statement, from: ObjectName, to: ObjectName): void {
  for (const opaque of st.catalog.opaque) {
    const keys = st.catalog.opaqueAbout.get(opaque)
    if (!keys?.delete(nameKey(from))) continue
    keys.add(nameKey(to))
    opaque.sql = renameObject(opaque.sql, from, to)
  }
}

/** What is kept about a relation goes with it. */
export function forgetVerbatim(st: Statement, key: string): void {
  const { catalog } = st
  if (catalog.opaqueAbout.size === 0) return
  const rest = catalog.opaque.filter((opaque) => !catalog.opaqueAbout.get(opaque)?.has(key))
  if (rest.length < catalog.opaque.length) catalog.opaque.splice(0, catalog.opaque.length, ...rest)
}

/** A relation kept verbatim gets a new name; later statements about it are about both. */
export function renameVerbatim(st: Statement, from: ObjectName, to: ObjectName): Handled {
  const { catalog } = st
  catalog.relations.delete(nameKey(from))
  catalog.addRelation(to, { kind: 'opaque', name: to })
  for (const keys of catalog.opaqueAbout.values()) if (keys.has(nameKey(from))) keys.add(nameKey(to))
  return keepVerbatim(st, 'ALTER RENAME', { late: true, about: [from, to] })
}
