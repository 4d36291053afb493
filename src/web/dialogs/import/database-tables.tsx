import { ChevronRight } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import type { DatabaseContents } from '#sync/database-messages.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { cn } from '../../ui/cn.ts'
import { Input } from '../../ui/input.tsx'
import { count, figure } from '../../panels/count.ts'
import { chosenOf, countTables, isChosen, toggleNamespace, toggleTable, type LeftOut } from './chosen-tables.ts'

interface DatabaseTablesProps {
  readonly contents: DatabaseContents
  readonly left: LeftOut
  readonly onLeft: (left: LeftOut) => void
  readonly onRead: () => void
}

/** So many tables of a namespace are listed; the filter brings the others. */
const MOST_TABLES = 300

const nothing: LeftOut = new Map()

/** What is in the database: everything is chosen until somebody says otherwise. */
export function DatabaseTables({ contents, left, onLeft, onRead }: DatabaseTablesProps) {
  const [filter, setFilter] = useState('')
  const { namespaces, server, database } = contents
  const inOrder = namespaces.toSorted((a, b) => Number(b.tables.length > 0) - Number(a.tables.length > 0))
  const wanted = filter.trim().toLowerCase()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && wanted === '') onRead()
  }
  const total = namespaces.reduce((sum, { tables }) => sum + tables.length, 0)
  const isAlone = namespaces.filter(({ tables }) => tables.length > 0).length === 1
  return (
    <>
      <div className="flex items-center gap-3 px-5 pt-4 pb-3">
        <p className="min-w-0 flex-1 truncate text-body text-muted">
          <b className="font-semibold text-fg">{database}</b>, PostgreSQL {server}: {countTables(contents, nothing)} in{' '}
          {count(namespaces.length, 'namespace')}
        </p>
        <Input
          aria-label="Filter tables"
          placeholder="Filter"
          autoFocus
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          onKeyDown={onKeyDown}
          className="w-[180px]"
        />
      </div>
      {total === 0 ? (
        <p className="px-5 text-body text-muted">There is no table in it that this user may see.</p>
      ) : (
        <ul aria-label="Namespaces" className="min-h-0 flex-1 overflow-y-auto border-t border-line-muted px-3 py-2">
          {inOrder.map((namespace) => (
            <NamespaceChoice key={namespace.name} namespace={namespace} filter={wanted} isAlone={isAlone} left={left} onLeft={onLeft} />
          ))}
        </ul>
      )}
    </>
  )
}

interface NamespaceChoiceProps {
  readonly namespace: DatabaseContents['namespaces'][number]
  readonly filter: string
  readonly isAlone: boolean
  readonly left: LeftOut
  readonly onLeft: (left: LeftOut) => void
}

function NamespaceChoice({ namespace, filter, isAlone, left, onLeft }: NamespaceChoiceProps) {
  const [isOpen, setOpen] = useState(isAlone)
  const id = useId()
  const { name, tables } = namespace
  const found = filter === '' ? tables : tables.filter((table) => table.name.toLowerCase().includes(filter))
  if (filter !== '' && found.length === 0) return null
  const chosen = chosenOf(namespace, left)
  const shows = isOpen || filter !== ''
  return (
    <li>
      <div className="flex h-8 items-center gap-2 rounded-md px-2 hover:bg-hover">
        <button
          type="button"
          aria-label={`Tables of ${name}`}
          aria-expanded={shows}
          disabled={tables.length === 0}
          onClick={() => setOpen(!isOpen)}
          className="grid disabled:invisible size-6 place-items-center rounded-sm text-muted hover:text-fg"
        >
          <ChevronRight className={cn('size-4 transition-transform', shows && 'rotate-90')} aria-hidden="true" />
        </button>
        <Checkbox
          id={id}
          checked={chosen === 'some' ? 'indeterminate' : chosen === 'all'}
          onCheckedChange={() => onLeft(toggleNamespace(namespace, left))}
        />
        <label htmlFor={id} className="min-w-0 flex-1 truncate font-mono text-[12.5px]">
          {name}
        </label>
        <span className="text-xs text-faint tabular-nums">{figure(tables.length)}</span>
      </div>
      {shows && found.length > 0 ? (
        <ul aria-label={`Tables of ${name}`} className="mb-1 ml-[38px] grid grid-cols-2 gap-x-4">
          {found.slice(0, MOST_TABLES).map((table) => (
            <TableChoice
              key={table.name}
              table={table}
              isChosen={isChosen(name, table.name, left)}
              onToggle={() => onLeft(toggleTable(namespace, table.name, left))}
            />
          ))}
          {found.length > MOST_TABLES ? <li className="py-1 text-xs text-faint">and {figure(found.length - MOST_TABLES)} more</li> : null}
        </ul>
      ) : null}
    </li>
  )
}

interface TableChoiceProps {
  readonly table: DatabaseContents['namespaces'][number]['tables'][number]
  readonly isChosen: boolean
  readonly onToggle: () => void
}

function TableChoice({ table: { name, kind }, isChosen: chosen, onToggle }: TableChoiceProps) {
  const id = useId()
  return (
    <li className="flex h-7 min-w-0 items-center gap-2 rounded-md px-2 hover:bg-hover">
      <Checkbox id={id} checked={chosen} onCheckedChange={onToggle} />
      <label htmlFor={id} className={cn('min-w-0 flex-1 truncate font-mono text-xs', !chosen && 'text-faint')}>
        {name}
      </label>
      {kind === 'view' ? <span className="text-2xs text-faint">view</span> : null}
    </li>
  )
}
