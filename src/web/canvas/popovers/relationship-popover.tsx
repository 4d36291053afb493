import { ArrowLeftRight, ArrowRight, Trash2 } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import { referentialActions, type ReferentialAction } from '#core/schema/constraint.ts'
import type { RelationType } from '#core/project/relationships.ts'
import type { Id, ProjectView } from '#core/project/rows.ts'
import type { Point } from '#web/state/camera.ts'
import { useEditor, useRow, useSelection } from '#web/state/editor.tsx'
import { Button } from '#web/ui/button.tsx'
import { Popover, PopoverAnchor, PopoverContent } from '#web/ui/popover.tsx'
import { Select, SelectContent, SelectItem, SelectTrigger } from '#web/ui/select.tsx'
import { addRelationship, deleteSelected, updateRelationship } from '../actions/edits.ts'
import { proposeLink, swapLink, type LinkProposal } from '../actions/propose-link.ts'
import { noGesture, useCanvas, useGesture } from '../kit.ts'

/** The two moments at which a relationship is asked about: just drawn, or selected. */
export function RelationshipPopovers(): ReactNode {
  const drawn = useGesture((it) => (it.link?.dropped ? it.link : null))
  const selectedId = useSelection((it) => it.relationshipId)
  const { replica } = useEditor()
  const proposal = useMemo(() => (drawn ? proposeLink(replica.view, drawn) : null), [drawn, replica])
  if (drawn && proposal) return <NewRelationship key={`${drawn.at.x} ${drawn.at.y}`} at={drawn.at} proposal={proposal} />
  return selectedId ? <SelectedRelationship key={selectedId} id={selectedId} /> : null
}

const kinds: readonly { readonly type: RelationType; readonly label: string; readonly about: string }[] = [
  { type: 'one-to-one', label: '1 : 1', about: 'each refers to at most one, and is referred to at most once' },
  { type: 'one-to-many', label: '1 : N', about: 'many may refer to the same one' },
  { type: 'many-to-many', label: 'N : M', about: 'through a junction table' },
]
const actionWords: Readonly<Record<ReferentialAction, string>> = {
  noAction: 'No action',
  restrict: 'Restrict',
  cascade: 'Cascade',
  setNull: 'Set null',
  setDefault: 'Set default',
}

function NewRelationship({ at, proposal: first }: { at: Point; proposal: LinkProposal }): ReactNode {
  const editor = useEditor()
  const { gesture } = useCanvas()
  const [proposal, setProposal] = useState(first)
  const [relationType, setType] = useState<RelationType>('one-to-many')
  const [onDelete, setOnDelete] = useState<ReferentialAction>('noAction')
  const [onUpdate, setOnUpdate] = useState<ReferentialAction>('noAction')
  const { view } = editor.replica
  const swapped = swapLink(view, proposal)
  const close = (): void => gesture.set(noGesture)
  const create = (): void => {
    close()
    addRelationship(editor, { proposal, relationType, onDelete, onUpdate })
  }
  return (
    <AtPoint at={at} label="New relationship" onClose={close}>
      <form
        className="grid grid-cols-[minmax(0,1fr)] gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          create()
        }}
      >
        <div className="flex items-center gap-2">
          <Ends view={view} proposal={proposal} />
          {swapped && (
            <Button
              type="button"
              variant="ghost"
              size="icon-sm"
              aria-label="Other way round"
              title="Other way round"
              className="ml-auto"
              onClick={() => setProposal(swapped)}
            >
              <ArrowLeftRight aria-hidden="true" />
            </Button>
          )}
        </div>
        <KindChoice value={relationType} onChange={setType} />
        <Actions
          onDelete={onDelete}
          onUpdate={onUpdate}
          onChange={(change) => {
            if (change.onDelete) setOnDelete(change.onDelete)
            if (change.onUpdate) setOnUpdate(change.onUpdate)
          }}
        />
        <Button type="submit" variant="primary" autoFocus>
          Create relationship
        </Button>
      </form>
    </AtPoint>
  )
}

function SelectedRelationship({ id }: { id: Id }): ReactNode {
  const editor = useEditor()
  const { scene } = useCanvas()
  const key = useRow('constraint', id)
  const edge = scene.edge(id)
  if (key?.kind !== 'foreignKey' || !edge) return null
  const { view } = editor.replica
  const at = { x: edge.route.middle, y: (edge.route.y1 + edge.route.y2) / 2 }
  const columns = (ids: readonly Id[]): string => ids.map((columnId) => view.get('column', columnId)?.name ?? '?').join(', ')
  return (
    <AtPoint at={at} label={`Relationship ${key.name}`} keepFocus onClose={() => editor.selection.clear()}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <div>
          <div className="flex min-w-0 items-center gap-1.5 font-mono text-xs">
            <span className="truncate">
              {view.get('table', key.tableId)?.name}.{columns(key.columnIds)}
            </span>
            <ArrowRight className="size-3 shrink-0 text-faint" aria-label="refers to" />
            <span className="truncate">
              {view.get('table', key.references.tableId)?.name}.{columns(key.references.columnIds)}
            </span>
          </div>
          <div className="mt-0.5 truncate text-2xs text-faint">{key.name}</div>
        </div>
        <fieldset disabled={!editor.canEdit} className="contents">
          <KindChoice
            value={edge.fromMark.many ? 'one-to-many' : 'one-to-one'}
            without="many-to-many"
            onChange={(relationType) => updateRelationship(editor, id, { relationType })}
          />
          <Actions onDelete={key.onDelete} onUpdate={key.onUpdate} onChange={(change) => updateRelationship(editor, id, change)} />
          <div className="-mx-3 border-t border-line-muted px-3 pt-2">
            <Button variant="ghost" size="sm" className="text-red hover:text-red" onClick={() => deleteSelected(editor)}>
              <Trash2 aria-hidden="true" /> Delete relationship
            </Button>
          </div>
        </fieldset>
      </div>
    </AtPoint>
  )
}

/** `order.customer_id → customer.id`, with a new column marked as such. */
function Ends({ view, proposal: { child, parent } }: { view: ProjectView; proposal: LinkProposal }): ReactNode {
  const column = child.columnId ? view.get('column', child.columnId)?.name : child.newColumn
  return (
    <div className="flex min-w-0 items-center gap-1.5 font-mono text-xs">
      <span className="truncate">
        {view.get('table', child.tableId)?.name}.{column}
        {child.columnId ? '' : ' (new)'}
      </span>
      <ArrowRight className="size-3 shrink-0 text-faint" aria-label="refers to" />
      <span className="truncate">
        {view.get('table', parent.tableId)?.name}.{view.get('column', parent.columnId)?.name}
      </span>
    </div>
  )
}

interface KindChoiceProps {
  readonly value: RelationType
  readonly without?: RelationType
  readonly onChange: (type: RelationType) => void
}
function KindChoice({ value, without, onChange }: KindChoiceProps): ReactNode {
  const offered = kinds.filter((kind) => kind.type !== without)
  return (
    <div>
      <div
        role="radiogroup"
        aria-label="Kind of relationship"
        className="grid auto-cols-fr grid-flow-col rounded-md border border-line bg-canvas p-0.5"
      >
        {offered.map((kind) => (
          <button
            key={kind.type}
            type="button"
            role="radio"
            aria-checked={kind.type === value}
            className="h-6 rounded-sm font-mono text-xs text-muted aria-checked:bg-blue/18 aria-checked:text-blue"
            onClick={() => onChange(kind.type)}
          >
            {kind.label}
          </button>
        ))}
      </div>
      <p className="mt-1 text-2xs text-faint">{kinds.find((kind) => kind.type === value)?.about}</p>
    </div>
  )
}

interface ActionsProps {
  readonly onDelete: ReferentialAction
  readonly onUpdate: ReferentialAction
  readonly onChange: (change: { readonly onDelete?: ReferentialAction; readonly onUpdate?: ReferentialAction }) => void
}
function Actions({ onDelete, onUpdate, onChange }: ActionsProps): ReactNode {
  return (
    <div className="grid grid-cols-[72px_1fr] items-center gap-x-2 gap-y-1.5 text-[12.5px]">
      <span>On delete</span>
      <ActionSelect label="On delete" value={onDelete} onChange={(value) => onChange({ onDelete: value })} />
      <span>On update</span>
      <ActionSelect label="On update" value={onUpdate} onChange={(value) => onChange({ onUpdate: value })} />
    </div>
  )
}

interface ActionSelectProps {
  readonly label: string
  readonly value: ReferentialAction
  readonly onChange: (value: ReferentialAction) => void
}
function ActionSelect({ label, value, onChange }: ActionSelectProps): ReactNode {
  const isAction = (text: string): text is ReferentialAction => referentialActions.some((action) => action === text)
  return (
    <Select value={value} onValueChange={(text) => isAction(text) && onChange(text)}>
      <SelectTrigger aria-label={label} />
      <SelectContent data-chrome>
        {referentialActions.map((action) => (
          <SelectItem key={action} value={action}>
            {actionWords[action]}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  )
}

interface AtPointProps {
  readonly at: Point
  readonly label: string
  /** The canvas keeps the focus, so that Delete works. */
  readonly keepFocus?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}
/** A surface tied to a point of the canvas. */
function AtPoint({ at, label, keepFocus = false, onClose, children }: AtPointProps): ReactNode {
  return (
    <Popover open onOpenChange={(open) => open || onClose()}>
      <PopoverAnchor asChild>
        <span className="sf-point" style={{ transform: `translate(${at.x}px, ${at.y}px)` }} />
      </PopoverAnchor>
      <PopoverContent
        aria-label={label}
        className="w-80"
        align="center"
        updatePositionStrategy="always"
        data-chrome
        onOpenAutoFocus={(event) => keepFocus && event.preventDefault()}
      >
        {children}
      </PopoverContent>
    </Popover>
  )
}
