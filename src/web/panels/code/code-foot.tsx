import { Check, CircleAlert, Copy, Download, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Loss } from '#formats/format.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Popover, PopoverContent, PopoverTrigger } from '../../ui/popover.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { toast } from '../../ui/toast.tsx'
import type { CodeSession, CodeState } from '../../workers/export/write-code.ts'
import type { Written } from '../../workers/export/protocol.ts'
import { count, figure } from '../count.ts'
import { groupLosses } from './group-losses.ts'
import { copyText, downloadText } from './save.ts'
import { extensionOf, formatOf, titleOf, type CodeTab } from './tabs.ts'

interface CodeFootProps {
  readonly tab: CodeTab
  readonly state: CodeState
  readonly session: CodeSession | null
}

/** Under the code: what it cannot carry, and the ways to take it along. */
export function CodeFoot({ tab, state, session }: CodeFootProps) {
  const last = state.kind === 'idle' ? null : (state.last?.written ?? null)
  // Right after a change of tabs what is shown is still in the other language.
  const written = last?.format === formatOf(tab) ? last : null
  const isCurrent = written !== null && !written.isEmpty
  const [copied, setCopied] = useState(false)

  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), 1600)
    return () => clearTimeout(timer)
  }, [copied])

  const take = async () => (await session?.files()) ?? []
  const copy = async () => {
    const files = await take()
    // That it could not be written is said beside the button.
    if (files.length === 0) return
    if (await copyText(files.map(({ text }) => text).join('\n'))) setCopied(true)
    else toast.error('The browser refused to copy', { description: 'Download the file instead.' })
  }
  const download = async () => {
    for (const { path, text } of await take()) downloadText(path.split('/').at(-1) ?? `schema.${extensionOf(tab)}`, text)
  }

  return (
    <footer className="flex h-10 shrink-0 items-center gap-2 border-t border-line-muted px-3 text-xs whitespace-nowrap text-muted">
      <span className="flex min-w-0 items-center gap-1.5 tabular-nums" aria-live="polite">
        <StateMark state={state} />
        <span className="truncate">{state.kind === 'failed' ? state.message : stateText(written)}</span>
      </span>
      <span className="grow" />
      {isCurrent ? <Losses losses={written.losses} tab={tab} /> : null}
      <Button size="sm" onClick={copy} disabled={!isCurrent}>
        {copied ? <Check className="text-green" aria-hidden="true" /> : <Copy aria-hidden="true" />}
        {copied ? 'Copied' : 'Copy'}
      </Button>
      <Button size="sm" onClick={download} disabled={!isCurrent}>
        <Download aria-hidden="true" />
        Download
      </Button>
    </footer>
  )
}

function stateText(written: Written | null): string {
  if (!written) return 'Writing'
  return written.isEmpty ? 'Nothing to write yet' : count(written.lineCount, 'line')
}

/** Writing takes a blink for most schemas, so the sign of it waits a little. */
function StateMark({ state }: { readonly state: CodeState }) {
  const isWriting = state.kind === 'writing'
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    if (!isWriting) return setSlow(false)
    const timer = setTimeout(() => setSlow(true), 300)
    return () => clearTimeout(timer)
  }, [isWriting])
  if (state.kind === 'failed') return <TriangleAlert className="size-3.5 shrink-0 text-red" aria-label="Failed" />
  if (isWriting && isSlow) return <Spinner className="shrink-0" />
  return <Check className="size-3.5 shrink-0 text-green" aria-hidden="true" />
}

function Losses({ losses, tab }: { readonly losses: readonly Loss[]; readonly tab: CodeTab }) {
  if (losses.length === 0) return <Badge>nothing lost</Badge>
  const groups = groupLosses(losses)
  return (
    <Popover>
      <PopoverTrigger asChild>
        <button type="button" className="rounded-full">
          <Badge tone="yellow" className="hover:bg-yellow/24">
            <CircleAlert className="size-3" aria-hidden="true" />
            {count(losses.length, 'note')}
          </Badge>
        </button>
      </PopoverTrigger>
      <PopoverContent
        align="end"
        aria-label={`What ${titleOf(tab)} cannot hold`}
        className="flex max-h-[min(60vh,520px)] w-[380px] flex-col p-0"
      >
        <header className="border-b border-line-muted px-4 py-3">
          <h3 className="text-body font-semibold">What {titleOf(tab)} cannot hold</h3>
          <p className="mt-0.5 text-xs text-muted">It stays in your project. SQL and JSON carry all of it.</p>
        </header>
        <ul className="min-h-0 overflow-y-auto px-4 py-1 whitespace-normal">
          {groups.map((group) => (
            <li key={group.key} className="grid gap-0.5 border-b border-line-muted py-2.5 last:border-0">
              <p className="text-[12.5px] font-medium text-fg">
                {group.message}
                {group.count > 1 ? <span className="font-normal text-faint"> {figure(group.count)} times</span> : null}
              </p>
              {group.hint ? <p className="text-xs text-muted">{group.hint}</p> : null}
              <p className="min-w-0 font-mono text-2xs [overflow-wrap:anywhere] text-faint">
                {group.objects.join(', ')}
                {group.count > group.objects.length ? ` and ${count(group.count - group.objects.length, 'other')}` : ''}
              </p>
            </li>
          ))}
        </ul>
      </PopoverContent>
    </Popover>
  )
}
