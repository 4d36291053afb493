import type { MouseEvent } from 'react'
import type { Severity } from '#core/diagnostic.ts'
import type { ReadSource } from '../../workers/import/protocol.ts'

interface RulerProps {
  readonly ticks: ReadSource['ticks']
  readonly lineCount: number
  readonly onLine: (line: number) => void
}

const tones: Readonly<Record<Severity, string>> = { error: 'bg-red', warning: 'bg-yellow', info: 'bg-blue/60' }

/** The whole source in a strip: where something was noticed. A click goes to the nearest. The cards say the same in words. */
export function Ruler({ ticks, lineCount, onLine }: RulerProps) {
  if (ticks.length === 0 || lineCount < 60) return null
  const go = (event: MouseEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const line = ((event.clientY - box.top) / box.height) * lineCount
    const [nearest] = ticks.toSorted((a, b) => Math.abs(a.line - line) - Math.abs(b.line - line))
    if (nearest) onLine(nearest.line)
  }
  return (
    <div aria-hidden onClick={go} className="absolute inset-y-0 right-3 w-2.5 cursor-pointer">
      {ticks.toReversed().map(({ line, severity }) => (
        <span
          key={`${line} ${severity}`}
          className={`absolute right-0 h-0.5 w-2 rounded-full ${tones[severity]}`}
          style={{ top: `calc(${(line / lineCount) * 100}% - 1px)` }}
        />
      ))}
    </div>
  )
}
