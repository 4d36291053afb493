import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { DialogContent } from '../../ui/dialog.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { bytes, count, duration } from '../../panels/count.ts'
import type { LineSource } from '../../panels/lines/code-line.ts'
import type { Reading } from '../../workers/import/protocol.ts'
import type { ReadingSession } from '../../workers/import/read-sources.ts'
import { ImportPlan } from './import-plan.tsx'
import type { Plan } from './plan.ts'
import { Report } from './report.tsx'
import { SourcePane, type Spot } from './source-pane.tsx'
import { useImport, type ImportStep } from './use-import.ts'

interface ReportViewProps {
  readonly session: ReadingSession
  readonly reading: Reading
  readonly views: readonly LineSource[]
  readonly projectName: string | undefined
  readonly onDone: () => void
  readonly onBack: () => void
}

/** What was read, beside its source: totals first, problems by weight, and the one step that changes the project. */
export function ReportView({ session, reading, views, projectName, onDone, onBack }: ReportViewProps) {
  const [spot, setSpot] = useState<Spot | null>(() => firstSpot(reading))
  const { plan, step, start, stop } = useImport(reading.schema, onDone)
  const isBusy = step !== null

  return (
    <DialogContent
      flush
      className="h-[min(780px,calc(100dvh-48px))] max-w-[1180px]"
      title="Import"
      aside={describe(reading)}
      onInteractOutside={(event) => event.preventDefault()}
      footer={
        <>
          <ImportPlan plan={plan} projectName={projectName} />
          <Button variant="ghost" onClick={onBack} disabled={isBusy}>
            Other files
          </Button>
          <Button onClick={isBusy ? stop : onDone} disabled={step === 'saving'}>
            Cancel
          </Button>
          <Button variant="primary" onClick={start} disabled={isBusy || plan.objects === 0}>
            {isBusy ? <Spinner /> : null}
            {stepText(step, plan)}
          </Button>
        </>
      }
    >
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(400px,472px)] max-md:grid-cols-1 max-md:grid-rows-2">
        <SourcePane sources={reading.sources} views={views} spot={spot} onSpot={setSpot} />
        <Report reading={reading} plan={plan} spot={spot} onSpot={setSpot} onFix={session.fix} onUnfix={session.unfix} />
      </div>
    </DialogContent>
  )
}

function stepText(step: ImportStep, plan: Plan): string {
  if (step === 'placing') return `Placing ${count(plan.newTables, 'table')}`
  if (step === 'saving') return 'Importing'
  const tables = plan.newTables + plan.changedTables
  if (tables > 0) return `Import ${count(tables, 'table')}`
  return plan.tables > 0 ? 'Import again' : `Import ${count(plan.objects, 'object')}`
}

/** `vaporform.sql, 17 kB, PostgreSQL SQL, read in 42 ms` */
function describe({ sources, format, took }: Reading): string {
  const [first] = sources
  const name = sources.length === 1 ? (first?.file ?? '') : count(sources.length, 'file')
  return [name, bytes(sources.reduce((sum, { size }) => sum + size, 0)), format, `read in ${duration(took)}`].join(', ')
}

/** The source opens at what weighs most. */
function firstSpot({ summary }: Reading): Spot | null {
  const group = summary.groups.find(({ severity, places }) => severity !== 'info' && places.length > 0)
  const place = group?.places[0]
  return place ? { source: place.source, line: place.line - 1 } : null
}
