import { Search, Table2, X } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { useCommands } from '../../commands/command-provider.tsx'
import { OUTLINE_FILTER } from '../../commands/list/page.ts'
import { keysOf } from '../../commands/keys.ts'
import { useAll, useEditor } from '../../state/editor.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { OutlineList, type OutlineListApi } from './outline-list.tsx'
import { foldedAtFirst, useObjectGroups } from './object-groups.ts'
import { outlineItems } from './outline-items.ts'

/** What the schema holds, by namespace: a click goes there. */
export function Outline() {
  const { canEdit } = useEditor()
  const [filter, setFilter] = useState('')
  const [folded, setFolded] = useState<ReadonlySet<string>>(foldedAtFirst)
  const list = useRef<OutlineListApi>(null)
  const namespaces = useAll('namespace')
  const tables = useAll('table')
  const views = useAll('view')
  const enums = useAll('enumType')
  const groups = useObjectGroups()
  const items = useMemo(
    () => outlineItems({ namespaces, tables, views, enums, groups }, { filter, folded, canAddTypes: canEdit }),
    [namespaces, tables, views, enums, groups, filter, folded, canEdit],
  )
  const isEmpty = tables.length + views.length === 0 && filter === ''

  const fold = (key: string, isOpen: boolean) =>
    setFolded((before) => {
      const after = new Set(before)
      if (isOpen) after.delete(key)
      else after.add(key)
      return after
    })

  return (
    <nav aria-label="Outline" className="flex h-full min-h-0 flex-col bg-surface">
      <Filter filter={filter} onFilter={setFilter} onEnter={(go) => list.current?.enter(go)} />
      {isEmpty ? <NothingYet /> : null}
      {items.length === 0 && !isEmpty ? <p className="px-4 py-3 text-xs text-faint">Nothing is called like that.</p> : null}
      <OutlineList ref={list} items={items} onFold={fold} />
    </nav>
  )
}

interface FilterProps {
  readonly filter: string
  readonly onFilter: (filter: string) => void
  /** Hands over to the list; with `go`, to what stands first in it. */
  readonly onEnter: (go: boolean) => void
}

function Filter({ filter, onFilter, onEnter }: FilterProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (!['ArrowDown', 'Enter', 'Escape'].includes(event.key)) return
    event.preventDefault()
    if (event.key !== 'Escape') return onEnter(event.key === 'Enter')
    onFilter('')
    event.currentTarget.blur()
  }
  return (
    <div className="relative m-2.5 mb-1 flex h-7 shrink-0 items-center">
      <Search className="pointer-events-none absolute left-2.5 size-3.5 text-faint" aria-hidden="true" />
      <input
        id={OUTLINE_FILTER}
        aria-label="Filter the outline"
        placeholder="Filter"
        spellCheck={false}
        autoComplete="off"
        value={filter}
        onChange={(event) => onFilter(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-7 w-full rounded-md border border-line bg-canvas pr-8 pl-8 text-xs outline-none placeholder:text-faint focus-visible:border-blue"
      />
      {filter ? (
        <Button variant="ghost" size="icon-sm" className="absolute right-0.5" aria-label="Clear the filter" onClick={() => onFilter('')}>
          <X aria-hidden="true" />
        </Button>
      ) : (
        <Kbd className="pointer-events-none absolute right-2">{keysOf('/')}</Kbd>
      )}
    </div>
  )
}

function NothingYet() {
  const { canEdit } = useEditor()
  const { run } = useCommands()
  if (!canEdit)
    return <EmptyState className="px-4 py-6" icon={Table2} title="Nothing here yet" text="Tables appear here as they are added." />
  return (
    <EmptyState className="px-4 py-6" icon={Table2} title="No tables yet" text="Start with a table, or bring a schema in.">
      <Button onClick={() => run('schema.addTable')}>Add a table</Button>
      <Button variant="primary" onClick={() => run('schema.import')}>
        Import SQL
      </Button>
    </EmptyState>
  )
}
