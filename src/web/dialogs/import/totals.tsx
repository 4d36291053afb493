import type { Outcome } from '#formats/format.ts'
import { figure } from '../../panels/count.ts'

const parts: readonly { readonly outcome: Outcome; readonly label: string; readonly colour: string }[] = [
  { outcome: 'modelled', label: 'understood', colour: 'bg-green' },
  { outcome: 'verbatim', label: 'kept as text', colour: 'bg-blue' },
  { outcome: 'repaired', label: 'repaired', colour: 'bg-yellow' },
  { outcome: 'rejected', label: 'need you', colour: 'bg-red' },
]

/** How the statements ended, as a bar and in figures. What was left out on purpose (data, settings) is said below, not counted here. */
export function Totals({ totals }: { readonly totals: Readonly<Record<Outcome, number>> }) {
  return (
    <div className="grid gap-2.5">
      <div aria-hidden className="flex h-1.5 gap-0.5 overflow-hidden rounded-full">
        {parts.map(({ outcome, colour }) =>
          totals[outcome] > 0 ? (
            <span key={outcome} className={`${colour} min-w-1.5`} style={{ flexGrow: totals[outcome], flexBasis: 0 }} />
          ) : null,
        )}
      </div>
      <ul className="flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-muted">
        {parts.map(({ outcome, label, colour }) => (
          <li key={outcome} className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2 rounded-[2px] ${colour} ${totals[outcome] === 0 ? 'opacity-40' : ''}`} />
            <span>
              <b className="font-semibold text-fg tabular-nums">{figure(totals[outcome])}</b>{' '}
              {outcome === 'rejected' && totals[outcome] === 1 ? 'needs you' : label}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
