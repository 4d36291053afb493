import { figure } from '../../panels/count.ts'
import { Tooltip } from '../../ui/tooltip.tsx'
import type { StatementKind } from '../../workers/import/summary.ts'
import type { Spot } from './source-pane.tsx'

interface LeftAsideProps {
  readonly verbatim: readonly StatementKind[]
  readonly ignored: readonly StatementKind[]
  readonly onSpot: (spot: Spot) => void
}

/** What has no place in the picture: kept word for word, or left out on purpose. Every statement is accounted for. */
export function LeftAside({ verbatim, ignored, onSpot }: LeftAsideProps) {
  return (
    <div className="mt-auto grid gap-2 text-xs text-muted">
      <Line title="Kept word for word" why="Written out again in their place, exactly as they came." kinds={verbatim} onSpot={onSpot} />
      <Line title="Left out" why="Owners, settings, rows of data and the like: no part of the picture." kinds={ignored} onSpot={onSpot} />
    </div>
  )
}

interface LineProps {
  readonly title: string
  readonly why: string
  readonly kinds: readonly StatementKind[]
  readonly onSpot: (spot: Spot) => void
}

function Line({ title, why, kinds, onSpot }: LineProps) {
  if (kinds.length === 0) return null
  return (
    <p>
      <Tooltip text={why} side="top">
        <span tabIndex={0} className="mr-2 font-medium text-fg">
          {title}
        </span>
      </Tooltip>
      {kinds.map(({ kind, count, place }, at) => (
        <span key={kind}>
          <button
            type="button"
            onClick={() => onSpot({ source: Math.max(0, place.source), line: place.line - 1 })}
            className="rounded-xs underline-offset-2 hover:text-fg hover:underline"
          >
            {kind}
            {count > 1 ? <span className="text-faint tabular-nums"> {figure(count)}</span> : null}
          </button>
          {at < kinds.length - 1 ? ', ' : ''}
        </span>
      ))}
    </p>
  )
}
