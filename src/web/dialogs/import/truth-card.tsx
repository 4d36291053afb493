import { CircleCheck, CircleDashed } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { count, figure } from '../../panels/count.ts'
import type { TruthSummary } from '../../workers/import/protocol.ts'
import type { Verifying } from '../../workers/import/read-sources.ts'

interface TruthCardProps {
  readonly verifying: Verifying
  readonly truth: TruthSummary | null
}

/** What PostgreSQL says of it: under way, said, or not to be asked. */
export function TruthCard({ verifying, truth }: TruthCardProps) {
  if (verifying.kind === 'running') return <Running share={verifying.share} />
  if (verifying.kind === 'failed') {
    const { message, hint } = verifying.diagnostic
    return (
      <Card icon={<CircleDashed className="size-4 text-faint" aria-hidden="true" />}>
        <p>Not checked by PostgreSQL: it comes as it was read.</p>
        <p className="text-muted">
          {message} {hint}
        </p>
      </Card>
    )
  }
  return truth ? <Told truth={truth} /> : null
}

function Card({ icon, children }: { readonly icon: React.ReactNode; readonly children: React.ReactNode }) {
  return (
    <section aria-label="PostgreSQL" aria-live="polite" className="flex gap-2.5 rounded-lg border border-line px-3 py-2.5 text-[12.5px]">
      <span className="mt-0.5 shrink-0">{icon}</span>
      <div className="grid min-w-0 flex-1 gap-1 break-words">{children}</div>
    </section>
  )
}

function Running({ share }: { readonly share: number }) {
  const percent = Math.round(share * 100)
  return (
    <Card icon={<Spinner />}>
      <p className="flex justify-between">
        Checking with PostgreSQL <span className="font-mono text-xs text-muted tabular-nums">{percent} %</span>
      </p>
      <p className="text-muted">Import now, and it comes as it was read.</p>
    </Card>
  )
}

/** Objects listed before somebody asks for more. */
const FIRST = 3

function Told({ truth: { server, executed, unverified, unverifiedCount } }: { readonly truth: TruthSummary }) {
  const [isOpen, setOpen] = useState(false)
  const shown = isOpen ? unverified : unverified.slice(0, FIRST)
  const hidden = unverifiedCount - shown.length
  return (
    <Card icon={<CircleCheck className="size-4 text-green" aria-hidden="true" />}>
      <p>
        PostgreSQL {server} ran {count(executed.ran, 'statement')}
        {executed.refused > 0 ? ` and refused ${figure(executed.refused)}` : ''}. What comes is what it made of them.
      </p>
      {unverifiedCount > 0 ? (
        <>
          <p className="text-muted">Not verified, but kept as written:</p>
          <ul aria-label="Not verified" className="grid gap-0.5">
            {shown.map(({ name, reason }) => (
              <li key={`${name} ${reason}`}>
                <span className="font-mono text-xs">{name}</span> <span className="text-muted">{reason}</span>
              </li>
            ))}
            {hidden > 0 ? (
              <li>
                {isOpen ? (
                  <span className="text-faint">and {figure(hidden)} more</span>
                ) : (
                  <Button variant="link" className="text-xs" onClick={() => setOpen(true)}>
                    {figure(hidden)} more
                  </Button>
                )}
              </li>
            ) : null}
          </ul>
        </>
      ) : null}
    </Card>
  )
}
