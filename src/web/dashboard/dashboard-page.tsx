import { Link } from '@tanstack/react-router'
import { FileUp, Plus, Search, Table2, UserPlus } from 'lucide-react'
import { type ReactNode, useDeferredValue, useRef, useState } from 'react'
import { AccountMenu } from '../account/account-menu.tsx'
import { useStartProject } from '../account/use-start-project.ts'
import type { ProjectSummary, Viewer } from '../bridge/types.ts'
import { DropAnywhere } from '../ui/drop-anywhere.tsx'
import { shopSql } from '../landing/shop.ts'
import { projectName } from '../landing/project-name.ts'
import { Button, buttonStyle } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Input } from '../ui/input.tsx'
import { Logo } from '../ui/logo.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { listProjects, type ListOptions, type SortKey } from './list-projects.ts'
import { ProjectList } from './project-list.tsx'
import { useProjectActions } from './use-project-actions.ts'

const sample = () => new File([shopSql], 'shop.sql', { type: 'application/sql' })

interface DashboardPageProps {
  readonly viewer: Viewer
  readonly projects: readonly ProjectSummary[]
  /** The server's clock when the list was made. */
  readonly now: string
}

/** All projects of a person: find, open, make, and tidy up. */
export function DashboardPage({ viewer, projects, now }: DashboardPageProps) {
  const { busy, start } = useStartProject(viewer)
  const importFiles = (files: readonly File[]) => void start({ name: projectName(files), files })
  const create = () => void start({ name: 'Untitled project' })
  const buttons = (
    <>
      <FileButton disabled={busy} onFiles={importFiles} />
      <Button variant="primary" size="lg" disabled={busy} onClick={create}>
        <Plus aria-hidden="true" /> New project
      </Button>
    </>
  )
  return (
    <div className="min-h-dvh bg-canvas">
      <header className="flex h-11 items-center gap-3 border-b border-line-muted bg-surface px-3">
        <Link to="/" className="flex items-center gap-2.5 rounded-md text-body font-semibold">
          <Logo /> SchemaFlow
        </Link>
        <div className="ml-auto">
          <AccountMenu viewer={viewer} />
        </div>
      </header>
      <main className="mx-auto max-w-[960px] px-6 pt-10 pb-24">
        {viewer.isGuest ? <GuestNotice /> : null}
        {projects.length === 0 ? (
          <>
            <h1 className="text-2xl font-semibold tracking-[-0.02em]">Projects</h1>
            <EmptyState
              icon={Table2}
              title="A place for your schemas"
              text="Start from a blank canvas, or drop a pg_dump, a .sql file or a folder of migrations anywhere on this page."
              className="mt-6 rounded-xl border border-dashed bg-surface py-20"
            >
              {buttons}
              <Button variant="link" size="lg" disabled={busy} onClick={() => importFiles([sample()])} className="mt-2 basis-full">
                Or look round in a sample: a shop in six tables
              </Button>
            </EmptyState>
          </>
        ) : (
          <Projects projects={projects} now={now} buttons={buttons} />
        )}
      </main>
      <DropAnywhere onFiles={importFiles} />
    </div>
  )
}

function Projects({ projects, now, buttons }: Pick<DashboardPageProps, 'projects' | 'now'> & { readonly buttons: ReactNode }) {
  const [search, setSearch] = useState('')
  const [order, setOrder] = useState<Omit<ListOptions, 'search'>>({ sort: 'updatedAt', descending: true })
  const [removing, setRemoving] = useState<ProjectSummary | null>(null)
  const actions = useProjectActions()
  const options = { search: useDeferredValue(search), ...order }
  const shown = listProjects(projects, options)
  const sortBy = (sort: SortKey) =>
    setOrder((before) => ({ sort, descending: before.sort === sort ? !before.descending : sort !== 'name' }))
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-2.5">
        <h1 className="mr-auto text-2xl font-semibold tracking-[-0.02em]">Projects</h1>
        <SearchField value={search} onChange={setSearch} />
        {buttons}
      </div>
      {shown.length === 0 ? (
        <EmptyState
          icon={Search}
          title={`No project is called “${search.trim()}”`}
          text="Fewer words find more."
          className="rounded-xl border bg-surface"
        >
          <Button onClick={() => setSearch('')}>Show all {projects.length}</Button>
        </EmptyState>
      ) : (
        <>
          <ProjectList projects={shown} now={now} order={options} onSort={sortBy} actions={{ ...actions, remove: setRemoving }} />
          <p className="mt-3 px-4 text-xs text-faint">
            Drop a pg_dump, a .sql file or a folder of migrations anywhere here to make a project of it.
          </p>
        </>
      )}
      <DeleteDialog
        project={removing}
        onClose={() => setRemoving(null)}
        onDelete={(project) => {
          setRemoving(null)
          void actions.remove(project)
        }}
      />
    </>
  )
}

function SearchField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  return (
    <div className="relative">
      <Search className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-faint" aria-hidden="true" />
      <Input
        type="search"
        size="lg"
        aria-label="Search projects"
        placeholder="Search"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        className="w-52 pl-9"
      />
    </div>
  )
}

function FileButton({ disabled, onFiles }: { readonly disabled: boolean; readonly onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button size="lg" disabled={disabled} onClick={() => input.current?.click()}>
        <FileUp aria-hidden="true" /> Import a file
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Schema files"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
    </>
  )
}

function GuestNotice() {
  return (
    <div className="mb-8 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-blue/35 bg-blue/8 py-2.5 pr-2.5 pl-4">
      <p className="mr-auto text-body">
        <b className="font-semibold">Keep your work: create an account.</b>{' '}
        <span className="text-muted">As a guest, only this browser can open these projects.</span>
      </p>
      <Link to="/signup" className={buttonStyle({ variant: 'default' })}>
        <UserPlus aria-hidden="true" /> Create an account
      </Link>
    </div>
  )
}
