import { Eye, Table2 } from 'lucide-react'
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useState } from 'react'
import { CommandDialog, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from '../ui/command.tsx'
import { commands } from './all.ts'
import type { CommandContext } from './command.ts'
import { keysOf } from './keys.ts'
import { collectPlaces, type PlaceToGo } from './places.ts'
import { findAnything } from './find-anything.ts'

interface PaletteProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly context: CommandContext
}

/** Go to any table or column, run any command. */
export function Palette({ open, onOpenChange, context }: PaletteProps) {
  const [typed, setTyped] = useState('')
  const [marked, setMarked] = useState('')
  useEffect(() => {
    if (open) setTyped('')
  }, [open])
  const choose = (act: () => void) => {
    onOpenChange(false)
    // After the dialog has given the focus back: what is run may want it.
    setTimeout(act)
  }
  return (
    <CommandDialog
      open={open}
      onOpenChange={onOpenChange}
      title="Go to table, column or command"
      shouldFilter={false}
      value={marked}
      onValueChange={setMarked}
    >
      <CommandInput placeholder="Go to table, column or command" value={typed} onValueChange={setTyped} />
      {open ? <Results query={typed} context={context} onChoose={choose} onFirst={setMarked} /> : null}
    </CommandDialog>
  )
}

interface ResultsProps {
  readonly query: string
  readonly context: CommandContext
  readonly onChoose: (act: () => void) => void
  /** Told what comes first whenever the results change: Enter means it. */
  readonly onFirst: (id: string) => void
}

function Results({ query, context, onChoose, onFirst }: ResultsProps) {
  const { editor } = context
  // The palette is open for seconds: the schema is looked through once.
  const places = useMemo(() => collectPlaces(editor.replica.view), [editor])
  const possible = useMemo(() => commands.filter((one) => !one.isHidden && (one.isPossible?.(context) ?? true)), [context])
  const found = useMemo(() => findAnything(query, places, possible), [query, places, possible])
  const first = (found.commandsFirst ? found.commands[0] : found.places[0])?.id ?? ''
  // Before the next key: an Enter typed at once must not run what came first a moment ago.
  useLayoutEffect(() => onFirst(first), [first, query, onFirst])

  const placeGroup = found.places.length > 0 && (
    <CommandGroup key="places" heading="Go to">
      {found.places.map((place) => (
        <CommandItem
          key={place.id}
          value={place.id}
          onSelect={() => onChoose(() => editor.camera.focusTable(place.tableId, place.columnId ?? undefined))}
        >
          <PlaceFace place={place} />
        </CommandItem>
      ))}
    </CommandGroup>
  )
  const commandGroup = found.commands.length > 0 && (
    <CommandGroup key="commands" heading="Commands">
      {found.commands.map((one) => (
        <CommandItem
          key={one.id}
          value={one.id}
          shortcut={one.keys?.[0] && keysOf(one.keys[0])}
          onSelect={() => onChoose(() => one.run(context))}
        >
          <one.icon aria-hidden="true" />
          {one.title}
        </CommandItem>
      ))}
    </CommandGroup>
  )
  return (
    <CommandList>
      {placeGroup || commandGroup ? null : <CommandEmpty>Nothing is called like that.</CommandEmpty>}
      {found.commandsFirst ? [commandGroup, placeGroup] : [placeGroup, commandGroup]}
    </CommandList>
  )
}

function PlaceFace({ place: { kind, namespace, table, column, type } }: { readonly place: PlaceToGo }): ReactNode {
  const Icon = kind === 'view' ? Eye : Table2
  return (
    <>
      <Icon aria-hidden="true" className={column === null ? '' : 'opacity-0'} />
      <span className="min-w-0 truncate font-mono text-xs">
        {namespace ? <span className="text-faint">{namespace}.</span> : null}
        {column === null ? table : <span className="text-muted">{table}.</span>}
        {column}
      </span>
      {type ? <span className="ml-auto shrink-0 pl-4 font-mono text-2xs text-faint">{type}</span> : null}
    </>
  )
}
