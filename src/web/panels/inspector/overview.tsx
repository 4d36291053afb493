import { KeyRound, Plus } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef } from 'react'
import { shortType } from '#core/dialects/postgres.ts'
import type { Id } from '#core/project/rows.ts'
import { primaryKeyOf } from '#core/project/relationships.ts'
import { useChildren, useEditor } from '../../state/editor.tsx'
import { hoversNothing } from '../../state/ui.ts'
import { Button } from '../../ui/button.tsx'
import { Switch } from '../../ui/switch.tsx'
import type { FormContext, Spec, Values } from './fields.ts'
import { tableSections, viewSections, type Section } from './sections.ts'
import { partitionSettings, tableComment, tableSettings, viewDefinition } from './specs/relations.ts'

/** What is opened from an overview: a row of a section, a new one (null), or a part of the table itself. */
export interface Opened {
  readonly spec: Spec
  readonly id: Id | null
}

interface OverviewProps {
  readonly kind: 'table' | 'view'
  readonly row: Values & { readonly id: Id; readonly name: string }
  readonly onOpen: (opened: Opened) => void
}

/** Everything that hangs on a table or view, section by section. Arrow keys walk the rows, Enter opens one. */
export function Overview({ kind, row, onOpen }: OverviewProps) {
  const { replica, canEdit, edit } = useEditor()
  const { id } = row
  const context = useMemo<FormContext>(() => ({ view: replica.view, parent: { kind, id } }), [replica, kind, id])
  // Followed, so that the lists are read again when one of them changes.
  useChildren('constraint', id)
  useChildren('index', id)
  useChildren('trigger', id)
  useChildren('policy', id)
  useChildren('rule', id)
  const columns = useChildren('column', id)
  const sections = kind === 'table' ? tableSections(replica.view, id) : viewSections(replica.view, id)
  const own = kind === 'table' ? [partitionSettings, tableSettings, tableComment] : [viewDefinition]
  const list = useRef<HTMLDivElement>(null)
  return (
    // Its rows are buttons; it only walks between them.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={list} className="min-h-0 flex-1 overflow-y-auto pb-4" onKeyDown={(event) => walk(event, list.current)}>
      {kind === 'view' ? <OwnRows specs={own} row={row} context={context} onOpen={onOpen} /> : null}
      {kind === 'table' ? <Columns tableId={id} columns={columns} /> : null}
      {sections.map((section) => (
        <SectionRows key={section.key} section={section} context={context} mayEdit={canEdit} onOpen={onOpen}>
          {section.key === 'policy' ? (
            <span className="flex items-center gap-2 text-2xs font-normal text-faint">
              <label htmlFor={`${id}-rls`}>Row-level security</label>
              <Switch
                id={`${id}-rls`}
                checked={row['rowSecurity'] === true}
                disabled={!canEdit}
                onCheckedChange={(rowSecurity) => void edit('tables.configure', { id, rowSecurity })}
              />
            </span>
          ) : null}
        </SectionRows>
      ))}
      {kind === 'table' ? <OwnRows specs={own} row={row} context={context} onOpen={onOpen} /> : null}
    </div>
  )
}

function walk(event: KeyboardEvent, list: HTMLElement | null): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const rows = [...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  const at = rows.findIndex((one) => one === document.activeElement)
  const next = rows[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}

const heading = 'flex h-8 items-end gap-1.5 px-3.5 pb-1 text-2xs font-semibold text-faint'
const line =
  'flex h-[26px] w-full min-w-0 items-center gap-2 px-3.5 text-left text-xs hover:bg-hover focus-visible:bg-hover focus-visible:-outline-offset-2'

interface ColumnsProps {
  readonly tableId: Id
  readonly columns: readonly { readonly id: Id; readonly name: string; readonly type: string; readonly nullable: boolean }[]
}

const SHOWN_COLUMNS = 8

/** The columns in brief: they are edited on the canvas, where a click goes. */
function Columns({ tableId, columns }: ColumnsProps) {
  const { replica, camera } = useEditor()
  const key = new Set(primaryKeyOf(replica.view, tableId)?.columnIds)
  return (
    <section aria-label="Columns">
      <h3 className={heading}>
        Columns <span className="font-normal tabular-nums">{columns.length}</span>
      </h3>
      {columns.slice(0, SHOWN_COLUMNS).map(({ id, name, type, nullable }) => (
        <button key={id} type="button" data-row className={line} onClick={() => camera.focusTable(tableId, id)}>
          <span className="grid w-3 shrink-0 place-items-center">
            {key.has(id) ? <KeyRound className="size-3 text-yellow" aria-label="Primary key" /> : null}
          </span>
          <span className="truncate font-mono">{name}</span>
          {nullable ? <span className="text-faint">?</span> : null}
          <span className="ml-auto max-w-[45%] shrink-0 truncate font-mono text-2xs text-faint">{shortType(type)}</span>
        </button>
      ))}
      {columns.length > SHOWN_COLUMNS ? (
        <p className="px-3.5 py-1 pl-[34px] text-2xs text-faint">and {columns.length - SHOWN_COLUMNS} more, on the canvas</p>
      ) : null}
    </section>
  )
}

interface SectionRowsProps {
  readonly section: Section
  readonly context: FormContext
  readonly mayEdit: boolean
  readonly onOpen: OverviewProps['onOpen']
  readonly children?: React.ReactNode
}

function SectionRows({ section: { title, spec, rows, mayAdd }, context, mayEdit, onOpen, children }: SectionRowsProps) {
  const point = usePointAt(context)
  return (
    <section aria-label={title} className="border-t border-line-muted/60 mt-1">
      <h3 className={heading}>
        {title}
        {rows.length > 0 ? <span className="font-normal tabular-nums">{rows.length}</span> : null}
        <span className="ml-auto flex items-center gap-2">
          {children}
          {mayAdd && mayEdit ? (
            <Button
              variant="ghost"
              size="icon-sm"
              className="-my-1 -mr-1.5"
              aria-label={`Add ${spec.word}`}
              onClick={() => onOpen({ spec, id: null })}
            >
              <Plus aria-hidden="true" />
            </Button>
          ) : null}
        </span>
      </h3>
      {rows.map((row) => (
        <button
          key={row.id}
          type="button"
          data-row
          className={line}
          onClick={() => onOpen({ spec, id: row.id })}
          onPointerEnter={() => point(row)}
          onPointerLeave={() => point(null)}
          onFocus={() => point(row)}
          onBlur={() => point(null)}
        >
          <span className="max-w-[78%] shrink-0 truncate font-mono" title={row.name}>
            {row.name}
          </span>
          <span className="truncate text-2xs text-faint">{spec.about(row, context)}</span>
        </button>
      ))}
    </section>
  )
}

interface OwnRowsProps {
  readonly specs: readonly Spec[]
  readonly row: OverviewProps['row']
  readonly context: FormContext
  readonly onOpen: OverviewProps['onOpen']
}

/** What the table says of itself. */
function OwnRows({ specs, row, context, onOpen }: OwnRowsProps) {
  return (
    <section aria-label="About it" className="mt-1 border-t border-line-muted/60 pt-2">
      {specs.map((spec) => (
        <button key={spec.id} type="button" data-row className={line} onClick={() => onOpen({ spec, id: row.id })}>
          <span className="w-[92px] shrink-0 text-muted first-letter:uppercase">{spec.word}</span>
          <span className="truncate text-2xs text-faint">{spec.about(row, context)}</span>
        </button>
      ))}
    </section>
  )
}

/** Shows on the canvas what a row is about: its relationship, or the lines of its first column. */
function usePointAt({ parent }: FormContext): (row: Section['rows'][number] | null) => void {
  const { ui } = useEditor()
  return (row) => {
    if (!row || !parent) return ui.patch({ hover: hoversNothing })
    if (row['kind'] === 'foreignKey') return ui.patch({ hover: { ...hoversNothing, relationshipId: row.id } })
    const elements = row['elements']
    const first: unknown = Array.isArray(elements) ? elements[0] : undefined
    const ids = row['columnIds']
    const columnId: unknown = Array.isArray(ids)
      ? ids[0]
      : typeof first === 'object' && first !== null
        ? Reflect.get(first, 'columnId')
        : null
    ui.patch({ hover: { ...hoversNothing, tableId: parent.id, columnId: typeof columnId === 'string' ? columnId : null } })
  }
}
