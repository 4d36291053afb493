import { CircleCheck, CircleX, Info, LoaderCircle, TriangleAlert } from 'lucide-react'
import { Toaster as Sonner } from 'sonner'

export { toast } from 'sonner'

/** Where short messages appear: bottom centre, above the tool bar. One at a time is read; none steals the focus. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-center"
      offset={72}
      gap={8}
      visibleToasts={3}
      icons={{
        success: <CircleCheck className="size-4 text-green" aria-hidden="true" />,
        error: <CircleX className="size-4 text-red" aria-hidden="true" />,
        warning: <TriangleAlert className="size-4 text-yellow" aria-hidden="true" />,
        info: <Info className="size-4 text-blue" aria-hidden="true" />,
        loading: <LoaderCircle className="size-4 animate-spin text-muted" aria-hidden="true" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: 'flex w-[380px] items-center gap-2.5 rounded-lg border bg-surface px-3.5 py-2.5 text-body text-fg shadow-lg',
          title: 'font-[550]',
          description: 'text-xs text-muted',
          actionButton:
            'ml-auto h-6 shrink-0 rounded-sm border border-line bg-raised px-2 text-xs font-[550] hover:bg-elevated focus-visible:outline-2 focus-visible:outline-ring',
          closeButton: 'order-last size-6 text-muted hover:text-fg',
        },
      }}
    />
  )
}
