import { cn } from './cn.ts'

/** The mark: two tables and the line between them. Decorative; the name stands beside it or in the link's label. */
export function Logo({ className }: { readonly className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn('grid size-[22px] shrink-0 place-items-center rounded-[6px] bg-linear-135 from-blue to-purple', className)}
    >
      <svg viewBox="0 0 12 12" className="size-[55%]" fill="none" stroke="#0d1117" strokeWidth="1.6" strokeLinecap="round">
        <path d="M2.5 3h3.2v6h3.8M9.5 3H7.6" />
      </svg>
    </span>
  )
}
