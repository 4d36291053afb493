import { unreachable } from '#core/unreachable.ts'
import { Box, ChevronDown, Diamond, Eye, Layers, ListOrdered, Plus, Puzzle, SquareFunction, Zap } from 'lucide-react'
import { useState } from 'react'
import type { Id, RowKind } from '#core/project/rows.ts'
import { DEFAULT_NAMESPACE } from '#core/schema/index.ts'
import { useChildren, useEditor, useRow, useSelection, useUi } from '../../state/editor.tsx'
import { Button } from '../../ui/button.tsx'
import { cn } from '../../ui/cn.ts'
import { Popover, PopoverAnchor, PopoverTrigger } from '../../ui/popover.tsx'
import { figure } from '../count.ts'
import { EditEnum, NewEnum } from './enum-popover.tsx'
import type { OutlineItem } from './outline-items.ts'
import { squareOf, useTableColour } from './table-colour.ts'

/** Height of a line in CSS pixels. */
export const OUTLINE_ROW = 26

interface OutlineLineProps {
  readonly id: string
  readonly item: OutlineItem
  /** Where the arrow keys are. */
  readonly isActive: boolean
  readonly isEnumOpen: boolean
  readonly onEnum: (id: Id | null) => void
}

const base = 'outline-none flex h-[26px] items-center gap-2 rounded-sm px-2 text-[12.5px] select-none'
const ring = 'group-focus-visible:shadow-[inset_0_0_0_1.5px_var(--ring)]'

/** One line. Clicks and keys are the list's: it finds the line by `data-key`. */
export function OutlineLine({ id, item, isActive, isEnumOpen, onEnum }: OutlineLineProps) {
  switch (item.kind) {
    case 'section':
      return <SectionLine id={id} item={item} isActive={isActive} onEnum={onEnum} />
    case 'table':
      return <TableLine id={id} item={item} isActive={isActive} />
    case 'view':
      return <ViewLine id={id} item={item} isActive={isActive} />
    case 'object':
      return <ObjectLine id={id} item={item} isActive={isActive} />
    case 'enum':
      return (
        <EnumLine
          id={id}
          item={item}
          isActive={isActive}

          isOpen={isEnumOpen}
          onOpenChange={(open) => onEnum(open ? item.id : null)}
        />
      )
    default:
      return unreachable(item)
  }
}

interface LineProps<Kind extends OutlineItem['kind'] = OutlineItem['kind']> {
  readonly id: string
  readonly item: Extract<OutlineItem, { kind: Kind }>
  readonly isActive: boolean
}

function SectionLine({ id, item, isActive, onEnum }: LineProps<'section'> & { readonly onEnum: (id: Id | null) => void }) {
  const { canEdit } = useEditor()
  return (
    <div
      id={id}
      data-key={item.key}
      tabIndex={-1}
      role="treeitem"
      aria-level={1}
      aria-expanded={item.isOpen}
      className={cn(base, 'group/section cursor-default items-end pb-1 text-2xs font-semibold text-faint hover:text-fg', isActive && ring)}
    >
      <span className="truncate">{item.title}</span>
      <ChevronDown
        aria-hidden="true"
        className={cn(
          'size-3 shrink-0 opacity-0 transition-opacity group-hover/section:opacity-100',
          !item.isOpen && '-rotate-90 opacity-100',
        )}
      />
      {item.section === 'types' && canEdit ? <AddType onMade={onEnum} /> : null}
      <span className={cn('font-normal tabular-nums', !(item.section === 'types' && canEdit) && 'ml-auto')}>{figure(item.count)}</span>
    </div>
  )
}

function AddType({ onMade }: { readonly onMade: (id: Id | null) => void }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="icon-sm" className="-mb-[3px] ml-auto" aria-label="Add an enum type">
          <Plus aria-hidden="true" />
        </Button>
      </PopoverTrigger>
      {isOpen ? <NewEnum onClose={() => setOpen(false)} onMade={onMade} /> : null}
    </Popover>
  )
}

/** The frame that every line has. */
function Line({
  id,
  item,
  isActive,
  isSelected,
  children,
}: LineProps & { readonly isSelected: boolean; readonly children: React.ReactNode }) {
  return (
    <div
      id={id}
      data-key={item.key}
      tabIndex={-1}
      role="treeitem"
      aria-level={2}
      aria-selected={isSelected}
      className={cn(base, lineTone(isSelected), isActive && ring)}
    >
      {children}
    </div>
  )
}

/** The line of what stands on the canvas: selected here when it is selected there. */
function SelectableLine(props: LineProps<'table' | 'view'> & { readonly children: React.ReactNode }) {
  const isSelected = useSelection((it) => it.tableIds.has(props.item.id))
  return <Line {...props} isSelected={isSelected} />
}

function TableLine({ id, item, isActive }: LineProps<'table'>) {
  const columns = useChildren('column', item.id)
  const colour = useTableColour(item.id)
  return (
    <SelectableLine id={id} item={item} isActive={isActive}>
      <span aria-hidden className={cn('size-2 shrink-0 rounded-[2px]', squareOf(colour))} />
      <span className="truncate">{item.name}</span>
      <span className="ml-auto text-2xs text-faint tabular-nums">
        {columns.length}
        <span className="sr-only"> columns</span>
      </span>
    </SelectableLine>
  )
}

/** Something that is not on the canvas: it is shown in the inspector. */
function ObjectLine({ id, item, isActive }: LineProps<'object'>) {
  const isOpen = useUi((it) => it.inspecting?.id === item.id)
  const Icon = iconOf[item.of] ?? Box
  return (
    <Line id={id} item={item} isActive={isActive} isSelected={isOpen}>
      <Icon aria-hidden className="size-3 shrink-0 text-faint" />
      <Name item={item} />
    </Line>
  )
}

const iconOf: Partial<Record<RowKind, typeof Box>> = {
  routine: SquareFunction,
  sequence: ListOrdered,
  extension: Puzzle,
  eventTrigger: Zap,
  domain: Diamond,
  compositeType: Diamond,
  rangeType: Diamond,
  baseType: Diamond,
}

function ViewLine({ id, item, isActive }: LineProps<'view'>) {
  const view = useRow('view', item.id)
  const Icon = view?.materialized ? Layers : Eye
  return (
    <SelectableLine id={id} item={item} isActive={isActive}>
      <Icon aria-label={view?.materialized ? 'Materialized view' : 'View'} className="size-3 shrink-0 text-faint" />
      <Name item={item} />
    </SelectableLine>
  )
}

interface EnumLineProps extends LineProps<'enum'> {
  readonly isOpen: boolean
  readonly onOpenChange: (open: boolean) => void
}

function EnumLine({ id, item, isActive, isOpen, onOpenChange }: EnumLineProps) {
  const type = useRow('enumType', item.id)
  return (
    <Popover open={isOpen} onOpenChange={onOpenChange}>
      <PopoverAnchor asChild>
        <div
          id={id}
          data-key={item.key}
          tabIndex={-1}
          role="treeitem"
          aria-level={2}
          aria-haspopup="dialog"
          className={cn(base, lineTone(isOpen), isActive && ring)}
        >
          <Diamond aria-hidden className="size-3 shrink-0 text-purple" />
          <Name item={item} />
          <span className="ml-auto text-2xs text-faint tabular-nums">
            {type?.values.length ?? 0}
            <span className="sr-only"> values</span>
          </span>
        </div>
      </PopoverAnchor>
      {isOpen && type ? <EditEnum type={type} onClose={() => onOpenChange(false)} /> : null}
    </Popover>
  )
}

function Name({ item: { namespace, name } }: { readonly item: { readonly namespace: string; readonly name: string } }) {
  return (
    <span className="truncate">
      {namespace === DEFAULT_NAMESPACE ? null : <span className="text-faint">{namespace}.</span>}
      {name}
    </span>
  )
}

const lineTone = (isOn: boolean): string => (isOn ? 'bg-blue/14 text-fg' : 'text-muted hover:bg-hover hover:text-fg')
