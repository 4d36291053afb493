import { SearchCode } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Id, Row } from '#core/project/rows.ts'
import { displayName } from '#core/schema/names.ts'
import { useEditor, useRow } from '../../state/editor.tsx'
import { inspect } from '../../state/inspect.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import type { FormContext, Values } from './fields.ts'
import { ObjectForm } from './object-form.tsx'
import { Overview, type Opened } from './overview.tsx'
import { objectLabel } from './specs/object-label.ts'
import { objectSpec } from './specs/objects.ts'
import { newView } from './specs/relations.ts'
import { foreignKeySpec } from './specs/table-parts.ts'
import { useInspected, type Inspected } from './use-inspected.ts'

/** Everything about what is selected on the canvas or chosen in the outline: to look at, and to change. */
export function Inspector() {
  const inspected = useInspected()
  if (!inspected) {
    return (
      <EmptyState
        className="flex-1 justify-center"
        icon={SearchCode}
        title="Nothing selected"
        text="Select a table, or choose a function, type or sequence in the outline: what it is made of is shown here."
      />
    )
  }
  // A new subject begins anew.
  const { kind, id } = inspected
  const key = `${kind} ${id ?? 'new'}`
  return id !== null && (kind === 'table' || kind === 'view') ? (
    <Relation key={key} kind={kind} id={id} first={inspected.part} />
  ) : (
    <PlainObject key={key} inspected={inspected} />
  )
}

interface RelationProps {
  readonly kind: 'table' | 'view'
  readonly id: Id
  /** A foreign key of the table to begin with. */
  readonly first: Id | null
}

function Relation({ kind, id, first }: RelationProps) {
  const row: Row<'table'> | Row<'view'> | undefined = useRow<'table' | 'view'>(kind, id)
  const [opened, setOpened] = useState<Opened | null>(first ? { spec: foreignKeySpec, id: first } : null)
  const [followed, setFollowed] = useState(first)
  if (first !== followed) {
    setFollowed(first)
    setOpened(first ? { spec: foreignKeySpec, id: first } : null)
  }
  if (!row) return null
  const values = row as unknown as Values & { readonly id: Id; readonly name: string }
  if (opened) return <Part key={`${opened.spec.id} ${opened.id ?? 'new'}`} opened={opened} kind={kind} row={values} onOpen={setOpened} />
  const word =
    kind === 'table'
      ? (row as Row<'table'>).partitionOf
        ? 'partition'
        : 'table'
      : (row as Row<'view'>).materialized
        ? 'materialized view'
        : 'view'
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line-muted px-3.5">
        <h2 className="truncate font-mono text-[12.5px] font-semibold" title={displayName(row)}>
          {displayName(row)}
        </h2>
        <span className="shrink-0 text-xs text-faint">{word}</span>
      </div>
      <Overview kind={kind} row={values} onOpen={setOpened} />
    </div>
  )
}

interface PartProps {
  readonly opened: Opened
  readonly kind: 'table' | 'view'
  readonly row: Values & { readonly id: Id; readonly name: string }
  readonly onOpen: (opened: Opened | null) => void
}

/** One thing that hangs on the table, or a part of the table itself. */
function Part({ opened: { spec, id }, kind, row, onOpen }: PartProps) {
  const { replica } = useEditor()
  const context = useMemo<FormContext>(() => ({ view: replica.view, parent: { kind, id: row.id } }), [replica, kind, row.id])
  const isOwn = id === row.id
  const child = useRow(spec.kind, isOwn ? null : id)
  const values = isOwn ? row : child ? (child as unknown as Values & { readonly id: Id }) : null
  const back = { label: row.name, go: () => onOpen(null) }
  // Somebody has deleted it.
  if (id !== null && !values) return <Gone word={spec.word} onBack={back.go} />
  const title = isOwn || !values ? row.name : String(values['name'])
  return <ObjectForm spec={spec} context={context} row={values} title={title} back={back} onMade={(made) => onOpen({ spec, id: made })} />
}

function Gone({ word, onBack }: { readonly word: string; readonly onBack: () => void }) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-3 text-xs text-faint">
      This {word} is not there any more.
      <button type="button" className="text-blue hover:underline" onClick={onBack}>
        Back to the table
      </button>
    </div>
  )
}

function PlainObject({ inspected: { kind, id } }: { readonly inspected: Inspected }) {
  const editor = useEditor()
  const { replica, ui, camera } = editor
  const context = useMemo<FormContext>(() => ({ view: replica.view, parent: null }), [replica])
  const row = useRow(kind, id)
  const spec = kind === 'view' ? newView(camera.center) : objectSpec(kind)
  if ((id !== null && !row) || !spec) return null
  const close = { label: 'nothing', go: () => ui.patch({ inspecting: null }) }
  return (
    <ObjectForm
      spec={spec}
      context={context}
      row={row ? (row as unknown as Values & { readonly id: Id }) : null}
      title={row ? objectLabel(kind, row) : ''}
      back={close}
      onMade={(made) => inspect(editor, kind, made)}
    />
  )
}
