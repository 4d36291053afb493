import { GripVertical, X } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { cn } from '../../ui/cn.ts'
import { enumValue, moveValue, troubleWith, type EnumValue } from './enum-values.ts'

interface EnumValuesProps {
  readonly values: readonly EnumValue[]
  readonly isLocked: boolean
  /** While typing. */
  readonly onDraft: (values: readonly EnumValue[]) => void
  /** When a change is complete. */
  readonly onKeep: (values: readonly EnumValue[]) => void
}

/** The values of an enum, in their order: rename by typing, move by the grip or with Alt and the arrow keys, add below. */
export function EnumValues({ values, isLocked, onDraft, onKeep }: EnumValuesProps) {
  const [dragged, setDragged] = useState<number | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const trouble = troubleWith(values)

  const focus = (at: number) => setTimeout(() => list.current?.querySelectorAll('input')[at]?.focus())
  const move = (from: number, to: number) => {
    onKeep(moveValue(values, from, to))
    focus(Math.max(0, Math.min(to, values.length - 1)))
  }
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (step !== 0) {
      event.preventDefault()
      if (event.altKey) move(at, at + step)
      else focus(at + step)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      onKeep(values)
      focus(at + 1)
    } else if (event.key === 'Backspace' && values[at]?.text === '') {
      event.preventDefault()
      onKeep(values.toSpliced(at, 1))
      focus(Math.max(0, at - 1))
    }
  }
  const drop = (event: DragEvent, at: number) => {
    event.preventDefault()
    if (dragged !== null && dragged !== at) onKeep(moveValue(values, dragged, at))
    setDragged(null)
  }

  return (
    <>
      <ul ref={list} aria-label="Values, in order" className="min-h-0 overflow-y-auto p-1.5">
        {values.map((value, at) => (
          <li
            key={value.key}
            onDragOver={(event) => dragged !== null && event.preventDefault()}
            onDrop={(event) => drop(event, at)}
            className={cn('group/value flex h-7 items-center gap-1 rounded-sm', dragged === at && 'opacity-40')}
          >
            {isLocked ? null : (
              <span draggable onDragStart={() => setDragged(at)} onDragEnd={() => setDragged(null)} className="grid h-6 w-5 shrink-0 cursor-grab place-items-center text-mark">
                <GripVertical className="size-3" aria-hidden="true" />
              </span>
            )}
            <input
              aria-label={`Value ${at + 1}`}
              spellCheck={false}
              readOnly={isLocked}
              value={value.text}
              onChange={(event) => onDraft(values.with(at, { ...value, text: event.target.value }))}
              onBlur={() => onKeep(values)}
              onKeyDown={(event) => onKeyDown(event, at)}
              className="h-6 min-w-0 flex-1 rounded-sm bg-transparent px-1.5 font-mono text-xs outline-none hover:bg-hover focus:bg-canvas focus:shadow-[inset_0_0_0_1.5px_var(--accent-blue)]"
            />
            {isLocked ? null : (
              <Button
                variant="ghost"
                size="icon-sm"
                className="opacity-0 group-hover/value:opacity-100 focus-visible:opacity-100"
                aria-label={`Remove ${value.text}`}
                onClick={() => onKeep(values.toSpliced(at, 1))}
              >
                <X aria-hidden="true" />
              </Button>
            )}
          </li>
        ))}
        {isLocked ? null : <AddValue hasValues={values.length > 0} onAdd={(text) => onKeep([...values, enumValue(text)])} />}
      </ul>
      {trouble ? (
        <p role="alert" className="border-t border-line-muted px-3 py-1.5 text-xs text-red">
          {trouble}
        </p>
      ) : null}
    </>
  )
}

function AddValue({ hasValues, onAdd }: { readonly hasValues: boolean; readonly onAdd: (text: string) => void }) {
  const [text, setText] = useState('')
  const add = () => {
    if (text === '') return
    onAdd(text)
    setText('')
  }
  return (
    <li className="flex h-7 items-center pl-6">
      <input
        aria-label="Add a value"
        placeholder={hasValues ? 'Add a value' : 'First value'}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
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
