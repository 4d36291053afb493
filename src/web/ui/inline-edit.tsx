import { type KeyboardEvent, useState } from 'react'
import { cn } from './cn.ts'
import { Input } from './input.tsx'

interface InlineEditProps {
  readonly value: string
  /** What it is: "Project name". */
  readonly label: string
  /** The longest text taken. */
  readonly maxLength: number
  readonly onChange: (value: string) => void
  /** Called when editing ends, whatever came of it. */
  readonly onDone: () => void
  readonly className?: string
}

/** A text in edit: Enter or leaving takes it, Escape does not. An empty text leaves the old one. */
export function InlineEdit({ value, label, maxLength, onChange, onDone, className }: InlineEditProps) {
  const [text, setText] = useState(value)
  const finish = (take: boolean) => {
    const next = text.trim()
    if (take && next && next !== value) onChange(next)
    onDone()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Enter') finish(true)
    if (event.key === 'Escape') finish(false)
  }
  return (
    <Input
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- it appears because the person asked to type here
      autoFocus
      aria-label={label}
      value={text}
      maxLength={maxLength}
      onChange={(event) => setText(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => finish(true)}
      onKeyDown={onKeyDown}
      className={cn('field-sizing-content min-w-24', className)}
    />
  )
}
