import { Trash2 } from 'lucide-react'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { quoteQualified } from '#core/dialects/postgres-names.ts'
import { typeParts } from '#core/dialects/postgres-types.ts'
import type { Id, Row } from '#core/project/rows.ts'
import { confirm } from '../../dialogs/confirm/confirm.tsx'
import { useAll, useEditor } from '../../state/editor.tsx'
import { newId } from '../../state/new-id.ts'
import { Button } from '../../ui/button.tsx'
import { Input } from '../../ui/input.tsx'
import { PopoverContent } from '../../ui/popover.tsx'
import { count } from '../count.ts'
import { EnumValues } from './enum-values-list.tsx'
import { enumChange, enumValue, textsOf, troubleWith, type EnumValue } from './enum-values.ts'

interface EditEnumProps {
  readonly type: Row<'enumType'>
  readonly onClose: () => void
}

/** An enum, edited in place: every change is saved as it is made. */
export function EditEnum({ type, onClose }: EditEnumProps) {
  const { edit, canEdit } = useEditor()
  const columns = useAll('column')
  const [name, setName] = useState(type.name)
  const [values, setValues] = useValues(type.values)
  const used = useMemo(() => usersOf(columns, type), [columns, type])

  const rename = () => {
    const wanted = name.trim()
    if (!wanted) setName(type.name)
    else if (wanted !== type.name) void edit('enumTypes.update', { id: type.id, name: wanted })
  }
  const keep = async (next: readonly EnumValue[]) => {
    setValues(next)
    const change = troubleWith(next) === null ? enumChange(type.values, textsOf(next)) : null
    if (!change) return
    const result = await edit('enumTypes.update', { id: type.id, ...change })
    if (result.kind === 'refused') setValues(type.values.map(enumValue))
  }
  const remove = async () => {
    onClose()
    const question = { title: `Delete the type ${type.name}?`, text: 'No column has this type.', action: 'Delete the type' }
    if (await confirm(question)) void edit('enumTypes.delete', { id: type.id })
  }

  return (
    <EnumFrame label={`Type ${type.name}`}>
      <NameField name={name} isLocked={!canEdit} onName={setName} onDone={rename} />
      <EnumValues values={values} isLocked={!canEdit} onDraft={setValues} onKeep={(next) => void keep(next)} />
      <footer className="flex h-9 shrink-0 items-center justify-between border-t border-line-muted pr-2 pl-3 text-2xs text-faint">
        {used === 0 ? 'not used yet' : `used by ${count(used, 'column')}`}
        {canEdit && used === 0 ? (
          <Button size="icon-sm" variant="ghost" aria-label={`Delete the type ${type.name}`} onClick={remove}>
            <Trash2 aria-hidden="true" />
          </Button>
        ) : null}
      </footer>
    </EnumFrame>
  )
}

interface NewEnumProps {
  readonly onClose: () => void
  /** The new type's id, once it is there. */
  readonly onMade: (id: Id) => void
}

/** A new enum: nothing is saved before it is made. */
export function NewEnum({ onClose, onMade }: NewEnumProps) {
  const { edit } = useEditor()
  const [name, setName] = useState('')
  const [values, setValues] = useState<readonly EnumValue[]>([])
  const isReady = name.trim() !== '' && troubleWith(values) === null
  const make = async () => {
    const id = newId()
    onClose()
    const result = await edit('enumTypes.create', { id, name: name.trim(), values: textsOf(values) })
    if (result.kind === 'ok') onMade(id)
  }
  return (
    <EnumFrame label="New type">
      <NameField name={name} isLocked={false} onName={setName} onDone={() => {}} />
      <EnumValues values={values} isLocked={false} onDraft={setValues} onKeep={setValues} />
      <footer className="flex justify-end gap-2 border-t border-line-muted px-3 py-2">
        <Button size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button size="sm" variant="primary" disabled={!isReady} onClick={make}>
          Create
        </Button>
      </footer>
    </EnumFrame>
  )
}

function EnumFrame({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <PopoverContent side="right" aria-label={label} className="flex max-h-[min(70vh,480px)] w-[264px] flex-col p-0">
      {children}
    </PopoverContent>
  )
}

interface NameFieldProps {
  readonly name: string
  readonly isLocked: boolean
  readonly onName: (name: string) => void
  readonly onDone: () => void
}

function NameField({ name, isLocked, onName, onDone }: NameFieldProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') event.currentTarget.blur()
  }
  return (
    <div className="border-b border-line-muted p-2">
      <Input
        aria-label="Type name"
        placeholder="Type name, order_status say"
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

/** The values as edited here, replaced when somebody else changes them. */
function useValues(texts: readonly string[]): readonly [readonly EnumValue[], (values: readonly EnumValue[]) => void] {
  const [known, setKnown] = useState(texts)
  const [values, setValues] = useState<readonly EnumValue[]>(() => texts.map(enumValue))
  if (known !== texts) {
    setKnown(texts)
    if (textsOf(values).join('\n') !== texts.join('\n')) setValues(texts.map(enumValue))
  }
  return [values, setValues]
}

/** Columns of the type, arrays of it included. */
function usersOf(columns: readonly Row<'column'>[], type: Row<'enumType'>): number {
  const spellings = new Set([quoteQualified(type), quoteQualified(type, { always: true })])
  return columns.filter((column) => spellings.has(typeParts(column.type).name)).length
}
