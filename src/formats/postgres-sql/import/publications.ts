import { aPublication, nameKey, type ObjectName } from '#core/schema/index.ts'
import type { AlterPublicationStmt, CreatePublicationStmt, Node, PublicationTable } from 'libpg-query'
import { all, strings } from './ast.ts'
import type { Item } from './draft.ts'
import { storedName } from './naming.ts'
import { addPlain, byName, isThere } from './plain-objects.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { valueText } from './values.ts'

type Publication = Item<'publications'>
type Entry = Publication['tables'][number]

export function createPublication(st: Statement, node: CreatePublicationStmt): Handled {
  const name = storedName(node.pubname ?? '')
  isThere(byName(st, 'publications', name), `publication "${name}"`, false)
  const { tables, namespaces } = objects(st, node.pubobjects)
  const publication = { ...aPublication({ name, allTables: node.for_all_tables === true }), tables, namespaces } as Publication
  publication.options = changed({}, node.options)
  publication.searchPath = st.searchPath
  addPlain(st, 'publications', publication)
  return undefined
}

export function alterPublication(st: Statement, node: AlterPublicationStmt): Handled {
  const publication = byName(st, 'publications', node.pubname)
  if (!publication) throw new Refusal('unknown-object', `publication "${node.pubname ?? ''}" does not exist`)
  const { tables, namespaces } = objects(st, node.pubobjects)
  publication.options = changed(publication.options, node.options)
  const named = new Set(tables.map(({ table }) => nameKey(table)))
  switch (node.pubobjects ? node.action : undefined) {
    case 'AP_AddObjects':
      publication.tables.push(...tables)
      publication.namespaces.push(...namespaces)
      break
    case 'AP_SetObjects':
      Object.assign(publication, { tables, namespaces })
      break
    case 'AP_DropObjects':
      publication.tables = publication.tables.filter(({ table }) => !named.has(nameKey(table)))
      publication.namespaces = publication.namespaces.filter((name) => !namespaces.includes(name))
      break
  }
  publication.searchPath ??= st.searchPath
  return undefined
}

function objects(st: Statement, nodes: readonly Node[] | undefined): { tables: Entry[]; namespaces: string[] } {
  const tables: Entry[] = []
  const namespaces: string[] = []
  for (const { pubobjtype, pubtable, name } of all(nodes, 'PublicationObjSpec')) {
    if (pubobjtype === 'PUBLICATIONOBJ_TABLES_IN_SCHEMA') namespaces.push(storedName(name ?? ''))
    else if (pubobjtype === 'PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA') namespaces.push(st.session.path.creation ?? 'public')
    else if (pubtable) tables.push(...entries(st, pubtable))
  }
  return { tables, namespaces }
}

/** A table, and with it the tables that inherit from it now, as PostgreSQL adds them. */
function entries(st: Statement, node: PublicationTable): readonly Entry[] {
  const { relation } = node
  const table = st.find(relation)
  if (!table && !st.session.dynamic)
    throw new Refusal('unknown-table', `relation "${relation?.relname ?? ''}" does not exist`, { location: relation?.location })
  const name = table ?? { namespace: relation?.schemaname ?? st.session.path.creation ?? 'public', name: relation?.relname ?? '' }
  const entry = { only: false, columns: [...strings(node.columns)], where: node.whereClause ? filter(st, relation?.location) : null }
  const heirs = relation?.inh && table ? inheritors(st, table) : []
  return [name, ...heirs].map((each) => ({ ...entry, table: each }))
}

function inheritors(st: Statement, parent: ObjectName): readonly ObjectName[] {
  return st.catalog
    .childrenOf(parent)
    .filter(({ partitionOf }) => !partitionOf)
    .flatMap((child) => [{ namespace: child.namespace, name: child.name }, ...inheritors(st, child)])
}

/** The row filter between its brackets. */
function filter(st: Statement, location: number | undefined): string {
  const where = st.tokens.find('where', st.token(location))
  return where < 0 ? '' : st.inside(where + 1)
}

/** What a publication does when nothing is said. */
const defaults: Readonly<Record<string, string>> = {
  publish: 'insert, update, delete, truncate',
  publish_via_partition_root: 'false',
  publish_generated_columns: 'none',
}

function changed(options: Readonly<Record<string, string>>, nodes: readonly Node[] | undefined): Readonly<Record<string, string>> {
  const result = { ...options }
  for (const { defname = '', arg } of all(nodes, 'DefElem')) {
    const value = optionValue(defname, valueText(arg))
    if (value === defaults[defname]) delete result[defname]
    else result[defname] = value
  }
  return result
}

/** One spelling for values that mean the same. */
function optionValue(name: string, value: string): string {
  const plain = value.trim().toLowerCase()
  if (name === 'publish') {
    const given = new Set(plain.split(/\s*,\s*/))
    return ['insert', 'update', 'delete', 'truncate'].filter((action) => given.has(action)).join(', ')
  }
  if (name === 'publish_via_partition_root') return /^(?:true|on|yes|1|t|y)$/.test(plain) ? 'true' : 'false'
  return plain
}
