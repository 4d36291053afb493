import { useCallback, useSyncExternalStore } from 'react'
import type { ProjectView, RowKind } from '#core/project/rows.ts'
import { DEFAULT_NAMESPACE } from '#core/schema/index.ts'
import { useEditor } from '../../state/editor.tsx'
import { objectLabel } from '../inspector/specs/object-label.ts'
import type { ObjectGroup, OutlineObject } from './outline-items.ts'

interface Group {
  readonly key: string
  readonly title: string
  readonly kinds: readonly RowKind[]
}

/** Which kinds of objects stand under which heading, in order. Types come last, with the enums. */
const groups: readonly Group[] = [
  { key: 'routines', title: 'Functions', kinds: ['routine'] },
  { key: 'sequences', title: 'Sequences', kinds: ['sequence'] },
  { key: 'extensions', title: 'Extensions', kinds: ['extension'] },
  { key: 'statistics', title: 'Statistics', kinds: ['statistics'] },
  { key: 'search', title: 'Text search', kinds: ['textSearch', 'collation'] },
  { key: 'operators', title: 'Operators and casts', kinds: ['operator', 'operatorFamily', 'operatorClass', 'cast'] },
  { key: 'foreign', title: 'Foreign data', kinds: ['foreignDataWrapper', 'foreignServer', 'userMapping'] },
  {
    key: 'server',
    title: 'Database',
    kinds: ['namespace', 'eventTrigger', 'publication', 'language', 'transform', 'conversion', 'accessMethod', 'privilege'],
  },
  { key: 'statements', title: 'Other statements', kinds: ['opaque'] },
  { key: 'types', title: 'Types', kinds: ['domain', 'compositeType', 'rangeType', 'baseType'] },
]
const kinds = groups.flatMap((group) => group.kinds)

/** Headings that are closed until they are opened: there can be many under them. */
export const foldedAtFirst: ReadonlySet<string> = new Set(groups.map(({ key }) => key).filter((key) => key !== 'types'))

/** All objects that are not on the canvas, by heading; the same lists until one of them changes. */
export function useObjectGroups(): readonly ObjectGroup[] {
  const { rows, replica } = useEditor()
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = kinds.map((kind) => rows.onAll(kind, listener))
      return () => stops.forEach((stop) => stop())
    },
    [rows],
  )
  const read = useCallback(() => groupsOf(replica.view, (kind) => rows.all(kind)), [replica, rows])
  return useSyncExternalStore(subscribe, read, read)
}

interface Known {
  readonly lists: readonly unknown[]
  readonly found: readonly ObjectGroup[]
}
const known = new WeakMap<ProjectView, Known>()

function groupsOf(view: ProjectView, listOf: (kind: RowKind) => readonly object[]): readonly ObjectGroup[] {
  const lists = kinds.map(listOf)
  const before = known.get(view)
  if (before && lists.every((list, at) => list === before.lists[at])) return before.found
  const found = groups.map(({ key, title, kinds: of }) => ({
    key,
    title,
    objects: of.flatMap((kind) => listOf(kind).map((row) => objectOf(kind, row))),
  }))
  known.set(view, { lists, found })
  return found
}

function objectOf(kind: RowKind, row: object): OutlineObject {
  const namespace: unknown = Reflect.get(row, 'namespace')
  // An extension's schema is where it puts things, not a part of its name.
  const isNamed = typeof namespace === 'string' && kind !== 'extension'
  return { id: String(Reflect.get(row, 'id')), kind, namespace: isNamed ? namespace : DEFAULT_NAMESPACE, name: objectLabel(kind, row) }
}
