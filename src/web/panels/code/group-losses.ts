import type { Loss } from '#formats/format.ts'
import { commonText } from '../../workers/import/group.ts'

/** Losses of one sort: said once, with the objects they befall. */
export interface LossGroup {
  readonly key: string
  readonly message: string
  readonly hint: string | null
  readonly count: number
  /** The first of them. */
  readonly objects: readonly string[]
}

const MOST_OBJECTS = 5

/** Puts losses of one code and kind together, the most frequent first. */
export function groupLosses(losses: readonly Loss[]): readonly LossGroup[] {
  const groups = new Map<string, Loss[]>()
  for (const loss of losses) {
    const key = `${loss.code} ${loss.kind}`
    const group = groups.get(key)
    if (group) group.push(loss)
    else groups.set(key, [loss])
  }
  return [...groups]
    .map(([key, group]) => ({
      key,
      message: commonText(group.slice(0, 50).map(({ message }) => message)),
      hint: new Set(group.map(({ hint }) => hint)).size === 1 ? (group[0]?.hint ?? null) : null,
      count: group.length,
      objects: [...new Set(group.map(({ object }) => object))].slice(0, MOST_OBJECTS),
    }))
    .toSorted((a, b) => b.count - a.count)
}
