import { useState } from 'react'
import { cn } from '../../ui/cn.ts'
import type { Reading } from '../../workers/import/protocol.ts'
import type { Done, ReadingSession, Verifying } from '../../workers/import/read-sources.ts'
import type { Plan } from './plan.ts'
import { Report } from './report.tsx'
import { SourcePane, type Spot } from './source-pane.tsx'

interface ReportBodyProps {
  readonly session: ReadingSession
  readonly done: Done
  readonly plan: Plan
  readonly verifying: Verifying
  /** Fixes are being carried out: what is shown is about to change. */
  readonly isReading: boolean
}

/** The source on the left, what was made of it on the right. */
export function ReportBody({ session, done: { reading, views }, plan, verifying, isReading }: ReportBodyProps) {
  const [spot, setSpot] = useState<Spot | null>(() => firstSpot(reading))
  return (
    <div
      inert={isReading}
      className={cn(
        'grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(400px,472px)] transition-opacity max-md:grid-cols-1 max-md:grid-rows-2',
        isReading && 'opacity-60 delay-200',
      )}
    >
      <SourcePane sources={reading.sources} views={views} spot={spot} onSpot={setSpot} />
      <Report
        reading={reading}
        plan={plan}
        verifying={verifying}
        spot={spot}
        onSpot={setSpot}
        onFix={session.fix}
        onUnfix={session.unfix}
      />
    </div>
  )
}

/** The source opens at what weighs most. */
function firstSpot({ summary }: Reading): Spot | null {
  const group = summary.groups.find(({ severity, places }) => severity !== 'info' && places.length > 0)
  const place = group?.places[0]
  return place ? { source: Math.max(0, place.source), line: place.line - 1 } : null
}
