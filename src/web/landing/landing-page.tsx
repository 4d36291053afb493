import { Link } from '@tanstack/react-router'
import { ArrowRight, FileUp } from 'lucide-react'
import { useStartProject } from '../account/use-start-project.ts'
import type { Viewer } from '../bridge/types.ts'
import { Button, buttonStyle } from '../ui/button.tsx'
import { Logo } from '../ui/logo.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { DropAnywhere } from '../ui/drop-anywhere.tsx'
import { MiniEditor } from './mini-editor.tsx'
import { projectName } from './project-name.ts'
import { Promises } from './promises.tsx'
import type { Showcase } from './showcase.ts'
import { useShowcase } from './use-showcase.ts'

interface LandingPageProps {
  readonly viewer: Viewer | null
  readonly showcase: Showcase
}

/** The front door: what it is, seen at work, and one click to be inside. */
export function LandingPage({ viewer, showcase }: LandingPageProps) {
  const { busy, start } = useStartProject(viewer)
  const live = useShowcase(showcase)
  const open = (files: readonly File[]) => void start({ name: projectName(files), files })
  return (
    <div className="min-h-dvh bg-canvas bg-[radial-gradient(1000px_500px_at_70%_-10%,color-mix(in_srgb,var(--accent-blue)_14%,transparent),transparent_60%)] bg-no-repeat">
      <div className="mx-auto max-w-[1288px] px-8">
        <Navigation viewer={viewer} />
        <main>
          <h1 className="mt-14 max-w-[760px] text-[clamp(34px,4.2vw,54px)] leading-[1.05] font-[680] tracking-[-0.032em] text-balance">
            Design the database together. <span className="text-muted">Lose nothing on the way.</span>
          </h1>
          <p className="mt-5 max-w-[620px] text-lg leading-[1.6] text-muted">
            Drop a pg_dump. Every table, trigger and policy lands on a live canvas and comes back out as SQL, Drizzle or Prisma. What a
            format cannot hold is named, line by line.
          </p>
          <div className="mt-7 flex flex-wrap items-center gap-3">
            <Enter viewer={viewer} busy={busy} onTry={() => void start({ name: 'First project' })} />
            <ChooseFile onFiles={open} disabled={busy} />
          </div>
          <p className="mt-3.5 font-mono text-body text-faint">
            npm start&ensp;·&ensp;self-hosted, one process, your own PostgreSQL when you outgrow it
          </p>
          <section aria-label="A schema, live" className="mt-10">
            <MiniEditor live={live} />
            <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-body text-faint">
              <span>Live: rename a column, drag a table, point at one to find its code.</span>
              <Button
                variant="link"
                size="lg"
                disabled={busy}
                onClick={() => open([new File([sqlOf(live.showcase)], 'shop.sql', { type: 'application/sql' })])}
              >
                Open this one in the editor <ArrowRight aria-hidden="true" />
              </Button>
            </div>
          </section>
          <Promises />
        </main>
      </div>
      <DropAnywhere onFiles={open} />
    </div>
  )
}

/** The SQL as it stands on the page, with what the visitor has renamed. */
const sqlOf = ({ code }: Showcase): string => code[0]?.lines.map(({ text }) => text).join('\n') ?? ''

function Navigation({ viewer }: { readonly viewer: Viewer | null }) {
  return (
    <header className="flex h-16 items-center gap-7 text-sm text-muted">
      <Link to="/" className="flex items-center gap-2.5 rounded-md text-[15px] font-semibold text-fg">
        <Logo className="size-6 rounded-[7px]" /> SchemaFlow
      </Link>
      <nav aria-label="Account" className="ml-auto flex items-center gap-1">
        {viewer ? (
          <Link to="/dashboard" className={buttonStyle({ variant: 'ghost', size: 'lg' })}>
            Your projects
          </Link>
        ) : null}
        {viewer && !viewer.isGuest ? null : (
          <Link to="/login" className={buttonStyle({ variant: 'ghost', size: 'lg' })}>
            Sign in
          </Link>
        )}
      </nav>
    </header>
  )
}

function Enter({ viewer, busy, onTry }: { readonly viewer: Viewer | null; readonly busy: boolean; readonly onTry: () => void }) {
  if (viewer) {
    return (
      <Link to="/dashboard" className={buttonStyle({ variant: 'primary', size: 'xl' })}>
        Open your projects
      </Link>
    )
  }
  return (
    <Button variant="primary" size="xl" disabled={busy} onClick={onTry}>
      {busy ? <Spinner /> : null}
      Try it, no account
    </Button>
  )
}

function ChooseFile({ onFiles, disabled }: { readonly onFiles: (files: readonly File[]) => void; readonly disabled: boolean }) {
  return (
    <label className="inline-flex min-h-10 cursor-pointer py-1.5 items-center gap-2 rounded-lg border border-dashed border-line px-4 text-sm text-muted transition-colors focus-within:border-blue focus-within:outline-2 focus-within:outline-ring hover:border-mark hover:text-fg">
      <FileUp className="size-4" aria-hidden="true" />
      <span className="max-sm:hidden">or drop a schema file anywhere on this page</span>
      <span className="sm:hidden">or choose a schema file</span>
      <input
        type="file"
        multiple
        disabled={disabled}
        className="sr-only"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
    </label>
  )
}
