import { useId, useMemo, useState, type ReactNode } from 'react'
import { findType, shortType, typeParts } from '#core/dialects/postgres.ts'
import { DEFAULT_NAMESPACE } from '#core/schema/names.ts'
import type { Id } from '#core/project/rows.ts'
import { useAll, useEditor, useRow } from '#web/state/editor.tsx'
import { Checkbox } from '#web/ui/checkbox.tsx'
import { Command, CommandGroup, CommandInput, CommandItem, CommandList } from '#web/ui/command.tsx'
import { Input } from '#web/ui/input.tsx'
import { leaveCell } from '../actions/cells.ts'
import { setColumnType } from '../actions/edits.ts'
import { RowPopover } from './row-popover.tsx'
import { typeChoices, withTail, type OwnType } from './type-choices.ts'

/** Chooses a column's type: search, categories, the project's own types; below, its length and whether it is an array. */
export function TypePicker({ tableId, columnId }: { tableId: Id; columnId: Id }): ReactNode {
  const editor = useEditor()
  const column = useRow('column', columnId)
  const [query, setQuery] = useState('')
  const own = useOwnTypes()
  const groups = useMemo(() => typeChoices(query, own), [query, own])
  if (!column) return null
  const leave = (how: 'escape' | 'tab' | 'backtab'): void => leaveCell(editor, { kind: 'columnType', tableId, columnId }, how)
  const pick = (type: string): void => {
    setColumnType(editor, columnId, type)
    leave('escape')
  }
  return (
    <RowPopover label={`Type of ${column.name}`} className="flex max-h-80 w-72 flex-col p-0" side="right">
      <Command label="Types" shouldFilter={false} loop>
        <CommandInput
          autoFocus
          placeholder={shortType(column.type)}
          value={query}
          onValueChange={setQuery}
          className="font-mono text-xs"
          onKeyDown={(event) => {
            if (event.key !== 'Tab') return
            event.preventDefault()
            leave(event.shiftKey ? 'backtab' : 'tab')
          }}
        />
        <CommandList className="max-h-56">
          {groups.map((group) => (
            <CommandGroup key={group.heading} heading={group.heading}>
              {group.choices.map((choice) => (
                <CommandItem
                  key={choice.label}
                  value={`${group.heading} ${choice.label}`}
                  onSelect={() => pick(choice.type)}
                  className="h-7"
                >
                  <span className="font-mono text-xs">{choice.label}</span>
                  <span className="ml-auto truncate text-2xs text-faint">{choice.about}</span>
                </CommandItem>
              ))}
            </CommandGroup>
          ))}
        </CommandList>
      </Command>
      <TypeTail type={column.type} onChange={(type) => setColumnType(editor, columnId, type)} />
    </RowPopover>
  )
}

/** Length or precision, and brackets, of the type the column has. */
function TypeTail({ type, onChange }: { type: string; onChange: (type: string) => void }): ReactNode {
  const arrayId = useId()
  const { name, modifier, dimensions } = typeParts(type)
  const takes = findType(name)?.modifier ?? 'none'
  const labels = { none: '', length: 'Length', precision: 'Precision', precisionScale: 'Precision, scale' }
  const commit = (text: string): void => {
    const wanted = text.trim()
    if (wanted !== (modifier ?? '') && /^(\d+(\s*,\s*-?\d+)?)?$/.test(wanted)) onChange(withTail(type, wanted || null, dimensions !== ''))
  }
  return (
    <div className="flex h-10 shrink-0 items-center gap-3 border-t border-line-muted px-3.5 text-xs text-muted">
      {takes !== 'none' && (
        <label className="flex items-center gap-2">
          {labels[takes]}
          <Input
            key={type}
            size="sm"
            className="w-16 font-mono"
            defaultValue={modifier ?? ''}
            placeholder="any"
            onBlur={(event) => commit(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && commit(event.currentTarget.value)}
          />
        </label>
      )}
      <label htmlFor={arrayId} className="ml-auto flex items-center gap-2">
        <Checkbox
          id={arrayId}
          checked={dimensions !== ''}
          onCheckedChange={(checked) => onChange(withTail(type, modifier, checked === true))}
        />
        Array
      </label>
    </div>
  )
}

/** The enums, domains and other types of the project, as a column's type spells them. */
function useOwnTypes(): readonly OwnType[] {
  const enums = useAll('enumType')
  const domains = useAll('domain')
  const composites = useAll('compositeType')
  const ranges = useAll('rangeType')
  return useMemo(() => {
    const spell = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
      namespace === DEFAULT_NAMESPACE ? quoted(name) : `${quoted(namespace)}.${quoted(name)}`
    return [
      ...enums.map((it) => ({ type: spell(it), about: `enum, ${it.values.length} values` })),
      ...domains.map((it) => ({ type: spell(it), about: `domain on ${shortType(it.type)}` })),
      ...composites.map((it) => ({ type: spell(it), about: 'composite type' })),
      ...ranges.map((it) => ({ type: spell(it), about: 'range type' })),
    ]
  }, [enums, domains, composites, ranges])
}

const quoted = (name: string): string => (/^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`)
