import { Trash2 } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { typeCategory } from '#core/dialects/postgres.ts'
import type { Id } from '#core/project/rows.ts'
import { useChildren, useEditor, useRow } from '#web/state/editor.tsx'
import { Button } from '#web/ui/button.tsx'
import { Input } from '#web/ui/input.tsx'
import { Switch } from '#web/ui/switch.tsx'
import { deleteColumn, updateColumn, type ColumnPatch } from '../actions/edits.ts'
import { RowPopover } from './row-popover.tsx'

/** Keys, nullability, default and comment of a column. */
export function ColumnDetails({ tableId, columnId }: { tableId: Id; columnId: Id }): ReactNode {
  const editor = useEditor()
  const column = useRow('column', columnId)
  const constraints = useChildren('constraint', tableId)
  if (!column) return null
  const isPrimary = constraints.some((it) => it.kind === 'primaryKey' && it.columnIds.includes(columnId))
  const isUnique = constraints.some((it) => it.kind === 'unique' && it.columnIds.length === 1 && it.columnIds[0] === columnId)
  const patch = (change: ColumnPatch): void => updateColumn(editor, columnId, change)
  return (
    <RowPopover label={`Details of ${column.name}`} className="grid w-64 gap-2.5">
      <Toggle label="Primary key" checked={isPrimary} onChange={(isPrimaryKey) => patch({ isPrimaryKey })} />
      <Toggle label="Unique" checked={isUnique} onChange={(on) => patch({ isUnique: on })} />
      <Toggle label="Nullable" checked={column.nullable} disabled={isPrimary} onChange={(isNullable) => patch({ isNullable })} />
      <Line
        label="Default"
        mono
        value={column.default ?? ''}
        placeholder={column.generated ? 'generated' : column.identity ? 'identity' : 'none'}
        disabled={column.generated !== null || column.identity !== null}
        onCommit={(text) => patch({ defaultValue: text || null })}
      />
      <Suggestions type={column.type} onPick={(defaultValue) => patch({ defaultValue })} />
      <Line label="Comment" value={column.comment ?? ''} placeholder="none" onCommit={(text) => patch({ comment: text || null })} />
      <div className="-mx-3 mt-0.5 border-t border-line-muted px-3 pt-2">
        <Button variant="ghost" size="sm" className="text-red hover:text-red" onClick={() => deleteColumn(editor, columnId)}>
          <Trash2 aria-hidden="true" /> Delete column
        </Button>
      </div>
    </RowPopover>
  )
}

interface ToggleProps {
  readonly label: string
  readonly checked: boolean
  readonly disabled?: boolean
  readonly onChange: (checked: boolean) => void
}
function Toggle({ label, checked, disabled = false, onChange }: ToggleProps): ReactNode {
  const id = useId()
  return (
    <div className="flex h-6 items-center justify-between">
      <label htmlFor={id} className="text-[12.5px]">
        {label}
      </label>
      <Switch id={id} checked={checked} disabled={disabled} onCheckedChange={onChange} />
    </div>
  )
}

interface LineProps {
  readonly label: string
  readonly value: string
  readonly placeholder: string
  readonly mono?: boolean
  readonly disabled?: boolean
  readonly onCommit: (text: string) => void
}
/** A line of text that is kept when it is left or on Enter. */
function Line({ label, value, placeholder, mono = false, disabled = false, onCommit }: LineProps): ReactNode {
  const commit = (text: string): void => {
    if (text.trim() !== value) onCommit(text.trim())
  }
  return (
    <label className="grid grid-cols-[64px_1fr] items-center gap-2 text-[12.5px]">
      {label}
      <Input
        key={value}
        defaultValue={value}
        placeholder={placeholder}
        disabled={disabled}
        className={mono ? 'font-mono text-xs' : undefined}
        onBlur={(event) => commit(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && commit(event.currentTarget.value)}
      />
    </label>
  )
}

/** Usual defaults of a type, one click away. */
function Suggestions({ type, onPick }: { type: string; onPick: (expression: string) => void }): ReactNode {
  const usual = {
    datetime: ['now()'],
    uuid: ['gen_random_uuid()'],
    boolean: ['true', 'false'],
    json: ["'{}'"],
    array: ["'{}'"],
    numeric: ['0'],
    text: ["''"],
  }
  const category = typeCategory(type)
  const offered: readonly string[] = category in usual ? usual[category as keyof typeof usual] : []
  if (offered.length === 0) return null
  return (
    <div className="-mt-1 flex gap-1.5 pl-[72px]">
      {offered.map((expression) => (
        <Button key={expression} size="sm" variant="outline" className="font-mono text-2xs" onClick={() => onPick(expression)}>
          {expression}
        </Button>
      ))}
    </div>
  )
}
