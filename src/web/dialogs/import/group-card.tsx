import { useState } from 'react'
import type { Severity } from '#core/diagnostic.ts'
import { Button } from '../../ui/button.tsx'
import { cn } from '../../ui/cn.ts'
import { figure } from '../../panels/count.ts'
import type { DiagnosticGroup, Place, SourceFix } from '../../workers/import/group.ts'
import type { ReadSource } from '../../workers/import/protocol.ts'
import type { Spot } from './source-pane.tsx'

interface GroupCardProps {
  readonly group: DiagnosticGroup
  readonly files: readonly ReadSource[]
  readonly spot: Spot | null
  readonly onSpot: (spot: Spot) => void
  readonly onFix: (fixes: readonly SourceFix[]) => void
}

const FIRST_PLACES = 6
const bullets: Readonly<Record<Severity, string>> = { error: 'bg-red', warning: 'bg-yellow', info: 'bg-transparent border border-mark' }
const spoken: Readonly<Record<Severity, string>> = { error: 'Problem', warning: 'Look', info: 'Note' }

/** One thing that was noticed, once or many times: what, where, why, and one button that mends it. */
export function GroupCard({ group, files, spot, onSpot, onFix }: GroupCardProps) {
  const [isOpen, setOpen] = useState(false)
  const { severity, title, hint, count, places, fix } = group
  const [first] = places
  const isOne = count === 1
  const more = places.length - FIRST_PLACES
  const sayWhat = new Set(places.map(({ message }) => message)).size > 1
  const go = ({ source, line }: Place) => onSpot({ source: Math.max(0, source), line: line - 1 })
  const nameOf = ({ source, line, column }: Place) => `${files.length > 1 ? `${files[source]?.file ?? ''}:` : ''}${line}:${column}`
  const isHere = ({ source, line }: Place) => spot !== null && spot.source === Math.max(0, source) && spot.line === line - 1

  return (
    <li className={cn('grid gap-1 rounded-lg border border-line px-3 py-2.5', severity === 'error' && 'border-red/45')}>
      <div className="flex items-baseline gap-2">
        <span className={cn('size-[7px] mt-[6.5px] shrink-0 self-start rounded-full', bullets[severity])}>
          <span className="sr-only">{spoken[severity]}:</span>
        </span>
        <h3 className="min-w-0 text-body font-[550] break-words">
          {title}
          {isOne ? null : (
            <span className="font-normal text-muted">
              {title.endsWith('.') ? ' ' : ', '}
              {figure(count)} times
            </span>
          )}
        </h3>
        {isOne && first ? <PlaceLink className="ml-auto" name={nameOf(first)} isHere={isHere(first)} onClick={() => go(first)} /> : null}
      </div>
      {hint ? <p className="text-[12.5px] break-words text-muted">{hint}</p> : null}
      {isOne ? null : (
        <ul className={cn('mt-0.5', isOpen && sayWhat ? 'grid gap-1' : 'flex flex-wrap items-center gap-x-2.5 gap-y-0.5')}>
          {places.slice(0, isOpen ? undefined : FIRST_PLACES).map((place) => (
            <li key={`${place.source} ${place.start} ${place.message}`} className="flex min-w-0 gap-2">
              <PlaceLink name={nameOf(place)} isHere={isHere(place)} onClick={() => go(place)} />
              {isOpen && sayWhat ? <span className="min-w-0 text-xs break-words text-muted">{place.message}</span> : null}
            </li>
          ))}
          {!isOpen && (more > 0 || sayWhat) ? (
            <li>
              <Button variant="link" className="text-xs" onClick={() => setOpen(true)}>
                {sayWhat ? 'one by one' : `${figure(more)} more`}
              </Button>
            </li>
          ) : null}
          {isOpen && count > places.length ? <li className="text-xs text-faint">and {figure(count - places.length)} more</li> : null}
        </ul>
      )}
      {fix ? (
        <Button size="sm" className="mt-1 justify-self-start" onClick={() => onFix(fix.sources)}>
          {fix.title}
        </Button>
      ) : null}
    </li>
  )
}

interface PlaceLinkProps {
  readonly name: string
  readonly isHere: boolean
  readonly onClick: () => void
  readonly className?: string
}

function PlaceLink({ name, isHere, onClick, className }: PlaceLinkProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      aria-label={`Show ${name} in the source`}
      className={cn(
        'h-5 shrink-0 rounded-xs px-1 font-mono text-[11.5px] text-faint underline-offset-2 hover:bg-hover hover:text-fg hover:underline',
        isHere && 'bg-blue/14 text-blue',
        className,
      )}
    >
      {name}
    </button>
  )
}
