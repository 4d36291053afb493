import { Plus, X } from 'lucide-react'
import { quoteQualified, unquoteNames } from '#core/dialects/postgres.ts'
import { DEFAULT_NAMESPACE, type ObjectName } from '#core/schema/names.ts'
import { Button } from '../../../ui/button.tsx'
import { cn } from '../../../ui/cn.ts'
import { Input } from '../../../ui/input.tsx'
import { Switch } from '../../../ui/switch.tsx'
import type { Cell, Values } from '../fields.ts'
import { field } from '../specs/words.ts'
import { Choose } from './choose.tsx'
import { wordsIn } from './texts.tsx'
import { useTyped, type Spelling } from './use-typed.ts'

interface RowsProps {
  readonly label: string
  readonly cells: readonly Cell[]
  readonly blank: Values
  readonly add: string
  readonly value: readonly Values[]
  readonly disabled: boolean
  readonly onChange: (rows: readonly Values[]) => void
}

/** A list of small things with a few fields each: arguments, attributes, checks. */
export function Rows({ label, cells, blank, add, value, disabled, onChange }: RowsProps) {
  return (
    <div role="group" aria-label={label} className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      {value.map((row, at) => (
        // Rows have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className="flex min-w-0 items-center gap-1">
          {cells.map((cell) => (
            <RowCell
              key={cell.key}
              cell={cell}
              label={`${cell.label} ${at + 1}`}
              value={row[cell.key]}
              disabled={disabled}
              onChange={(next) => onChange(value.with(at, { ...row, [cell.key]: next }))}
            />
          ))}
          <Button
            variant="ghost"
            size="icon-sm"
            disabled={disabled}
            aria-label={`Take out ${at + 1}`}
            onClick={() => onChange(value.toSpliced(at, 1))}
          >
            <X aria-hidden="true" />
          </Button>
        </div>
      ))}
      {disabled ? null : (
        <Button variant="ghost" size="sm" className="justify-self-start" onClick={() => onChange([...value, blank])}>
          <Plus aria-hidden="true" /> {add}
        </Button>
      )}
    </div>
  )
}

interface RowCellProps {
  readonly cell: Cell
  readonly label: string
  readonly value: unknown
  readonly disabled: boolean
  readonly onChange: (value: unknown) => void
}

function RowCell({ cell, label, value, disabled, onChange }: RowCellProps) {
  if (cell.choices) {
    return (
      <Choose
        label={label}
        choices={cell.choices}
        value={value}
        disabled={disabled}
        className="h-6 w-[76px] shrink-0 px-1.5 text-xs"
        onChange={onChange}
      />
    )
  }
  const { as = 'text' } = cell
  if (as === 'flag')
    return <Switch aria-label={label} title={cell.label} checked={value === true} disabled={disabled} onCheckedChange={onChange} />
  return <TextCell spelling={spellings[as]} cell={cell} label={label} value={value} disabled={disabled} onChange={onChange} />
}

/** A text, or what is written as one. */
function TextCell({ cell, label, value, disabled, onChange, spelling }: RowCellProps & { readonly spelling: Spelling<unknown> }) {
  const [shown, setText] = useTyped(value, spelling)
  return (
    <Input
      size="sm"
      aria-label={label}
      placeholder={cell.label.toLowerCase()}
      className={cn('min-w-0 font-mono', cell.wide ? 'flex-[2]' : 'flex-1')}
      disabled={disabled}
      value={shown}
      onChange={(event) => {
        setText(event.target.value)
        onChange(event.target.value === '' && cell.isOptional ? null : spelling.read(event.target.value))
      }}
    />
  )
}

const spellings = {
  text: { write: (value) => (typeof value === 'string' ? value : ''), read: (text) => text },
  words: { write: (value) => (Array.isArray(value) ? value.join(', ') : ''), read: wordsIn },
  name: { write: (value) => (isName(value) ? quoteQualified(value) : ''), read: nameIn },
} satisfies Readonly<Record<string, Spelling<unknown>>>

const isName = (value: unknown): value is ObjectName =>
  typeof field(value, 'name') === 'string' && field(value, 'name') !== '' && typeof field(value, 'namespace') === 'string'

function nameIn(text: string): ObjectName {
  const [first = '', second] = unquoteNames(text)
  return second === undefined ? { namespace: DEFAULT_NAMESPACE, name: first } : { namespace: first, name: second }
}
