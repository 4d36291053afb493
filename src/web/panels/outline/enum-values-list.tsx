import { type KeyboardEvent, useRef, useState } from 'react'
import { enumValue, moveValue, troubleWith, type EnumValue } from './enum-values.ts'
import { ENUM_ROW, EnumValueLine } from './enum-value-line.tsx'

interface EnumValuesProps {
  readonly values: readonly EnumValue[]
  readonly isLocked: boolean
  /** While typing. */
  readonly onDraft: (values: readonly EnumValue[]) => void
  /** When a change is complete. */
  readonly onKeep: (values: readonly EnumValue[]) => void
  /** What stands in the field for another value; it is added when the field is left. */
  readonly onUnadded?: ((text: string) => void) | undefined
}

/** The values of an enum, in their order: rename by typing, move by the grip or with Alt and the arrow keys, add below. */
export function EnumValues({ values, isLocked, onDraft, onKeep, onUnadded }: EnumValuesProps) {
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number } | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const trouble = troubleWith(values)

  const focus = (at: number) => setTimeout(() => list.current?.querySelectorAll('input')[at]?.focus())
  const move = (from: number, to: number) => {
    onKeep(moveValue(values, from, to))
    focus(Math.max(0, Math.min(to, values.length - 1)))
  }
  const drop = () => {
    if (drag && drag.from !== drag.to) onKeep(moveValue(values, drag.from, drag.to))
    setDrag(null)
  }
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    const isEmptied = event.key === 'Backspace' && values[at]?.text === ''
    if (step === 0 && event.key !== 'Enter' && !isEmptied) return
    event.preventDefault()
    if (event.altKey) return move(at, at + step)
    if (event.key === 'Enter') onKeep(values)
    if (isEmptied) onKeep(values.toSpliced(at, 1))
    focus(isEmptied ? Math.max(0, at - 1) : at + (step || 1))
  }

  return (
    <>
      <ul ref={list} aria-label="Values, in order" className="min-h-0 overflow-y-auto p-1.5">
        {values.map((value, at) => (
          <EnumValueLine
            key={value.key}
            value={value}
            place={at}
            isLocked={isLocked}
            mark={drag && drag.from !== drag.to && drag.to === at ? (drag.to > drag.from ? 'below' : 'above') : null}
            isHeld={drag?.from === at}
            onText={(text) => onDraft(values.with(at, { ...value, text }))}
            onDone={() => onKeep(values)}
            onKeyDown={(event) => onKeyDown(event, at)}
            onDrag={(distance) => setDrag({ from: at, to: Math.max(0, Math.min(values.length - 1, at + Math.round(distance / ENUM_ROW))) })}
            onDrop={drop}
            onRemove={() => onKeep(values.toSpliced(at, 1))}
          />
        ))}
        {isLocked ? null : (
          <AddValue hasValues={values.length > 0} onText={onUnadded} onAdd={(text) => onKeep([...values, enumValue(text)])} />
        )}
      </ul>
      {trouble ? (
        <p role="alert" className="border-t border-line-muted px-3 py-1.5 text-xs text-red">
          {trouble}
        </p>
      ) : null}
    </>
  )
}

interface AddValueProps {
  readonly hasValues: boolean
  readonly onText: ((text: string) => void) | undefined
  readonly onAdd: (text: string) => void
}

function AddValue({ hasValues, onText, onAdd }: AddValueProps) {
  const [text, setText] = useState('')
  const type = (next: string) => {
    setText(next)
    onText?.(next)
  }
  const add = () => {
    if (text === '') return
    onAdd(text)
    type('')
  }
  return (
    <li className="flex h-7 items-center pl-6">
      <input
        aria-label="Add a value"
        placeholder={hasValues ? 'Add a value' : 'First value'}
        spellCheck={false}
        value={text}
        onChange={(event) => type(event.target.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          add()
        }}
        className="h-6 min-w-0 flex-1 rounded-sm bg-transparent px-1.5 font-mono text-xs outline-none placeholder:text-faint hover:bg-hover focus:bg-canvas focus:shadow-[inset_0_0_0_1.5px_var(--accent-blue)]"
      />
    </li>
  )
}
