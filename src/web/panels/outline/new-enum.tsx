import { useRef, useState } from 'react'
import type { Id } from '#core/project/rows.ts'
import { useEditor } from '../../state/editor.tsx'
import { newId } from '../../state/new-id.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogContent } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'
import { NameField } from './enum-name-field.tsx'
import { EnumValues } from './enum-values-list.tsx'
import { enumValue, textsOf, troubleWith, type EnumValue } from './enum-values.ts'

interface NewEnumFormProps {
  readonly onClose: () => void
  /** The new type, once it is there. */
  readonly onMade: (id: Id, name: string) => void
}

/** A new enum: nothing is saved before it is made. */
export function NewEnumForm({ onClose, onMade }: NewEnumFormProps) {
  const { edit } = useEditor()
  const [name, setName] = useState('')
  const [values, setValues] = useState<readonly EnumValue[]>([])
  const unadded = useRef('')
  const isReady = name.trim() !== '' && troubleWith(values) === null
  const make = async () => {
    const all = unadded.current === '' ? values : [...values, enumValue(unadded.current)]
    if (troubleWith(all) !== null) return setValues(all)
    const id = newId()
    onClose()
    const result = await edit('enumTypes.create', { id, name: name.trim(), values: textsOf(all) })
    if (result.kind === 'ok') onMade(id, name.trim())
  }
  return (
    <>
      <NameField name={name} isLocked={false} onName={setName} onDone={() => {}} />
      <EnumValues
        values={values}
        isLocked={false}
        onDraft={setValues}
        onKeep={setValues}
        onUnadded={(text) => {
          unadded.current = text
        }}
      />
      <footer className="flex shrink-0 justify-end gap-2 border-t border-line-muted px-3 py-2">
        <Button size="sm" onClick={onClose}>
          Cancel
        </Button>
        {/* The field keeps the focus: a value that is added as it is left would push the button away from under the pointer. */}
        <Button size="sm" variant="primary" disabled={!isReady} onMouseDown={(event) => event.preventDefault()} onClick={make}>
          Create
        </Button>
      </footer>
    </>
  )
}

interface NewEnumDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** A new enum from anywhere: the outline may be closed, filtered or long. */
export function NewEnumDialog({ open, onOpenChange }: NewEnumDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="New enum type" flush className="max-w-[320px]" onOpenAutoFocus={focusField}>
        <NewEnumForm onClose={() => onOpenChange(false)} onMade={(_, name) => toast.success(`Type ${name} created`)} />
      </DialogContent>
    </Dialog>
  )
}

/** On the name, not on the button that closes. */
function focusField(event: Event): void {
  const field = event.target instanceof Element ? event.target.querySelector('input') : null
  if (!field) return
  event.preventDefault()
  field.focus()
}
