import type { Id } from '#core/project/rows.ts'
import { displayName } from '#core/schema/names.ts'
import { tableNameOf } from '#core/project/schema.ts'
import { useEditor } from '../../../state/editor.tsx'
import { Choose } from './choose.tsx'
import { Chips } from './columns.tsx'

interface TablesProps {
  readonly label: string
  /** The table that chooses: it cannot choose itself. */
  readonly tableId: Id
  readonly value: readonly Id[]
  readonly disabled: boolean
  readonly onChange: (ids: readonly Id[]) => void
}

/** Tables of the project, in their order. */
export function Tables({ label, tableId, value, disabled, onChange }: TablesProps) {
  const { replica } = useEditor()
  const others = replica.view
    .all('table')
    .filter(({ id, partitionBy, partitionOf }) => id !== tableId && !value.includes(id) && !partitionBy && !partitionOf)
  return (
    <Chips
      label={label}
      names={value.map((id) => displayName(tableNameOf(replica.view, id)))}
      disabled={disabled}
      onRemove={(at) => onChange(value.toSpliced(at, 1))}
    >
      {disabled || others.length === 0 ? null : (
        <Choose
          label={`Add to ${label}`}
          placeholder="Add a table"
          choices={others.map((table) => ({ value: table.id, label: displayName(table) }))}
          value={undefined}
          disabled={false}
          className="h-6 border-dashed text-xs text-faint"
          onChange={(id) => (typeof id === 'string' ? onChange([...value, id]) : undefined)}
        />
      )}
    </Chips>
  )
}
