import { Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { quoteQualified } from '#core/dialects/postgres-names.ts'
import { typeParts } from '#core/dialects/postgres-types.ts'
import type { Id, Row } from '#core/project/rows.ts'
import { confirm } from '../../dialogs/confirm/confirm.tsx'
import { useAll, useEditor } from '../../state/editor.tsx'
import { Button } from '../../ui/button.tsx'
import { PopoverContent } from '../../ui/popover.tsx'
import { count } from '../count.ts'
import { NameField } from './enum-name-field.tsx'
import { EnumValues } from './enum-values-list.tsx'
import { enumChange, enumValue, textsOf, troubleWith, type EnumValue } from './enum-values.ts'
import { NewEnumForm } from './new-enum.tsx'

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

/** A new enum, beside what asked for it. */
export function NewEnum({ onClose, onMade }: NewEnumProps) {
  return (
    <EnumFrame label="New type">
      <NewEnumForm onClose={onClose} onMade={onMade} />
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
