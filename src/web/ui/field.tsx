import { type ReactNode, useId } from 'react'
import { cn } from './cn.ts'

interface FieldProps {
  readonly label: string
  readonly hint?: ReactNode
  /** What is wrong and what to do; shown instead of the hint. */
  readonly error?: string | undefined
  readonly className?: string
  /** Draws the control with these attributes, which tie label, hint and error to it. */
  readonly children: (control: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode
}

/** A labelled control with its hint or error below. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId()
  return (
    <div className={cn('grid gap-1.5', className)}>
      <label htmlFor={id} className="text-[12.5px] font-[550] text-fg">
        {label}
      </label>
      {children({ id, 'aria-describedby': `${id}-note`, 'aria-invalid': error !== undefined })}
      <div id={`${id}-note`} aria-live="polite" className={cn('text-xs empty:hidden', error ? 'text-red' : 'text-faint')}>
        {error ?? hint}
      </div>
    </div>
  )
}
