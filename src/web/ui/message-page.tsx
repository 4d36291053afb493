import { Link } from '@tanstack/react-router'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Logo } from './logo.tsx'

interface MessagePageProps {
  readonly icon: LucideIcon
  readonly title: string
  readonly text: ReactNode
  /** What to do next: buttons or links. */
  readonly children?: ReactNode
}

/** A whole page that says one thing and what to do next. */
export function MessagePage({ icon: Icon, title, text, children }: MessagePageProps) {
  return (
    <main className="grid min-h-dvh grid-rows-[auto_1fr] bg-canvas bg-dotted">
      <Link to="/" className="m-4 flex items-center gap-2.5 justify-self-start rounded-md text-sm font-semibold">
        <Logo /> SchemaFlow
      </Link>
      <div className="mx-auto flex max-w-md flex-col items-center justify-center gap-3 px-6 pb-32 text-center">
        <span className="grid size-11 place-items-center rounded-xl border bg-surface text-muted shadow-md">
          <Icon className="size-5" aria-hidden="true" />
        </span>
        <h1 className="mt-1 text-xl font-semibold tracking-tight">{title}</h1>
        <div className="text-sm text-balance text-muted">{text}</div>
        <div className="mt-3 flex flex-wrap justify-center gap-2">{children}</div>
      </div>
    </main>
  )
}
