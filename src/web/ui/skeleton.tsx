import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

/** The place of something that is on its way, in its size. */
export function Skeleton({ className, ...props }: ComponentProps<'div'>) {
  return <div aria-hidden="true" className={cn('animate-pulse rounded-md bg-raised', className)} {...props} />
}
