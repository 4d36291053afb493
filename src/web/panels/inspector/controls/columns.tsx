import { X } from 'lucide-react'
import { columnNameOf } from '#core/project/schema.ts'
import type { Id } from '#core/project/rows.ts'
import { useEditor } from '../../../state/editor.tsx'
import { Choose } from './choose.tsx'

interface ColumnsProps {
  readonly label: string
  readonly tableId: Id
  readonly value: readonly Id[]
  readonly disabled: boolean
  readonly onChange: (ids: readonly Id[]) => void
}

/** Columns of a table in their order: each can be taken out, others put at the end. */
export function Columns({ label, tableId, value, disabled, onChange }: ColumnsProps) {
  const { replica } = useEditor()
  const others = replica.view.childrenOf('column', tableId).filter(({ id }) => !value.includes(id))
  return (
    <Chips
      label={label}
      names={value.map((id) => columnNameOf(replica.view, id))}
      disabled={disabled}
      onRemove={(at) => onChange(value.toSpliced(at, 1))}
    >
      {disabled || others.length === 0 ? null : (
        <Choose
          label={`Add to ${label}`}
          placeholder="Add a column"
          choices={others.map(({ id, name }) => ({ value: id, label: name }))}
          value={undefined}
          disabled={false}
          className="h-6 border-dashed text-xs text-faint"
          onChange={(id) => (typeof id === 'string' ? onChange([...value, id]) : undefined)}
        />
      )}
    </Chips>
  )
}

interface ChipsProps {
  readonly label: string
  readonly names: readonly string[]
  readonly disabled: boolean
  readonly onRemove: (at: number) => void
  readonly children?: React.ReactNode
}

/** Chosen names in a row, and what adds to them. */
export function Chips({ label, names, disabled, onRemove, children }: ChipsProps) {
  return (
    <div role="group" aria-label={label} className="flex min-h-7 min-w-0 flex-wrap items-center gap-1">
      {names.map((name, at) => (
        <span key={name} className="inline-flex h-6 max-w-full min-w-0 items-center gap-0.5 rounded-sm bg-raised pl-2 font-mono text-xs">
          <span className="truncate py-px" title={name}>
            {name}
          </span>
          {disabled ? (
            <span className="w-2" />
          ) : (
            <button
              type="button"
              aria-label={`Take out ${name}`}
              className="grid size-6 shrink-0 place-items-center rounded-sm text-faint hover:text-fg"
              onClick={() => onRemove(at)}
            >
              <X className="size-3" aria-hidden="true" />
            </button>
          )}
        </span>
      ))}
      {children}
    </div>
  )
}
