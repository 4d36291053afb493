import { useSyncExternalStore } from 'react'
import { FileWarning } from 'lucide-react'
import type { Diagnostic } from '#core/diagnostic.ts'
import { Button } from '../../ui/button.tsx'
import { DialogClose, DialogContent } from '../../ui/dialog.tsx'
import type { ReadingSession, ReadingState } from '../../workers/import/read-sources.ts'
import { Progress } from './progress.tsx'
import { ReportView } from './report-view.tsx'

interface ReadingSourcesProps {
  readonly session: ReadingSession
  readonly projectName: string | undefined
  /** Back to choosing; ends the reading. */
  readonly onBack: () => void
  /** The import is in the project. */
  readonly onDone: () => void
}

/** A reading as it goes: under way, refused, or done with its report. */
export function ReadingSources({ session, projectName, onBack, onDone }: ReadingSourcesProps) {
  const state = useSyncExternalStore(session.subscribe, () => session.state)
  switch (state.kind) {
    case 'reading':
      return <UnderWay state={state} onBack={onBack} />
    case 'refused':
      return <Refused diagnostics={state.diagnostics} onBack={onBack} />
    case 'done':
      return <ReportView session={session} reading={state.reading} views={state.views} projectName={projectName} onDone={onDone} onBack={onBack} />
  }
}

const stages = { opening: 'Opening', reading: 'Reading statements', 'summing up': 'Summing up' } as const

function UnderWay({ state, onBack }: { readonly state: Extract<ReadingState, { kind: 'reading' }>; readonly onBack: () => void }) {
  return (
    <DialogContent
      className="max-w-[440px]"
      title="Import"
      footer={
        <>
          <span className="mr-auto text-xs text-faint">Nothing has changed yet.</span>
          <Button onClick={onBack}>Cancel</Button>
        </>
      }
    >
      <Progress label={stages[state.stage]} share={state.stage === 'opening' ? null : state.share} />
    </DialogContent>
  )
}

/** Nothing could be read: what happened, what is safe, what to do. */
function Refused({ diagnostics, onBack }: { readonly diagnostics: readonly Diagnostic[]; readonly onBack: () => void }) {
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
            Try another file
          </Button>
        </>
      }
    >
      <ul className="grid max-h-[50vh] gap-3 overflow-y-auto">
        {diagnostics.map(({ code, message, hint, file, span }, at) => (
          <li key={`${code} ${at}`} className="flex gap-3 rounded-lg border border-red/45 px-3.5 py-3">
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
