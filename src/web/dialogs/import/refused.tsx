import { FileWarning } from 'lucide-react'
import type { Diagnostic } from '#core/diagnostic.ts'
import { Button } from '../../ui/button.tsx'
import { DialogClose, DialogContent } from '../../ui/dialog.tsx'

interface RefusedProps {
  readonly diagnostics: readonly Diagnostic[]
  readonly isDatabase: boolean
  readonly onBack: () => void
}

/** Nothing could be read: what happened, what is safe, what to do. */
export function Refused({ diagnostics, isDatabase, onBack }: RefusedProps) {
  return (
    <DialogContent
      className="max-w-[520px]"
      title="This could not be imported"
      footer={
        <>
          <span className="mr-auto text-xs text-faint">Nothing in the project has changed.</span>
          <DialogClose asChild>
            <Button>Close</Button>
          </DialogClose>
          <Button variant="primary" onClick={onBack}>
            {isDatabase ? 'Back' : 'Try another file'}
          </Button>
        </>
      }
    >
      <ul className="grid max-h-[50vh] gap-3 overflow-y-auto">
        {diagnostics.map(({ code, message, hint, file, span }) => (
          <li
            key={`${code} ${file ?? ''} ${span?.start ?? 0} ${message}`}
            className="flex gap-3 rounded-lg border border-red/45 px-3.5 py-3"
          >
            <FileWarning className="mt-0.5 size-4 shrink-0 text-red" aria-hidden="true" />
            <div className="grid min-w-0 gap-1">
              <p className="text-body font-medium break-words">{message}</p>
              {hint ? <p className="text-[12.5px] break-words text-muted">{hint}</p> : null}
              {span ? (
                <p className="font-mono text-2xs text-faint">
                  {file ? `${file}:` : ''}
                  {span.line}:{span.column}
                </p>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </DialogContent>
  )
}
