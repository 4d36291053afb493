import { ArrowRight, Plus, X } from 'lucide-react'
import type { Id, ProjectView } from '#core/project/rows.ts'
import { primaryKeyOf } from '#core/project/relationships.ts'
import { columnNameOf, tableNameOf } from '#core/project/schema.ts'
import { displayName } from '#core/schema/names.ts'
import { useEditor } from '../../../state/editor.tsx'
import { Button } from '../../../ui/button.tsx'
import { Choose } from './choose.tsx'

export interface ColumnPair {
  readonly sourceColumnId: Id | null
  readonly targetColumnId: Id | null
}

/** What a new foreign key refers to. */
export interface Reference {
  readonly targetTableId: Id | null
  readonly columnPairs: readonly ColumnPair[]
}

interface ReferenceProps {
  readonly label: string
  readonly tableId: Id
  readonly value: Reference
  /** An existing foreign key keeps its columns, as in PostgreSQL. */
  readonly isFixed: boolean
  readonly disabled: boolean
  readonly onChange: (value: Reference) => void
}

/** The table that a foreign key refers to, and which column refers to which, as many pairs as it has. */
export function ReferenceControl({ label, tableId, value, isFixed, disabled, onChange }: ReferenceProps) {
  const { replica } = useEditor()
  const { view } = replica
  const { targetTableId, columnPairs } = value
  if (isFixed) return <FixedReference view={view} value={value} />
  return (
    <div role="group" aria-label={label} className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <Choose
        label="Refers to table"
        placeholder="Choose a table"
        choices={view.all('table').map((table) => ({ value: table.id, label: displayName(table) }))}
        value={targetTableId}
        disabled={disabled}
        className="w-full"
        onChange={(next) =>
          typeof next === 'string' ? onChange({ targetTableId: next, columnPairs: pairsFor(view, tableId, next) }) : undefined
        }
      />
      {targetTableId === null
        ? null
        : columnPairs.map((pair, at) => (
            <Pair
              // Pairs have no identity but their place.
              // oxlint-disable-next-line react/no-array-index-key
              key={at}
              number={at + 1}
              tables={[tableId, targetTableId]}
              pair={pair}
              disabled={disabled}
              onChange={(next) => onChange({ ...value, columnPairs: columnPairs.with(at, next) })}
              onRemove={columnPairs.length === 1 ? undefined : () => onChange({ ...value, columnPairs: columnPairs.toSpliced(at, 1) })}
            />
          ))}
      {targetTableId === null || disabled ? null : (
        <Button
          variant="ghost"
          size="sm"
          className="justify-self-start"
          onClick={() => onChange({ ...value, columnPairs: [...columnPairs, { sourceColumnId: null, targetColumnId: null }] })}
        >
          <Plus aria-hidden="true" /> Add a column
        </Button>
      )}
    </div>
  )
}

interface PairProps {
  readonly number: number
  /** The table that refers, and the one it refers to. */
  readonly tables: readonly [source: Id, target: Id]
  readonly pair: ColumnPair
  readonly disabled: boolean
  readonly onChange: (pair: ColumnPair) => void
  readonly onRemove: (() => void) | undefined
}

function Pair({ number, tables: [source, target], pair, disabled, onChange, onRemove }: PairProps) {
  const { replica } = useEditor()
  const columns = (of: Id) => replica.view.childrenOf('column', of).map(({ id, name }) => ({ value: id, label: name }))
  const shared = { placeholder: 'column', disabled, className: 'h-6 min-w-0 flex-1 font-mono text-xs' }
  return (
    <div className="flex min-w-0 items-center gap-1">
      <Choose
        {...shared}
        label={`Column ${number}`}
        choices={columns(source)}
        value={pair.sourceColumnId}
        onChange={(next) => onChange({ ...pair, sourceColumnId: asId(next) })}
      />
      <ArrowRight className="size-3 shrink-0 text-faint" aria-label="refers to" />
      <Choose
        {...shared}
        label={`Refers to column ${number}`}
        choices={columns(target)}
        value={pair.targetColumnId}
        onChange={(next) => onChange({ ...pair, targetColumnId: asId(next) })}
      />
      <Button variant="ghost" size="icon-sm" disabled={disabled || !onRemove} aria-label={`Take out pair ${number}`} onClick={onRemove}>
        <X aria-hidden="true" />
      </Button>
    </div>
  )
}

function FixedReference({ view, value: { targetTableId, columnPairs } }: { readonly view: ProjectView; readonly value: Reference }) {
  const column = (id: Id | null) => (id === null ? '?' : columnNameOf(view, id))
  return (
    <div className="grid gap-0.5 py-1 font-mono text-xs">
      <span>{targetTableId === null ? '?' : displayName(tableNameOf(view, targetTableId))}</span>
      {columnPairs.map(({ sourceColumnId, targetColumnId }) => (
        <span key={sourceColumnId} className="flex items-center gap-1 text-muted">
          {column(sourceColumnId)} <ArrowRight className="size-3 text-faint" aria-label="refers to" /> {column(targetColumnId)}
        </span>
      ))}
    </div>
  )
}

const asId = (value: unknown): Id | null => (typeof value === 'string' ? value : null)

/** Pairs to begin with: the target's primary key, each column with the one here that is called like it and has its type. */
function pairsFor(view: ProjectView, tableId: Id, targetId: Id): readonly ColumnPair[] {
  const target = view.get('table', targetId)
  const own = view.childrenOf('column', tableId)
  const key = primaryKeyOf(view, targetId)?.columnIds ?? []
  const pairs = key.map((targetColumnId): ColumnPair => {
    const column = view.get('column', targetColumnId)
    const names = [
      `${target?.name ?? ''}_${column?.name ?? ''}`,
      `${(target?.name ?? '').replace(/s$/, '')}_${column?.name ?? ''}`,
      column?.name,
    ]
    const found = names.flatMap((name) => own.filter((one) => one.name === name && one.type === column?.type))
    const other = targetId === tableId ? found.find(({ id }) => id !== targetColumnId) : found[0]
    return { sourceColumnId: other?.id ?? null, targetColumnId }
  })
  return pairs.length > 0 ? pairs : [{ sourceColumnId: null, targetColumnId: null }]
}
