import { displayName } from '#core/schema/names.ts'
import type { Id } from '#core/project/rows.ts'
import { useEditor } from '../../../state/editor.tsx'
import { Input } from '../../../ui/input.tsx'
import type { Values } from '../fields.ts'
import { field } from '../specs/words.ts'
import { Choose } from './choose.tsx'
import { Keys } from './keys.tsx'

interface PartitionProps {
  readonly label: string
  readonly tableId: Id
  readonly value: unknown
  readonly disabled: boolean
  readonly onChange: (value: unknown) => void
}

const strategies = [
  { value: null, label: 'Not partitioned' },
  { value: 'range', label: 'Range' },
  { value: 'list', label: 'List' },
  { value: 'hash', label: 'Hash' },
]

/** How a table is split, and by what. */
export function PartitionBy({ label, tableId, value, disabled, onChange }: PartitionProps) {
  const keys = (field(value, 'keys') as readonly Values[] | undefined) ?? []
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <Choose
        label={label}
        choices={strategies}
        value={field(value, 'strategy') ?? null}
        disabled={disabled}
        onChange={(strategy) => onChange(strategy === null ? null : { strategy, keys })}
      />
      {value === null || value === undefined ? null : (
        <Keys
          label="Partition keys"
          parent={{ kind: 'table', id: tableId }}
          value={keys}
          operators={false}
          plain
          disabled={disabled}
          onChange={(next) => onChange({ strategy: field(value, 'strategy'), keys: next })}
        />
      )}
    </div>
  )
}

const firstBounds: Readonly<Record<string, string>> = {
  range: 'FOR VALUES FROM () TO ()',
  list: 'FOR VALUES IN ()',
  hash: 'FOR VALUES WITH (modulus 4, remainder 0)',
}

/** Which table this is a part of, and which part. */
export function PartitionOf({ label, tableId, value, disabled, onChange }: PartitionProps) {
  const { replica } = useEditor()
  const parents = replica.view.all('table').filter(({ id, partitionBy }) => partitionBy !== null && id !== tableId)
  const parentId = field(value, 'parentId')
  const choose = (id: unknown) => {
    const strategy = typeof id === 'string' ? replica.view.get('table', id)?.partitionBy?.strategy : undefined
    onChange(strategy ? { parentId: id, bound: firstBounds[strategy] } : null)
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <Choose
        label={label}
        choices={[{ value: null, label: 'No other table' }, ...parents.map((table) => ({ value: table.id, label: displayName(table) }))]}
        value={parentId ?? null}
        disabled={disabled}
        onChange={choose}
      />
      {typeof parentId === 'string' ? (
        <Input
          aria-label="Bound"
          className="w-full font-mono"
          disabled={disabled}
          value={String(field(value, 'bound') ?? '')}
          onChange={(event) => onChange({ parentId, bound: event.target.value })}
        />
      ) : null}
    </div>
  )
}
