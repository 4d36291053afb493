import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Change } from '#core/project/rows.ts'
import { foldChanges } from './fold-changes.ts'

type Fields = Record<string, unknown>
const edits = fc.array(
  fc.record({
    id: fc.constantFrom('a', 'b'),
    what: fc.constantFrom('insert', 'update', 'delete'),
    field: fc.constantFrom('name', 'comment'),
    value: fc.integer(),
  }),
  { maxLength: 12 },
)

test('folded changes leave the same rows as the changes one by one', () => {
  fc.assert(
    fc.property(fc.subarray(['a', 'b']), edits, (present, steps) => {
      const rows = new Map<string, Fields>(present.map((id) => [id, { id, name: 0, comment: 0 }]))
      const folded = new Map(structuredClone([...rows]))
      const changes: Change[] = []
      for (const { id, what, field, value } of steps) {
        const row = rows.get(id)
        if (what === 'insert' && !row) {
          const after = { id, name: value, comment: value }
          rows.set(id, after)
          changes.push({ kind: 'namespace', id, before: null, after })
        } else if (what === 'update' && row) {
          rows.set(id, { ...row, [field]: value })
          changes.push({ kind: 'namespace', id, before: { [field]: row[field] }, after: { [field]: value } })
        } else if (what === 'delete' && row) {
          rows.delete(id)
          changes.push({ kind: 'namespace', id, before: row, after: null } as Change)
        }
      }
      for (const [id, net] of foldChanges(changes).get('namespace') ?? []) {
        if (net.kind === 'delete') folded.delete(id)
        else folded.set(id, net.kind === 'put' ? net.row : { ...folded.get(id), ...net.fields })
      }
      expect(folded).toEqual(rows)
    }),
  )
})
