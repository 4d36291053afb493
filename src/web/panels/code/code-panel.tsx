import { ChevronDown, Code2, TriangleAlert } from 'lucide-react'
import { lazy, Suspense, useEffect, useEffectEvent, useId, useMemo, useState } from 'react'
import type { Id } from '#core/project/rows.ts'
import { useEditor, useSelection } from '../../state/editor.tsx'
import { Button } from '../../ui/button.tsx'
import { cn } from '../../ui/cn.ts'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from '../../ui/dropdown-menu.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Tabs, TabsList, tabsRow, TabsTrigger } from '../../ui/tabs.tsx'
import type { Code, CodeState } from '../../workers/export/write-code.ts'
import type { TablePlace } from '../../workers/export/protocol.ts'
import { CodeLines, type Band, type RevealRequest } from '../lines/code-lines.tsx'
import { CodeFoot } from './code-foot.tsx'
import { codeTabs, firstTabs, formatOf, isPanelTab, recallTab, rememberTab, titleOf, type CodeTab, type PanelTab } from './tabs.ts'
import { useCode } from './use-code.ts'

interface CodePanelProps {
  /** The tab from the address; without one, the tab this browser used last. Names that are no tab are taken for none. */
  readonly panel?: string | undefined
  readonly onPanelChange?: ((panel: PanelTab) => void) | undefined
  /** False while the panel is collapsed: then nothing is written. */
  readonly isVisible?: boolean
}

// Forms and what they need come with their first use.
const Inspector = lazy(() => import('../inspector/inspector.tsx').then((module) => ({ default: module.Inspector })))

/** What is selected, to change it; or the schema as SQL, Drizzle, Prisma or JSON: written as people edit, tied to the canvas in both directions. */
export function CodePanel({ panel, onPanelChange, isVisible = true }: CodePanelProps) {
  const [tab, choose] = useTab(panel, onPanelChange)
  const { session, state } = useCode(isVisible && tab !== 'inspector' ? formatOf(tab) : null)
  const bodyId = useId()

  return (
    <section aria-label="Code" className="flex h-full min-h-0 min-w-0 flex-col bg-surface">
      <Tabs value={tab} onValueChange={choose} className="flex min-h-0 flex-1 flex-col">
        <div className={tabsRow}>
          <TabsList aria-label="Panel" className="h-full border-0 px-0">
            <TabsTrigger value="inspector" aria-controls={bodyId}>
              Inspector
            </TabsTrigger>
            {firstTabs.map((name) => (
              <TabsTrigger key={name} value={name} aria-controls={bodyId}>
                {titleOf(name)}
              </TabsTrigger>
            ))}
          </TabsList>
          <MoreTabs tab={tab} onChoose={choose} />
        </div>
        {/* One for all tabs: the code stays where it is while the next is being written. */}
        <div
          id={bodyId}
          role="tabpanel"
          aria-label={tab === 'inspector' ? 'Inspector' : titleOf(tab)}
          className="flex min-h-0 flex-1 flex-col"
        >
          {tab === 'inspector' ? (
            <Suspense fallback={null}>
              <Inspector />
            </Suspense>
          ) : (
            <CodeBody tab={tab} state={state} />
          )}
        </div>
      </Tabs>
      {tab === 'inspector' ? null : <CodeFoot tab={tab} state={state} session={session} />}
    </section>
  )
}

/** The tab that is shown: the one chosen last, here or in the address. The address follows a choice, but not at once. */
function useTab(panel: string | undefined, onPanelChange: CodePanelProps['onPanelChange']): [PanelTab, (name: string) => void] {
  const [tab, setTab] = useState<PanelTab>(isPanelTab(panel) ? panel : 'sql')
  const [followed, setFollowed] = useState(panel)
  if (panel !== followed) {
    setFollowed(panel)
    if (isPanelTab(panel)) setTab(panel)
  }
  // After the first drawing, which is to be the server's.
  const recall = useEffectEvent(() => {
    if (!isPanelTab(panel)) setTab(recallTab())
  })
  useEffect(() => recall(), [])
  const choose = (name: string) => {
    if (!isPanelTab(name)) return
    rememberTab(name)
    setTab(name)
    onPanelChange?.(name)
  }
  return [tab, choose]
}

function MoreTabs({ tab, onChoose }: { readonly tab: PanelTab; readonly onChoose: (name: string) => void }) {
  const more = codeTabs.filter((name) => !firstTabs.includes(name))
  const here = more.find((name) => name === tab)
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          className={cn(
            'relative h-full rounded-none px-2.5 font-medium hover:bg-transparent',
            here && 'text-fg after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 after:bg-blue',
          )}
        >
          {here ? titleOf(here) : 'More'}
          <ChevronDown aria-hidden="true" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuRadioGroup value={tab} onValueChange={onChoose}>
          {more.map((name) => (
            <DropdownMenuRadioItem key={name} value={name}>
              {titleOf(name)}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}

function CodeBody({ tab, state }: { readonly tab: CodeTab; readonly state: CodeState }) {
  const code = state.kind === 'idle' ? null : state.last
  if (state.kind === 'failed' && !code) {
    return (
      <EmptyState
        className="flex-1 justify-center"
        icon={TriangleAlert}
        title={`${titleOf(tab)} could not be written`}
        text={`${state.message} Your schema is safe; the other tabs may work.`}
      />
    )
  }
  if (code?.written.isEmpty) {
    return (
      <EmptyState
        className="flex-1 justify-center"
        icon={Code2}
        title="Your schema as code"
        text="Add a table or import SQL, and it is written here as you edit, ready to copy."
      />
    )
  }
  return <TiedCode code={code} tab={tab} />
}

const noPlaces: readonly TablePlace[] = []

/** The code with what is selected on the canvas banded and in sight; a click selects the table whose code it is. */
function TiedCode({ code, tab }: { readonly code: Code | null; readonly tab: CodeTab }) {
  const { camera } = useEditor()
  const selected = useSelection((it) => it.tableIds)
  const places = code?.written.places ?? noPlaces
  const bands = useMemo(() => bandsOf(places, selected), [places, selected])
  const reveal = useReveal(code, selected)

  const tableAt = (line: number): Id | undefined => places.find(({ from, to }) => line >= from && line < to)?.tableId
  const select = (line: number) => {
    const tableId = tableAt(line)
    if (tableId) camera.focusTable(tableId)
  }
  return <CodeLines source={code?.lines ?? null} label={`Schema as ${titleOf(tab)}`} bands={bands} reveal={reveal} onLineClick={select} />
}

const bandsOf = (places: readonly TablePlace[], selected: ReadonlySet<Id>): readonly Band[] =>
  places.flatMap(({ tableId, from, to }) => (selected.has(tableId) ? [{ from, to, tone: 'selected' as const }] : []))

/** Asks to scroll when another table is selected, or when its code is there for the first time (the panel opened, the tab changed). */
function useReveal(code: Code | null, selected: ReadonlySet<Id>): RevealRequest | null {
  const [request, setRequest] = useState<RevealRequest | null>(null)
  const [first] = selected
  const format = code?.written.format
  const only = selected.size === 1 ? first : undefined
  // Reads the code as it is then: what changes with every edit must not scroll.
  const show = useEffectEvent((id: Id) => {
    const place = code?.written.places.find(({ tableId }) => tableId === id)
    if (place) setRequest({ line: place.from, lines: place.to - place.from })
  })
  useEffect(() => {
    if (only && format) show(only)
  }, [only, format])
  return request
}
