import { Plus, X } from 'lucide-react'
import type { Id } from '#core/project/rows.ts'
import { useEditor } from '../../../state/editor.tsx'
import { Button } from '../../../ui/button.tsx'
import { Input } from '../../../ui/input.tsx'
import type { FormContext, Values } from '../fields.ts'
import { field } from '../specs/words.ts'
import { Choose } from './choose.tsx'

interface KeysProps {
  readonly label: string
  readonly parent: NonNullable<FormContext['parent']>
  readonly value: readonly Values[]
  /** Each key has an operator: exclusion constraints. */
  readonly operators: boolean
  /** Without order: partition keys. */
  readonly plain: boolean
  readonly disabled: boolean
  readonly onChange: (keys: readonly Values[]) => void
}

const orders = [
  { value: null, label: '–' },
  { value: 'asc', label: 'asc' },
  { value: 'desc', label: 'desc' },
]

/** The keys of an index, one below the other: a column or an expression, its operator class and order. */
export function Keys({ label, value, onChange, ...rest }: KeysProps) {
  const { parent, operators, disabled } = rest
  const columns = useKeyColumns(parent)
  return (
    <div role="group" aria-label={label} className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      {value.map((one, at) => (
        <KeyRow
          // Keys have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          key={at}
          {...rest}
          label={`${label} ${at + 1}`}
          columns={columns}
          value={one}
          onChange={(next) => onChange(next ? value.with(at, next) : value.toSpliced(at, 1))}
        />
      ))}
      {disabled ? null : (
        <Button
          variant="ghost"
          size="sm"
          className="justify-self-start"
          onClick={() => onChange([...value, blankKey(parent, columns, operators)])}
        >
          <Plus aria-hidden="true" /> Add a key
        </Button>
      )}
    </div>
  )
}

interface KeyRowProps extends Omit<KeysProps, 'value' | 'onChange'> {
  readonly columns: readonly { readonly id: Id; readonly name: string }[]
  readonly value: Values
  /** Null takes the key out. */
  readonly onChange: (key: Values | null) => void
}

function KeyRow({ label, parent, columns, value, operators, plain, disabled, onChange }: KeyRowProps) {
  const key = operators ? ((field(value, 'element') as Values | undefined) ?? {}) : value
  const put = (patch: Values) => onChange(operators ? { ...value, element: { ...key, ...patch } } : { ...key, ...patch })
  const small = { size: 'sm', disabled } as const
  return (
    <div className="flex min-w-0 items-center gap-1">
      <KeyTarget label={label} parent={parent} columns={columns} value={key} disabled={disabled} onChange={put} />
      {operators ? (
        <Input
          {...small}
          aria-label={`${label}: operator`}
          className="w-12 shrink-0 font-mono"
          value={String(field(value, 'operator') ?? '')}
          onChange={(event) => onChange({ ...value, operator: event.target.value })}
        />
      ) : null}
      {plain ? null : (
        <Input
          {...small}
          aria-label={`${label}: operator class`}
          placeholder="class"
          className="w-20 shrink-0 font-mono"
          value={String(key['opclass'] ?? '')}
          onChange={(event) => put({ opclass: event.target.value || null })}
        />
      )}
      {plain || operators ? null : (
        <Choose
          label={`${label}: order`}
          choices={orders}
          value={key['order'] ?? null}
          disabled={disabled}
          className="h-6 w-[70px] shrink-0 px-1.5 text-xs"
          onChange={(order) => put({ order, nulls: null })}
        />
      )}
      <Button variant="ghost" size="icon-sm" disabled={disabled} aria-label={`Take out ${label}`} onClick={() => onChange(null)}>
        <X aria-hidden="true" />
      </Button>
    </div>
  )
}

function blankKey(parent: NonNullable<FormContext['parent']>, columns: readonly { readonly id: Id }[], operators: boolean): Values {
  const [first] = columns
  const key = parent.kind === 'table' && first ? { columnId: first.id } : { viewColumn: '' }
  return operators ? { element: key, operator: '=' } : key
}

function useKeyColumns({ kind, id }: NonNullable<FormContext['parent']>): readonly { readonly id: Id; readonly name: string }[] {
  const { replica } = useEditor()
  return kind === 'table' ? replica.view.childrenOf('column', id) : []
}

interface KeyTargetProps {
  readonly label: string
  readonly parent: NonNullable<FormContext['parent']>
  readonly columns: readonly { readonly id: Id; readonly name: string }[]
  readonly value: Values
  readonly disabled: boolean
  readonly onChange: (patch: Values) => void
}

const expressionChoice = 'expression'

/** What a key is on: a column of the table, an expression, or a column of a view by name. */
function KeyTarget({ label, parent, columns, value, disabled, onChange }: KeyTargetProps) {
  if (parent.kind === 'view') {
    return (
      <Input
        size="sm"
        aria-label={label}
        placeholder="column"
        className="min-w-0 flex-1 font-mono"
        disabled={disabled}
        value={String(value['viewColumn'] ?? value['expression'] ?? '')}
        onChange={(event) =>
          onChange(typeof value['expression'] === 'string' ? { expression: event.target.value } : { viewColumn: event.target.value })
        }
      />
    )
  }
  const isExpression = typeof value['expression'] === 'string'
  return (
    <>
      <Choose
        label={label}
        choices={[...columns.map(({ id, name }) => ({ value: id, label: name })), { value: expressionChoice, label: 'Expression …' }]}
        value={isExpression ? expressionChoice : value['columnId']}
        disabled={disabled}
        className={`h-6 min-w-0 px-1.5 font-mono text-xs ${isExpression ? 'w-9 shrink-0 [&>span]:hidden' : 'flex-1'}`}
        onChange={(chosen) =>
          onChange(chosen === expressionChoice ? { columnId: null, expression: '' } : { columnId: chosen, expression: null })
        }
      />
      {isExpression ? (
        <Input
          size="sm"
          aria-label={`${label}: expression`}
          placeholder="lower(name)"
          className="min-w-0 flex-1 font-mono"
          disabled={disabled}
          value={String(value['expression'])}
          onChange={(event) => onChange({ expression: event.target.value })}
        />
      ) : null}
    </>
  )
}
