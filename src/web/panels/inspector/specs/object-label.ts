import type { RowKind } from '#core/project/rows.ts'
import { field, short } from './words.ts'

/** What an object is called in lists. */
export function objectLabel(kind: RowKind, row: object): string {
  if (kind === 'cast') return `${String(field(row, 'source'))} → ${String(field(row, 'target'))}`
  if (kind === 'userMapping') return `${String(field(row, 'user'))} @ ${String(field(row, 'server'))}`
  if (kind === 'transform') return `${String(field(row, 'type'))} in ${String(field(row, 'language'))}`
  if (kind === 'privilege') return short(`${String(field(row, 'kind'))} on ${String(field(row, 'on'))}`)
  if (kind === 'opaque') return short(field(row, 'sql'))
  const name = String(field(row, 'name') ?? '')
  if (kind !== 'routine') return name
  const all = field(row, 'arguments')
  const types = Array.isArray(all)
    ? all.filter((one) => field(one, 'mode') !== 'out' && field(one, 'mode') !== 'table').map((one) => String(field(one, 'type')))
    : []
  return `${name}(${types.join(', ')})`
}
