import { Select, SelectContent, SelectItem, SelectTrigger } from '../../../ui/select.tsx'
import { ChooseMany, type ChooseProps } from './choose-many.tsx'

/** More choices than this are searched. */
const MANY = 24

/** One of several; the values may be anything JSON holds. */
export function Choose(props: ChooseProps) {
  return props.choices.length > MANY ? <ChooseMany {...props} placeholder={props.placeholder ?? 'Choose'} /> : <ChooseFew {...props} />
}

function ChooseFew({ id, label, choices, value, placeholder = 'Choose', disabled, className, onChange }: ChooseProps) {
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
