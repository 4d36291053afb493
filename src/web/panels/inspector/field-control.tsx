import type { ReactNode } from 'react'
import type { Id } from '#core/project/rows.ts'
import { unreachable } from '#core/unreachable.ts'
import { Input, Textarea } from '../../ui/input.tsx'
import { Switch } from '../../ui/switch.tsx'
import { Choose } from './controls/choose.tsx'
import { Columns } from './controls/columns.tsx'
import { Events } from './controls/events.tsx'
import { Keys } from './controls/keys.tsx'
import { PartitionBy, PartitionOf } from './controls/partition.tsx'
import { ReferenceControl, type Reference } from './controls/reference.tsx'
import { Rows } from './controls/rows.tsx'
import { Tables } from './controls/tables.tsx'
import { Json, Options, Words } from './controls/texts.tsx'
import type { Control, Field, FormContext, Values } from './fields.ts'
import { SqlField } from './sql-field.tsx'
import { field as fieldOf } from './specs/words.ts'
import type { Frame, TextProblem } from './syntax.ts'

export interface FieldControlProps {
  readonly field: Field
  readonly id: string
  readonly noteId: string
  readonly value: unknown
  readonly values: Values
  readonly context: FormContext
  readonly disabled: boolean
  /** What PostgreSQL says against this field's text. */
  readonly problems: readonly TextProblem[]
  readonly onChange: (value: unknown) => void
  readonly onSyntax: (isSql: boolean) => void
}

/** The control of one field. What it edits is told by `field.control`; the value is the model's. */
export function FieldControl(props: FieldControlProps): ReactNode {
  const { field, id, noteId, value, values, context, disabled, onChange } = props
  const { control, label } = field
  const text = { id, describedBy: noteId, disabled }
  switch (control.kind) {
    case 'text':
      return <Text {...props} control={control} />
    case 'number':
      return <NumberField {...props} />
    case 'switch':
      return <Switch id={id} checked={value === true} disabled={disabled} onCheckedChange={onChange} aria-describedby={noteId} />
    case 'choice': {
      const all = typeof control.choices === 'function' ? control.choices(context, values) : control.choices
      return <Choose id={id} label={label} choices={all} value={value} disabled={disabled} className="w-full" onChange={onChange} />
    }
    case 'code':
      return <Code {...props} control={control} text={typeof value === 'string' ? value : ''} />
    case 'words':
      return (
        <Words
          {...text}
          value={strings(value)}
          onChange={onChange}
          {...(control.placeholder === undefined ? {} : { placeholder: control.placeholder })}
        />
      )
    case 'options':
      return <Options {...text} value={(value as Readonly<Record<string, string>> | undefined) ?? {}} onChange={onChange} />
    case 'body':
      return <Body {...props} />
    case 'json':
      return <Json {...text} value={value} onChange={onChange} />
    default:
      return <ListControl {...props} control={control} />
  }
}

type ListControlKind = 'columns' | 'tables' | 'keys' | 'events' | 'rows' | TableControlKind

/** Controls of several parts. */
function ListControl({ field, value, values, context, disabled, control, onChange }: PartProps<ListControlKind>) {
  const { label } = field
  const tableId: Id = context.parent?.id ?? ''
  switch (control.kind) {
    case 'columns':
      return <Columns label={label} tableId={tableId} value={strings(value)} disabled={disabled} onChange={onChange} />
    case 'tables':
      return <Tables label={label} tableId={tableId} value={strings(value)} disabled={disabled} onChange={onChange} />
    case 'keys':
      return context.parent ? (
        <Keys
          label={label}
          parent={context.parent}
          value={list(value)}
          operators={control.operators ?? false}
          plain={control.plain ?? false}
          disabled={disabled}
          onChange={onChange}
        />
      ) : null
    case 'events':
      return context.parent ? (
        <Events
          label={label}
          parent={context.parent}
          value={list(value) as unknown as Parameters<typeof Events>[0]['value']}
          disabled={disabled}
          onChange={onChange}
        />
      ) : null
    case 'rows':
      return (
        <Rows
          label={label}
          cells={control.cells}
          blank={control.blank}
          add={control.add}
          value={list(value)}
          disabled={disabled}
          onChange={onChange}
        />
      )
    default:
      return (
        <TableControl
          field={field}
          value={value}
          values={values}
          context={context}
          disabled={disabled}
          control={control}
          onChange={onChange}
        />
      )
  }
}

type TableControlKind = 'reference' | 'partitionBy' | 'partitionOf'
type PartProps<K extends Control['kind']> = Omit<FieldControlProps, 'id' | 'noteId' | 'problems' | 'onSyntax'> & {
  readonly control: ControlOf<K>
}

/** Controls that look at other tables. */
function TableControl({ field: { label }, value, values, context, disabled, control, onChange }: PartProps<TableControlKind>) {
  const tableId: Id = context.parent?.id ?? ''
  switch (control.kind) {
    case 'reference':
      return (
        <ReferenceControl
          label={label}
          tableId={tableId}
          value={referenceOf(value, values)}
          isFixed={values['references'] !== undefined}
          disabled={disabled}
          onChange={onChange}
        />
      )
    case 'partitionBy':
      return <PartitionBy label={label} tableId={tableId} value={value} disabled={disabled} onChange={onChange} />
    case 'partitionOf':
      return <PartitionOf label={label} tableId={tableId} value={value} disabled={disabled} onChange={onChange} />
    default:
      return unreachable(control)
  }
}

/** Of a new foreign key what has been chosen, of an existing one what it is. */
function referenceOf(value: unknown, values: Values): Reference {
  const target = fieldOf(values['references'], 'tableId')
  if (typeof target !== 'string') return value as Reference
  const targets = strings(fieldOf(values['references'], 'columnIds'))
  const columnPairs = strings(values['columnIds']).map((sourceColumnId, at) => ({ sourceColumnId, targetColumnId: targets[at] ?? null }))
  return { targetTableId: target, columnPairs }
}

const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])
// What a list of the model holds, its own control knows.
const list = (value: unknown): readonly Values[] => (Array.isArray(value) ? (value as readonly Values[]) : [])

type ControlOf<K extends Control['kind']> = Extract<Control, { kind: K }>

function Text({ field, id, noteId, value, disabled, control, onChange }: FieldControlProps & { readonly control: ControlOf<'text'> }) {
  const text = typeof value === 'string' ? value : ''
  const change = (next: string) => onChange(next === '' && control.isOptional ? null : next)
  const common = {
    id,
    'aria-describedby': noteId,
    disabled,
    value: text,
    placeholder: control.placeholder ?? (control.isOptional ? 'none' : ''),
  }
  if (field.key === 'comment') {
    const rows = Math.min(10, Math.max(2, text.split('\n').length))
    return <Textarea {...common} className="w-full resize-y" rows={rows} onChange={(event) => change(event.target.value)} />
  }
  return <Input {...common} className={control.mono ? 'w-full font-mono' : 'w-full'} onChange={(event) => change(event.target.value)} />
}

function NumberField({ id, noteId, value, disabled, onChange }: FieldControlProps) {
  const change = (text: string) => onChange(text.trim() === '' ? null : Number.isInteger(Number(text)) ? Number(text) : text)
  return (
    <Input
      id={id}
      aria-describedby={noteId}
      inputMode="numeric"
      className="w-24 font-mono"
      placeholder="default"
      disabled={disabled}
      value={value === null || value === undefined ? '' : String(value)}
      onChange={(event) => change(event.target.value)}
    />
  )
}

function Code({
  field,
  text,
  values,
  context,
  disabled,
  problems,
  control,
  onChange,
  onSyntax,
}: FieldControlProps & { readonly control: ControlOf<'code'>; readonly text: string }) {
  const frame = typeof control.frame === 'function' ? control.frame(values) : control.frame
  const table = context.parent?.kind === 'table' ? (context.view.get('table', context.parent.id)?.name ?? null) : null
  return (
    <SqlField
      label={field.label}
      text={text}
      frame={frame}
      lines={control.lines}
      table={frame === 'expression' ? table : null}
      readOnly={disabled}
      problems={problems}
      placeholder={control.placeholder ?? ''}
      onChange={(next) => onChange(next.trim() === '' && control.isOptional ? null : next)}
      onSyntax={onSyntax}
    />
  )
}

/** What a routine does: text in its language, or where its compiled code is. */
function Body(props: FieldControlProps) {
  const { value, values, disabled, onChange } = props
  if (fieldOf(value, 'kind') === 'object')
    return <Json id={props.id} describedBy={props.noteId} value={value} disabled={disabled} onChange={onChange} />
  const kind = fieldOf(value, 'kind') === 'sql' ? 'sql' : 'string'
  // The body of a SQL function is several statements, which may name arguments: the grammar reads those it can.
  const frame: Frame = kind === 'string' && values['language'] === 'sql' ? 'query' : 'none'
  const text = fieldOf(value, 'text')
  const control = { kind: 'code', frame, lines: 10 } as const
  return (
    <Code
      {...props}
      control={control}
      text={typeof text === 'string' ? text : ''}
      onChange={(next) => onChange({ kind, text: next ?? '' })}
    />
  )
}
