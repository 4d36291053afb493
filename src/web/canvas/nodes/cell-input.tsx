import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'

/** How a cell was left. */
export type Leaving = 'enter' | 'tab' | 'backtab' | 'escape' | 'blur' | 'right'

interface CellInputProps {
  readonly label: string
  readonly value: string
  readonly mono?: boolean
  readonly placeholder?: string
  /** Called with the new text, only when it differs and is not empty. */
  readonly onCommit: (text: string) => void
  readonly onDone: (how: Leaving) => void
}

/** Text in place, in exactly the space of what it replaces. Enter and Tab keep the change, Escape drops it, leaving keeps it. */
export function CellInput({ label, value, mono = false, placeholder, onCommit, onDone }: CellInputProps): ReactNode {
  const [text, setText] = useState(value)
  const ref = useRef<HTMLInputElement>(null)
  const done = useRef(false)
  useEffect(() => {
    ref.current?.focus({ preventScroll: true })
    ref.current?.select()
  }, [])
  const leave = (how: Leaving): void => {
    if (done.current) return
    done.current = true
    const kept = text.trim()
    if (how !== 'escape' && kept && kept !== value) onCommit(kept)
    onDone(how)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    event.stopPropagation()
    const how = leavingBy(event)
    if (!how) return
    event.preventDefault()
    leave(how)
  }
  return (
    <input
      ref={ref}
      className={`sf-cell nopan nodrag${mono ? ' sf-mono' : ''}`}
      aria-label={label}
      value={text}
      placeholder={placeholder}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setText(event.target.value)}
      onBlur={() => leave('blur')}
      onKeyDown={onKeyDown}
    />
  )
}

function leavingBy({ key, shiftKey, currentTarget, nativeEvent }: KeyboardEvent<HTMLInputElement>): Leaving | null {
  // Enter also ends an input method's composition.
  if (nativeEvent.isComposing) return null
  if (key === 'Enter') return 'enter'
  if (key === 'Escape') return 'escape'
  if (key === 'Tab') return shiftKey ? 'backtab' : 'tab'
  const atEnd = currentTarget.selectionStart === currentTarget.value.length && currentTarget.selectionEnd === currentTarget.value.length
  return key === 'ArrowRight' && atEnd ? 'right' : null
}
