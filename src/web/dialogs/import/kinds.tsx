import { figure, inNumber } from '../../panels/count.ts'
import { cn } from '../../ui/cn.ts'
import type { KindCount } from '../../workers/import/summary.ts'

/** What came, by kind, and what did not. */
export function Kinds({ counts, lost }: { readonly counts: readonly KindCount[]; readonly lost: number }) {
  return (
    <ul className="grid grid-cols-[repeat(4,auto)] gap-x-3 gap-y-1 text-[12.5px] whitespace-nowrap text-muted">
      {counts.map(({ kind, count }) => (
        <li key={kind} className={count === 0 ? 'text-faint' : ''}>
          <b className={cn('font-semibold tabular-nums', count > 0 && 'text-fg')}>{figure(count)}</b> {inNumber(count, kind)}
        </li>
      ))}
      <li className={lost > 0 ? 'text-red' : ''}>
        <b className={cn('font-semibold tabular-nums', lost === 0 && 'text-fg')}>{figure(lost)}</b> lost
      </li>
    </ul>
  )
}
