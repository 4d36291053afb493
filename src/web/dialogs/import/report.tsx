import { CircleCheck, Undo2, Wrench } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { count } from '../../panels/count.ts'
import type { SourceFix } from '../../workers/import/group.ts'
import type { Reading } from '../../workers/import/protocol.ts'
import type { Verifying } from '../../workers/import/read-sources.ts'
import { GroupCard } from './group-card.tsx'
import { Kinds } from './kinds.tsx'
import { LeftAside } from './left-aside.tsx'
import type { Plan } from './plan.ts'
import type { Spot } from './source-pane.tsx'
import { Totals } from './totals.tsx'
import { TruthCard } from './truth-card.tsx'
import { WhatComes } from './what-comes.tsx'

interface ReportProps {
  readonly reading: Reading
  readonly plan: Plan
  readonly verifying: Verifying
  readonly spot: Spot | null
  readonly onSpot: (spot: Spot) => void
  readonly onFix: (fixes: readonly SourceFix[]) => void
  readonly onUnfix: () => void
}

/** Totals, what came by kind, then what was noticed: the heaviest first. */
export function Report({ reading: { summary, fixes, sources, truth }, plan, verifying, spot, onSpot, onFix, onUnfix }: ReportProps) {
  // A database has no statements.
  const isDatabase = Object.values(summary.totals).every((total) => total === 0)
  return (
    <section aria-label="Report" className="flex min-h-0 flex-col gap-3.5 overflow-y-auto border-l border-line-muted px-[18px] py-4">
      {isDatabase ? null : <Totals totals={summary.totals} />}
      <Kinds counts={summary.counts} lost={summary.totals.rejected} />
      <TruthCard verifying={verifying} truth={truth} />
      {fixes > 0 ? (
        <div className="flex items-center gap-2 rounded-lg bg-green/10 px-3 py-1.5 text-[12.5px]">
          <CircleCheck className="size-3.5 shrink-0 text-green" aria-hidden="true" />
          <span className="grow">{count(fixes, 'change')} to what was read; your file is as it was.</span>
          <Button size="sm" variant="ghost" onClick={onUnfix}>
            <Undo2 aria-hidden="true" />
            Take back
          </Button>
        </div>
      ) : null}
      {summary.fixAll ? (
        <Button className="justify-self-start self-start" onClick={() => onFix(summary.fixAll?.sources ?? [])}>
          <Wrench aria-hidden="true" />
          {summary.fixAll.title}
        </Button>
      ) : null}
      {summary.groups.length > 0 ? (
        <ol className="grid gap-2.5">
          {summary.groups.map((group) => (
            <GroupCard key={`${group.severity} ${group.code}`} group={group} files={sources} spot={spot} onSpot={onSpot} onFix={onFix} />
          ))}
        </ol>
      ) : (
        <p className="flex items-center gap-2 rounded-lg border border-line px-3 py-2.5 text-[12.5px] text-muted">
          <CircleCheck className="size-4 shrink-0 text-green" aria-hidden="true" />
          Nothing to look at: {isDatabase ? 'everything that was chosen was read.' : 'every statement was understood as it stands.'}
        </p>
      )}
      {summary.hidden > 0 ? <p className="text-xs text-faint">and {count(summary.hidden, 'more note')}.</p> : null}
      <WhatComes plan={plan} />
      <LeftAside verbatim={summary.verbatim} ignored={summary.ignored} onSpot={onSpot} />
    </section>
  )
}
