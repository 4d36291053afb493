import { CircleCheck } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { tokenKinds } from '../panels/lines/code-line.ts'
import { cn } from '../ui/cn.ts'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../ui/tabs.tsx'
import type { ShowcaseCode, ShowcaseLine } from './showcase.ts'

interface MiniCodeProps {
  readonly code: readonly ShowcaseCode[]
  /** The table whose text is marked and scrolled into view. */
  readonly active: string | null
}

/** What the exporters wrote, one tab each. */
export function MiniCode({ code, active }: MiniCodeProps) {
  const [tab, setTab] = useState(code[0]?.id ?? '')
  const shown = code.find((it) => it.id === tab)
  return (
    <Tabs value={tab} onValueChange={setTab} className="flex h-full min-w-0 flex-col border-line-muted bg-surface lg:border-l">
      <TabsList aria-label="Generated code">
        {code.map((it) => (
          <TabsTrigger key={it.id} value={it.id}>
            {it.title}
          </TabsTrigger>
        ))}
      </TabsList>
      {code.map((it) => (
        <TabsContent key={it.id} value={it.id} className="min-h-0 overflow-hidden">
          <Text code={it} active={active} />
        </TabsContent>
      ))}
      {shown ? <Verdict losses={shown.losses} /> : null}
    </Tabs>
  )
}

function Text({ code, active }: { readonly code: ShowcaseCode; readonly active: string | null }) {
  const scroller = useRef<HTMLPreElement>(null)
  const changed = useChangedLines(code.lines)
  const [first, last] = (active ? code.places[active] : undefined) ?? [-1, -1]
  useEffect(() => {
    show(scroller.current, first)
  }, [first])
  useEffect(() => {
    const [line] = changed
    if (line !== undefined) show(scroller.current, line)
  }, [changed])
  return (
    <pre
      ref={scroller}
      // A scrolling text must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={`${code.title} of this schema`}
      className="relative h-full overflow-auto py-3 text-[11.5px] leading-[19px]"
    >
      {code.lines.map((line, index) => (
        <span
          // Lines are told apart by their place and nothing else.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          className={cn(
            'block w-max min-w-full pr-4',
            index >= first && index <= last && 'bg-blue/10',
            changed.has(index) && 'bg-green/20',
          )}
        >
          <span aria-hidden="true" className="inline-block w-10 pr-3.5 text-right text-mark select-none">
            {index + 1}
          </span>
          <Coloured line={line} />
          {'\n'}
        </span>
      ))}
    </pre>
  )
}

/** Brings a line near the top. */
function show(scroller: HTMLElement | null, index: number): void {
  const line = scroller?.children[index]
  if (!(line instanceof HTMLElement)) return
  const smooth = !matchMedia('(prefers-reduced-motion: reduce)').matches
  scroller?.scrollTo({ top: Math.max(0, line.offsetTop - 40), behavior: smooth ? 'smooth' : 'auto' })
}

/** The lines that the last edit has brought, so that one sees how far it reached. */
function useChangedLines(lines: readonly ShowcaseLine[]): ReadonlySet<number> {
  const [seen, setSeen] = useState({ lines, changed: nothing })
  if (seen.lines === lines) return seen.changed
  const known = new Set(seen.lines.map(({ text }) => text))
  const changed = new Set(lines.flatMap(({ text }, index) => (known.has(text) ? [] : [index])))
  setSeen({ lines, changed })
  return changed
}
const nothing: ReadonlySet<number> = new Set()

const colours = {
  plain: '',
  keyword: 'text-syntax-keyword',
  type: 'text-syntax-type',
  string: 'text-syntax-string',
  number: 'text-syntax-number',
  comment: 'text-syntax-comment',
}

function Coloured({ line }: { readonly line: ShowcaseLine }) {
  if (line.runs.length === 0) return line.text
  const parts = []
  for (let at = 0, index = 0; index < line.runs.length; index += 2) {
    const length = line.runs[index] ?? 0
    parts.push(
      <span key={at} className={colours[tokenKinds[line.runs[index + 1] ?? 0] ?? 'plain']}>
        {line.text.slice(at, at + length)}
      </span>,
    )
    at += length
  }
  return parts
}

function Verdict({ losses }: { readonly losses: readonly string[] }) {
  return (
    <div className="flex h-9 shrink-0 items-center gap-2 border-t border-line-muted px-3 text-xs text-muted">
      {losses.length === 0 ? (
        <>
          <CircleCheck className="size-3.5 text-green" aria-hidden="true" /> Nothing lost
        </>
      ) : (
        <details className="group relative min-w-0">
          <summary className="list-none text-yellow underline-offset-4 hover:underline">
            {losses.length === 1 ? '1 thing' : `${losses.length} things`} it cannot hold
          </summary>
          <ul className="absolute bottom-7 left-0 z-10 grid w-80 gap-1.5 rounded-lg border bg-surface p-3 text-fg shadow-lg">
            {losses.map((loss) => (
              <li key={loss}>{loss}</li>
            ))}
          </ul>
        </details>
      )}
      <span className="ml-auto truncate text-faint">written by the real exporter</span>
    </div>
  )
}
