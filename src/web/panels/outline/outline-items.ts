import type { Id, Row, RowKind } from '#core/project/rows.ts'
import { DEFAULT_NAMESPACE } from '#core/schema/index.ts'

/** A line of the outline: the heading of a section, or something in it. */
export type OutlineItem =
  | {
      readonly kind: 'section'
      readonly key: string
      readonly title: string
      readonly count: number
      readonly isOpen: boolean
      readonly section: 'namespace' | 'views' | 'objects' | 'types'
    }
  | (NamedItem & { readonly kind: 'table' })
  | (NamedItem & { readonly kind: 'view' })
  | (NamedItem & { readonly kind: 'enum' })
  /** Anything else, opened in the inspector. */
  | (NamedItem & { readonly kind: 'object'; readonly of: RowKind })

interface NamedItem {
  readonly key: string
  readonly id: Id
  readonly namespace: string
  readonly name: string
}

interface Contents {
  readonly namespaces: readonly { readonly name: string }[]
  readonly tables: readonly Row<'table'>[]
  readonly views: readonly Row<'view'>[]
  readonly enums: readonly Row<'enumType'>[]
  readonly groups: readonly ObjectGroup[]
}

/** Objects that are not on the canvas, under one heading. The key `types` puts them beside the enums. */
export interface ObjectGroup {
  readonly key: string
  readonly title: string
  readonly objects: readonly OutlineObject[]
}
export interface OutlineObject {
  readonly id: Id
  readonly kind: RowKind
  readonly namespace: string
  readonly name: string
}

interface Showing {
  readonly filter: string
  /** Keys of the sections that are folded. A filter opens them all. */
  readonly folded: ReadonlySet<string>
  /** Whether a section without anything in it may say so: the Types section, where one can be added. */
  readonly canAddTypes: boolean
}

/** The outline as a flat list, so that only the lines in sight need exist. Names are in order as people sort them: `t2` before `t10`. */
export function outlineItems(
  { namespaces, tables, views, enums, groups }: Contents,
  { filter, folded, canAddTypes }: Showing,
): readonly OutlineItem[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const isWanted = ({ namespace, name }: { readonly namespace: string; readonly name: string }) => {
    const path = `${namespace}.${name}`.toLowerCase()
    return words.every((word) => path.includes(word))
  }
  const items: OutlineItem[] = []
  const add = (
    section: Extract<OutlineItem, { kind: 'section' }>['section'],
    key: string,
    title: string,
    lines: readonly OutlineItem[],
  ) => {
    const isOpen = words.length > 0 || !folded.has(key)
    items.push({ kind: 'section', key, title, count: lines.length, isOpen, section })
    if (isOpen) items.push(...lines)
  }
  const linesOf = (
    kind: 'table' | 'view' | 'enum',
    rows: readonly Omit<NamedItem, 'key'>[],
  ): readonly (NamedItem & { readonly kind: 'table' | 'view' | 'enum' })[] =>
    rows
      .filter(isWanted)
      .toSorted((a, b) => byNamespace(a.namespace, b.namespace) || collator.compare(a.name, b.name))
      .map(({ id, namespace, name }) => ({ kind, key: id, id, namespace, name }))

  const tableLines = linesOf('table', tables)
  const known = new Set([...namespaces.map(({ name }) => name), ...tables.map(({ namespace }) => namespace)])
  for (const namespace of [...known].toSorted(byNamespace)) {
    const lines = tableLines.filter((line) => line.namespace === namespace)
    if (lines.length > 0) add('namespace', `namespace ${namespace}`, namespace, lines)
  }
  const viewLines = linesOf('view', views)
  if (viewLines.length > 0) add('views', 'views', 'Views', viewLines)
  const objectLines = (objects: readonly OutlineObject[]): readonly OutlineItem[] =>
    objects
      .filter(isWanted)
      .toSorted((a, b) => byNamespace(a.namespace, b.namespace) || collator.compare(a.name, b.name))
      .map(({ id, kind, namespace, name }) => ({ kind: 'object', of: kind, key: id, id, namespace, name }))
  for (const { key, title, objects } of groups) {
    const lines = key === 'types' ? [] : objectLines(objects)
    if (lines.length > 0) add('objects', key, title, lines)
  }
  const typeLines = [...linesOf('enum', enums), ...objectLines(groups.find(({ key }) => key === 'types')?.objects ?? [])]
  if (typeLines.length > 0 || (canAddTypes && words.length === 0)) add('types', 'types', 'Types', typeLines)
  return items
}

const collator = new Intl.Collator('en', { numeric: true })

/** The default namespace first. */
function byNamespace(a: string, b: string): number {
  if (a === b) return 0
  if (a === DEFAULT_NAMESPACE) return -1
  return b === DEFAULT_NAMESPACE ? 1 : collator.compare(a, b)
}
