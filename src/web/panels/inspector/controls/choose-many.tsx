import { ChevronDown } from 'lucide-react'
import { useId, useState } from 'react'
import { cn } from '../../../ui/cn.ts'
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from '../../../ui/command.tsx'
import { Popover, PopoverContent, PopoverTrigger } from '../../../ui/popover.tsx'
import { selectLook } from '../../../ui/select.tsx'
import type { Choice } from '../fields.ts'

export interface ChooseProps {
  readonly id?: string
  readonly label: string
  readonly choices: readonly Choice[]
  readonly value: unknown
  readonly placeholder?: string
  readonly disabled: boolean
  readonly className?: string
  readonly onChange: (value: unknown) => void
}

/** So many are drawn; the others come by typing. */
const SHOWN = 60

/** One of so many that one types to find it: a thousand tables open as fast as ten. */
export function ChooseMany({ id, label, choices, value, placeholder, disabled, className, onChange }: ChooseProps) {
  const [open, setOpen] = useState(false)
  const listId = useId()
  const chosen = choices.find((choice) => JSON.stringify(choice.value) === JSON.stringify(value ?? null))
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger
        id={id}
        role="combobox"
        aria-controls={listId}
        aria-haspopup="listbox"
        aria-label={label}
        aria-expanded={open}
        disabled={disabled}
        data-placeholder={chosen ? undefined : ''}
        className={cn(selectLook, className)}
      >
        <span>{chosen?.label ?? placeholder}</span>
        <ChevronDown className="size-3.5 shrink-0 text-muted" aria-hidden="true" />
      </PopoverTrigger>
      <PopoverContent id={listId} aria-label={label} className="flex max-h-72 w-(--radix-popover-trigger-width) min-w-56 flex-col p-0">
        <Options
          label={label}
          choices={choices}
          onChoose={(next) => {
            setOpen(false)
            onChange(next)
          }}
        />
      </PopoverContent>
    </Popover>
  )
}

function Options({ label, choices, onChoose }: Pick<ChooseProps, 'label' | 'choices'> & { readonly onChoose: (value: unknown) => void }) {
  const [query, setQuery] = useState('')
  const found = matching(choices, query)
  return (
    <Command label={label} shouldFilter={false} loop>
      <CommandInput autoFocus placeholder="Search" value={query} onValueChange={setQuery} className="text-xs" />
      <CommandList>
        <CommandEmpty>Nothing is called like this.</CommandEmpty>
        {found.slice(0, SHOWN).map((choice) => (
          <CommandItem key={choice.label} value={choice.label} className="h-7 text-xs" onSelect={() => onChoose(choice.value)}>
            <span className="truncate">{choice.label}</span>
          </CommandItem>
        ))}
        {found.length > SHOWN ? (
          <p className="px-2 py-1.5 text-2xs text-faint">and {found.length - SHOWN} more: type to find them</p>
        ) : null}
      </CommandList>
    </Command>
  )
}

/** Those that hold the text, those that begin with it first. */
function matching(choices: readonly Choice[], query: string): readonly Choice[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return choices
  const found = choices.filter(({ label }) => label.toLowerCase().includes(wanted))
  const begins = ({ label }: Choice) => (label.toLowerCase().startsWith(wanted) ? 0 : 1)
  return found.toSorted((a, b) => begins(a) - begins(b))
}
