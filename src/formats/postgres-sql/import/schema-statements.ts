import { anExtension, aStatistics, type Statistics } from '#core/schema/index.ts'
import type {
  AlterExtensionStmt,
  AlterObjectSchemaStmt,
  AlterStatsStmt,
  CreateExtensionStmt,
  CreateSchemaStmt,
  CreateStatsStmt,
} from 'libpg-query'
import { all, as, strings } from './ast.ts'
import type { Item } from './draft.ts'
import { figureColumnName } from './index-elements.ts'
import { indexColumnNames, joinColumnNames, storedName } from './naming.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { quoteName } from '#core/dialects/postgres.ts'
import { roleName, valueText } from './values.ts'

/** CREATE SCHEMA; the objects written inside it are made in it (by `dispatch`, which gives itself as `inside`). */
export function createNamespace(
  st: Statement,
  node: CreateSchemaStmt,
  inside: (st: Statement, node: CreateSchemaStmt['schemaElts']) => Handled,
): Handled {
  const name = storedName(node.schemaname ?? node.authrole?.rolename ?? '')
  const known = st.catalog.namespaces.get(name)
  if (known || name === 'public') {
    if (node.if_not_exists) return undefined
    if (name !== 'public') throw new Refusal('duplicate-object', `schema "${name}" already exists`)
    return undefined
  }
  const namespace = { name, owner: st.session.privileges && node.authrole ? roleName(node.authrole) : null, comment: null }
  st.catalog.namespaces.set(name, namespace)
  st.catalog.note(namespace)
  if (!node.schemaElts) return undefined
  const { path } = st.session
  const before = path.state
  path.set([name, ...path.names])
  try {
    return inside(st, node.schemaElts)
  } finally {
    path.set(before)
  }
}

export function createExtension(st: Statement, node: CreateExtensionStmt): Handled {
  const name = node.extname ?? ''
  if (st.catalog.extensions.has(name)) {
    if (node.if_not_exists) return undefined
    throw new Refusal('duplicate-object', `extension "${name}" already exists`)
  }
  const options = new Map(all(node.options, 'DefElem').map(({ defname, arg }) => [defname, valueText(arg)]))
  const namespace = options.get('schema') ?? (st.session.path.text === null ? null : (st.session.path.creation ?? null))
  const extension = anExtension({
    name,
    namespace: name === 'plpgsql' ? null : namespace,
    version: options.get('new_version') ?? null,
  }) as Item<'extensions'>
  st.catalog.note(extension)
  st.catalog.extensions.set(name, extension)
  return undefined
}

export function alterExtension(st: Statement, node: AlterExtensionStmt): Handled {
  const extension = st.catalog.extensions.get(node.extname ?? '')
  if (!extension) throw new Refusal('unknown-extension', `extension "${node.extname ?? ''}" does not exist`)
  const version = all(node.options, 'DefElem').find(({ defname }) => defname === 'new_version')
  if (version) extension.version = valueText(version.arg)
  return undefined
}

export function extensionSchema(st: Statement, node: AlterObjectSchemaStmt): Handled {
  const extension = st.catalog.extensions.get(as(node.object, 'String')?.sval ?? '')
  if (!extension) throw new Refusal('unknown-extension', 'extension does not exist')
  extension.namespace = node.newschema ?? null
  return undefined
}

export function createStatistics(st: Statement, node: CreateStatsStmt): Handled {
  const relation = as(node.relations?.[0], 'RangeVar')
  const table = st.find(relation)
  if (!table) throw new Refusal('unknown-table', `relation "${relation?.relname ?? ''}" does not exist`, { location: relation?.location })
  const parts = all(node.exprs, 'StatsElem')
  const { tokens } = st
  const on = tokens.find('on', 0)
  const elements: string[] = []
  for (let n = 0, from = on + 1; n < parts.length; n += 1) {
    const to = tokens.elementEnd(from, Math.max(from, tokens.find('from', from)))
    const part = parts[n]
    elements.push(part?.name ? quoteName(storedName(part.name)) : st.text(from, to))
    from = to + 1
  }
  const names = parts.map((part) => part.name ?? figureColumnName(part.expr))
  const name = node.defnames
    ? st.newNameOf(node.defnames)
    : {
        namespace: table.namespace,
        name: st.catalog.chooseStatisticsName(table.namespace, table.name, joinColumnNames(indexColumnNames(names))),
      }
  const found = [...st.catalog.statistics.values()].some((other) => other.name === name.name && other.namespace === name.namespace)
  if (found) {
    if (node.if_not_exists) return undefined
    throw new Refusal('duplicate-object', `statistics object "${name.name}" already exists`)
  }
  const statistics: Statistics = {
    ...aStatistics({ ...name, kinds: strings(node.stat_types), elements, table }),
    searchPath: st.searchPath,
  }
  st.catalog.addStatistics(statistics as Item<'statistics'>)
  return undefined
}

export function alterStatistics(st: Statement, node: AlterStatsStmt): Handled {
  const names = strings(node.defnames)
  const namespaces = names.length > 1 ? names.slice(-2, -1) : st.session.path.names
  const statistics = namespaces
    .map((namespace) => st.catalog.statistics.get(`${namespace}\u0000${names.at(-1) ?? ''}`))
    .find((found) => found !== undefined)
  if (!statistics) {
    if (node.missing_ok) return undefined
    throw new Refusal('unknown-statistics', `statistics object "${names.join('.')}" does not exist`)
  }
  const target = Number(valueText(node.stxstattarget))
  statistics.target = node.stxstattarget === undefined || target < 0 ? null : target
  return undefined
}
