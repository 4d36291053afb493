import type { KeyboardEvent } from 'react'
import { Input } from '../../ui/input.tsx'

interface NameFieldProps {
  readonly name: string
  readonly isLocked: boolean
  readonly onName: (name: string) => void
  readonly onDone: () => void
}

/** What an enum type is called. */
export function NameField({ name, isLocked, onName, onDone }: NameFieldProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') event.currentTarget.blur()
  }
  return (
    <div className="border-b border-line-muted p-2">
      <Input
        aria-label="Type name"
        placeholder="Type name, say order_status"
        className="w-full font-mono text-xs"
        maxLength={200}
        readOnly={isLocked}
        value={name}
        onChange={(event) => onName(event.target.value)}
        onBlur={onDone}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}
