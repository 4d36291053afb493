import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

/** Keys to press, as they are written on this machine. */
export function Kbd({ className, ...props }: ComponentProps<'kbd'>) {
  return <kbd className={cn('rounded-xs border border-line px-1 font-mono text-[10.5px] leading-4 text-faint', className)} {...props} />
}

/** The keys at the end of a menu's line. */
export function MenuShortcut({ keys }: { readonly keys: string }) {
  return <span className="ml-auto pl-6 font-mono text-2xs text-faint">{keys}</span>
}
