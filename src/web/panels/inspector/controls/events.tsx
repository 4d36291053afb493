import { useId } from 'react'
import type { Id } from '#core/project/rows.ts'
import { Checkbox } from '../../../ui/checkbox.tsx'
import type { FormContext } from '../fields.ts'
import { Columns } from './columns.tsx'

interface Event {
  readonly kind: string
  readonly columnIds: readonly Id[]
  readonly viewColumns: readonly string[]
}

interface EventsProps {
  readonly label: string
  readonly parent: NonNullable<FormContext['parent']>
  readonly value: readonly Event[]
  readonly disabled: boolean
  readonly onChange: (events: readonly Event[]) => void
}

/** What a trigger fires on; of an update, which columns. */
export function Events({ label, parent, value, disabled, onChange }: EventsProps) {
  const baseId = useId()
  const kinds = parent.kind === 'view' ? ['insert', 'update', 'delete'] : ['insert', 'update', 'delete', 'truncate']
  const toggle = (kind: string, isOn: boolean) =>
    onChange(isOn ? [...value, { kind, columnIds: [], viewColumns: [] }] : value.filter((event) => event.kind !== kind))
  const update = value.find(({ kind }) => kind === 'update')
  return (
    <div className="grid min-w-0 gap-1">
      <div role="group" aria-label={label} className="flex min-h-7 flex-wrap items-center gap-x-2.5 gap-y-1">
        {kinds.map((kind) => (
          <span key={kind} className="flex items-center gap-1 text-xs">
            <Checkbox
              id={`${baseId}-${kind}`}
              checked={value.some((event) => event.kind === kind)}
              disabled={disabled}
              onCheckedChange={(isOn) => toggle(kind, isOn === true)}
            />
            <label htmlFor={`${baseId}-${kind}`}>{kind}</label>
          </span>
        ))}
      </div>
      {update && parent.kind === 'table' ? (
        <Columns
          label="Update of"
          tableId={parent.id}
          value={update.columnIds}
          disabled={disabled}
          onChange={(columnIds) => onChange(value.map((event) => (event === update ? { ...event, columnIds } : event)))}
        />
      ) : null}
    </div>
  )
}
