import { Select, SelectContent, SelectItem, SelectTrigger } from '../../../ui/select.tsx'
import type { Choice } from '../fields.ts'

interface ChooseProps {
  readonly id?: string
  readonly label: string
  readonly choices: readonly Choice[]
  readonly value: unknown
  readonly placeholder?: string
  readonly disabled: boolean
  readonly className?: string
  readonly onChange: (value: unknown) => void
}

/** One of several; the values may be anything JSON holds. */
export function Choose({ id, label, choices, value, placeholder = 'Choose', disabled, className, onChange }: ChooseProps) {
  const keys = choices.map((choice) => JSON.stringify(choice.value))
  const at = keys.indexOf(JSON.stringify(value ?? null))
  return (
    <Select value={at < 0 ? '' : String(at)} disabled={disabled} onValueChange={(next) => onChange(choices[Number(next)]?.value)}>
      <SelectTrigger id={id} aria-label={label} placeholder={placeholder} className={className} />
      <SelectContent>
        {choices.map((choice, index) => (
          <SelectItem key={keys[index]} value={String(index)}>
            {choice.label}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  )
}
