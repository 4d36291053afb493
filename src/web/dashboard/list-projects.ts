import type { ProjectSummary } from '../bridge/types.ts'

export const sortKeys = ['name', 'tables', 'updatedAt'] as const
export type SortKey = (typeof sortKeys)[number]

export interface ListOptions {
  readonly search: string
  readonly sort: SortKey
  readonly descending: boolean
}

/** The projects that fit the search (every word somewhere in the name), in the order asked for. */
export function listProjects(projects: readonly ProjectSummary[], { search, sort, descending }: ListOptions): ProjectSummary[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = projects.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
  const sign = descending ? -1 : 1
  return found.toSorted((a, b) => sign * compare(a, b, sort) || byName.compare(a.name, b.name))
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function compare(a: ProjectSummary, b: ProjectSummary, key: SortKey): number {
  if (key === 'name') return byName.compare(a.name, b.name)
  return key === 'tables' ? a.tables - b.tables : Date.parse(a.updatedAt) - Date.parse(b.updatedAt)
}
