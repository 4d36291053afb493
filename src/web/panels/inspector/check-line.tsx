import { unreachable } from '#core/unreachable.ts'
import { CircleAlert, CircleCheck, CircleDashed, LoaderCircle } from 'lucide-react'
import { cn } from '../../ui/cn.ts'
import type { Check } from './use-check.ts'

interface CheckLineProps {
  readonly check: Check
  readonly isChanged: boolean
  readonly isSaving: boolean
  readonly isNew: boolean
  readonly isSql: boolean
  /** What the object still lacks. */
  readonly missing: string | null
}

/** Whether PostgreSQL would take the change: said, never in the way. */
export function CheckLine({ check, ...form }: CheckLineProps) {
  const { icon: Icon, tone, text, more } = told(check, form)
  return (
    <div role="status" className={cn('flex min-w-0 items-center gap-1.5 text-xs', tone)}>
      <Icon aria-hidden="true" className={cn('size-3.5 shrink-0', check.kind === 'checking' && 'animate-spin')} />
      <span className="line-clamp-2" title={more ?? text}>
        {text}
      </span>
    </div>
  )
}

function told(check: Check, { isChanged, isSaving, isNew, isSql, missing }: Omit<CheckLineProps, 'check'>) {
  if (isSaving) return { icon: LoaderCircle, tone: 'text-faint', text: 'Saving' }
  if (!isChanged && isNew) return { icon: CircleDashed, tone: 'text-faint', text: 'Not made yet' }
  if (!isChanged) return { icon: CircleCheck, tone: 'text-faint', text: 'Saved' }
  if (missing !== null) return { icon: CircleDashed, tone: 'text-faint', text: missing }
  if (!isSql) return { icon: CircleAlert, tone: 'text-red', text: 'Not SQL yet' }
  switch (check.kind) {
    case 'holds':
      return { icon: CircleCheck, tone: 'text-green', text: 'Checked by PostgreSQL' }
    case 'refused': {
      const [first] = check.diagnostics
      return {
        icon: CircleAlert,
        tone: 'text-red',
        text: first?.message ?? '',
        more: [first?.message, first?.hint].filter(Boolean).join(' '),
      }
    }
    case 'notChecked':
      return { icon: CircleDashed, tone: 'text-faint', text: 'Not checked', more: check.why }
    case 'checking':
      return { icon: LoaderCircle, tone: 'text-faint', text: 'Asking PostgreSQL' }
    case 'idle':
      return { icon: CircleDashed, tone: 'text-faint', text: 'Not checked' }
    default:
      return unreachable(check)
  }
}
