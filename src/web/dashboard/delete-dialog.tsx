import { type FormEvent, useState } from 'react'
import type { ProjectSummary } from '../bridge/types.ts'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'

interface DeleteDialogProps {
  /** Null = closed. */
  readonly project: ProjectSummary | null
  readonly onClose: () => void
  readonly onDelete: (project: ProjectSummary) => void
}

/** Deleting a project asks for its name: nothing brings it back. */
export function DeleteDialog({ project, onClose, onDelete }: DeleteDialogProps) {
  return (
    <Dialog open={project !== null} onOpenChange={(open) => !open && onClose()}>
      {project ? <Content key={project.id} project={project} onDelete={onDelete} /> : null}
    </Dialog>
  )
}

function Content({ project, onDelete }: { readonly project: ProjectSummary; readonly onDelete: DeleteDialogProps['onDelete'] }) {
  const [typed, setTyped] = useState('')
  const agrees = typed.trim() === project.name
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (agrees) onDelete(project)
  }
  return (
    <DialogContent
      title={`Delete “${project.name}”?`}
      description={`${whatGoes(project.tables)} go with it. This cannot be undone.`}
      footer={
        <>
          <DialogClose asChild>
            <Button variant="ghost">Cancel</Button>
          </DialogClose>
          <Button type="submit" form="delete-project" variant="danger" disabled={!agrees}>
            Delete the project
          </Button>
        </>
      }
    >
      <form id="delete-project" onSubmit={submit}>
        <Field label="Type the project’s name to confirm">
          {(control) => (
            <Input
              {...control}
              size="lg"
              value={typed}
              placeholder={project.name}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          )}
        </Field>
      </form>
    </DialogContent>
  )
}

function whatGoes(tables: number): string {
  if (tables === 0) return 'Everything in it and its history'
  return `Its ${tables === 1 ? 'table' : `${tables} tables`} and its history`
}
