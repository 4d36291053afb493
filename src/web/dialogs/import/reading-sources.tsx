import { useEffect, useRef, useSyncExternalStore } from 'react'
import { Button } from '../../ui/button.tsx'
import { DialogContent } from '../../ui/dialog.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { bytes, count, duration } from '../../panels/count.ts'
import type { Reading, ReadingStage } from '../../workers/import/protocol.ts'
import type { ReadingSession, ReadingState } from '../../workers/import/read-sources.ts'
import { ImportPlan } from './import-plan.tsx'
import type { Plan } from './plan.ts'
import { Progress } from './progress.tsx'
import { Refused } from './refused.tsx'
import { ReportBody } from './report-body.tsx'
import { useImport, type ImportStep } from './use-import.ts'

interface ReadingSourcesProps {
  readonly session: ReadingSession
  readonly projectName: string | undefined
  /** A database is read, not files. */
  readonly isDatabase: boolean
  /** Back to choosing; ends the reading. */
  readonly onBack: () => void
  /** The import is in the project, or was given up. */
  readonly onDone: () => void
}

/** A reading as it goes: under way, refused, or done with its report and the one step that changes the project. */
export function ReadingSources({ session, projectName, isDatabase, onBack, onDone }: ReadingSourcesProps) {
  const state = useSyncExternalStore(session.subscribe, () => session.state)
  const last = state.kind === 'refused' ? null : state.last
  const { plan, step, start, stop } = useImport(last?.reading.schema ?? null, onDone)
  // What is imported is what is shown: PostgreSQL's word comes too late from here on.
  const importIt = () => {
    session.settle()
    start()
  }
  const isReading = state.kind === 'reading'
  const isBusy = step !== null
  const importButton = useFocusWhen(plan !== null && !isReading)
  if (state.kind === 'refused') return <Refused diagnostics={state.diagnostics} isDatabase={isDatabase} onBack={onBack} />

  return (
    <DialogContent
      flush
      className="h-[min(780px,calc(100dvh-48px))] max-w-[1180px]"
      title="Import"
      aside={last ? describe(last.reading, isDatabase) : null}
      onInteractOutside={(event) => event.preventDefault()}
      onOpenAutoFocus={(event) => {
        // Not on the cross: Enter would close it.
        event.preventDefault()
        if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
      }}
      footer={
        <>
          {plan ? (
            <ImportPlan plan={plan} projectName={projectName} />
          ) : (
            <span className="mr-auto text-xs text-faint">Nothing has changed yet.</span>
          )}
          <Button variant="ghost" onClick={onBack} disabled={isBusy}>
            {isDatabase ? 'Choose again' : 'Other files'}
          </Button>
          <Button onClick={isBusy ? stop : isReading ? onBack : onDone} disabled={step === 'saving'}>
            Cancel
          </Button>
          <Button ref={importButton} variant="primary" onClick={importIt} disabled={isBusy || isReading || !plan || plan.objects === 0}>
            {isBusy ? <Spinner /> : null}
            {plan ? stepText(step, plan) : 'Import'}
          </Button>
        </>
      }
    >
      {last && plan ? (
        <ReportBody
          session={session}
          done={last}
          plan={plan}
          verifying={state.kind === 'done' ? state.verifying : idle}
          isReading={isReading}
        />
      ) : (
        <UnderWay state={state} />
      )}
    </DialogContent>
  )
}

/** Focuses a button as soon as it can be pressed, unless somebody is elsewhere already. */
function useFocusWhen(isReady: boolean) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const { activeElement } = document
    if (isReady && (activeElement === document.body || activeElement?.getAttribute('role') === 'dialog')) button.current?.focus()
  }, [isReady])
  return button
}

const idle = { kind: 'idle' } as const

const stages: Readonly<Record<ReadingStage, { readonly label: string; readonly isMeasured: boolean }>> = {
  connecting: { label: 'Connecting', isMeasured: false },
  opening: { label: 'Opening', isMeasured: false },
  reading: { label: 'Reading statements', isMeasured: true },
  'reading the database': { label: 'Reading the database', isMeasured: true },
  'summing up': { label: 'Summing up', isMeasured: true },
}

function UnderWay({ state }: { readonly state: ReadingState }) {
  if (state.kind !== 'reading') return null
  return (
    <div className="grid flex-1 place-items-center bg-canvas">
      <div className="w-[360px] max-w-full px-6">
        <Progress label={stages[state.stage].label} share={stages[state.stage].isMeasured ? state.share : null} />
      </div>
    </div>
  )
}

function stepText(step: ImportStep, plan: Plan): string {
  if (step === 'placing') return `Placing ${count(plan.newTables, 'table')}`
  if (step === 'saving') return 'Importing'
  const tables = plan.newTables + plan.changedTables
  if (tables > 0) return `Import ${count(tables, 'table')}`
  if (plan.tables > 0) return 'Import again'
  return plan.objects > 0 ? `Import ${count(plan.objects, 'object')}` : 'Nothing to import'
}

/** `vaporform.sql, 17 kB, PostgreSQL SQL, read in 42 ms` */
function describe({ sources, format, took }: Reading, isDatabase: boolean): string {
  const [first] = sources
  if (isDatabase) return [first?.file ?? '', format, `read in ${duration(took)}`].join(', ')
  const name = sources.length === 1 ? (first?.file ?? '') : count(sources.length, 'file')
  return [name, bytes(sources.reduce((sum, { size }) => sum + size, 0)), format, `read in ${duration(took)}`].join(', ')
}
