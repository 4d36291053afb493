import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn.ts'

interface EmptyStateProps {
  readonly icon: LucideIcon
  readonly title: string
  /** What this place is for. */
  readonly text: ReactNode
  /** The next actions. */
  readonly children?: ReactNode
  readonly className?: string
}

/** An empty place that says what it is for and what to do next. */
export function EmptyState({ icon: Icon, title, text, children, className }: EmptyStateProps) {
  return (
    <div className={cn('flex flex-col items-center gap-2 px-6 py-10 text-center', className)}>
      <span className="grid size-10 place-items-center rounded-xl border bg-raised text-muted">
        <Icon className="size-[18px]" aria-hidden="true" />
      </span>
      <h2 className="mt-1 text-sm font-semibold">{title}</h2>
      <div className="max-w-84 text-body text-balance text-muted">{text}</div>
      {children ? <div className="mt-3 flex flex-wrap justify-center gap-2">{children}</div> : null}
    </div>
  )
}
