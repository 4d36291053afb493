import { LoaderCircle } from 'lucide-react'
import { cn } from './cn.ts'

/** Something is being done. Say what, beside it. */
export function Spinner({ className }: { readonly className?: string }) {
  return <LoaderCircle aria-hidden="true" className={cn('size-3.5 animate-spin', className)} />
}
