import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ProjectSummary } from '../bridge/types.ts'
import { cn } from '../ui/cn.ts'
import type { ListOptions, SortKey } from './list-projects.ts'
import { type ProjectActions, ProjectRow } from './project-row.tsx'

interface ProjectListProps {
  readonly projects: readonly ProjectSummary[]
  readonly now: string
  readonly order: ListOptions
  readonly onSort: (key: SortKey) => void
  readonly actions: ProjectActions
}

/** The projects as a table that sorts by its headings. */
export function ProjectList({ projects, now, order, onSort, actions }: ProjectListProps) {
  const heading = { order, onSort }
  return (
    <div className="overflow-hidden rounded-xl border bg-surface shadow-sm">
      <table className="w-full border-collapse">
        <thead>
          <tr className="h-9 border-b border-line-muted text-left text-xs text-faint">
            <Heading {...heading} sort="name" className="pl-4">
              Name
            </Heading>
            <Heading {...heading} sort="tables" className="px-4 text-right [&>button]:flex-row-reverse">
              Tables
            </Heading>
            <Heading {...heading} sort="updatedAt" className="px-4">
              Changed
            </Heading>
            <th scope="col" className="hidden px-4 font-medium sm:table-cell">
              Owner
            </th>
            <th scope="col">
              <span className="sr-only">More</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {projects.map((project) => (
            <ProjectRow key={project.id} project={project} now={now} actions={actions} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface HeadingProps extends Pick<ProjectListProps, 'order' | 'onSort'> {
  readonly sort: SortKey
  readonly className?: string
  readonly children: string
}

function Heading({ sort, order, onSort, className, children }: HeadingProps) {
  const active = order.sort === sort
  const Arrow = order.descending ? ArrowDown : ArrowUp
  return (
    <th scope="col" aria-sort={active ? (order.descending ? 'descending' : 'ascending') : 'none'} className={cn('font-medium', className)}>
      <button
        type="button"
        onClick={() => onSort(sort)}
        className={cn('inline-flex h-6 items-center gap-1 rounded-xs hover:text-fg', active && 'text-fg')}
      >
        {children}
        <Arrow className={cn('size-3', !active && 'invisible')} aria-hidden="true" />
      </button>
    </th>
  )
}
