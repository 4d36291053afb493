import { useMemo } from 'react'
import { cn } from '../../ui/cn.ts'
import { CodeLines, type Band } from '../../panels/lines/code-lines.tsx'
import type { LineSource } from '../../panels/lines/code-line.ts'
import type { ReadSource } from '../../workers/import/protocol.ts'
import { Ruler } from './ruler.tsx'

/** A place in a source: lines count from 0. Another object scrolls there again. */
export interface Spot {
  readonly source: number
  readonly line: number
}

interface SourcePaneProps {
  readonly sources: readonly ReadSource[]
  readonly views: readonly LineSource[]
  readonly spot: Spot | null
  readonly onSpot: (spot: Spot) => void
}

/** The source as it was dropped, with every noticed place marked. */
export function SourcePane({ sources, views, spot, onSpot }: SourcePaneProps) {
  const shown = Math.max(0, Math.min(spot?.source ?? 0, sources.length - 1))
  const source = sources[shown]
  const bands = useMemo<readonly Band[]>(
    () => source?.ticks.map(({ line, severity }) => ({ from: line, to: line + 1, tone: severity })) ?? [],
    [source],
  )
  return (
    <div className="flex min-h-0 min-w-0 flex-col bg-canvas">
      {sources.length > 1 ? (
        <Files sources={sources} shown={shown} onShow={(at) => onSpot({ source: at, line: sources[at]?.ticks[0]?.line ?? 0 })} />
      ) : null}
      <CodeLines
        key={shown}
        source={views[shown] ?? null}
        label={`Source ${source?.file ?? ''}`}
        bands={bands}
        reveal={spot?.source === shown ? spot : null}
      >
        <Ruler ticks={source?.ticks ?? []} lineCount={source?.lineCount ?? 0} onLine={(line) => onSpot({ source: shown, line })} />
      </CodeLines>
    </div>
  )
}

function Files({
  sources,
  shown,
  onShow,
}: {
  readonly sources: readonly ReadSource[]
  readonly shown: number
  readonly onShow: (at: number) => void
}) {
  return (
    <div role="group" aria-label="Files" className="flex shrink-0 gap-1 overflow-x-auto border-b border-line-muted bg-surface px-2 py-1.5">
      {sources.map(({ file, ticks }, at) => (
        <button
          key={file}
          type="button"
          aria-pressed={at === shown}
          onClick={() => onShow(at)}
          className={cn(
            'flex h-6 shrink-0 items-center gap-1.5 rounded-sm px-2 font-mono text-2xs text-muted hover:bg-hover hover:text-fg',
            at === shown && 'bg-raised text-fg',
          )}
        >
          {file}
          {ticks.some(({ severity }) => severity !== 'info') ? (
            <span className={cn('size-1.5 rounded-full', ticks[0]?.severity === 'error' ? 'bg-red' : 'bg-yellow')} />
          ) : null}
        </button>
      ))}
    </div>
  )
}
