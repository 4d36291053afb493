import { memo, type ReactNode, type RefObject, useEffect, useRef } from 'react'
import type { Severity } from '#core/diagnostic.ts'
import { cn } from '../../ui/cn.ts'
import { tokenKinds, type CodeLine, type LineSource, type TokenKind } from './code-line.ts'
import { useLines } from './use-lines.ts'
import { useReveal, useWindow } from './use-window.ts'

/** A band of colour behind whole lines, counted from 0; `to` is exclusive. */
export interface Band {
  readonly from: number
  readonly to: number
  readonly tone: Severity | 'selected'
}

/** Where to scroll. Another object scrolls again, even to the same line. */
export interface RevealRequest {
  readonly line: number
  readonly lines?: number
}

interface CodeLinesProps {
  readonly source: LineSource | null
  readonly label: string
  readonly bands?: readonly Band[]
  readonly reveal?: RevealRequest | null
  /** A click that did not select text. */
  readonly onLineClick?: (line: number) => void
  /** Stands to the right of the code, over the scrollbar's neighbourhood: a ruler of diagnostics. */
  readonly children?: ReactNode
}

/** Height of a line in CSS pixels. */
export const LINE_HEIGHT = 20
/** Chromium draws no element taller than about 33 million pixels. */
const MOST_LINES = 1_500_000

/** Code as people read it: line numbers, colours, bands, underlined places. Only the lines in sight exist, so its length costs nothing. */
export function CodeLines({ source, label, bands = [], reveal = null, onLineClick, children }: CodeLinesProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const count = Math.min(source?.lineCount ?? 0, MOST_LINES)
  const window = useWindow(scroller, { count, rowHeight: LINE_HEIGHT })
  const lineOf = useLines(source, window)
  const show = useReveal(scroller, LINE_HEIGHT)
  const gutter = Math.max(3, String(count).length)
  useLineClick(scroller, onLineClick)

  useEffect(() => {
    if (reveal) show(reveal.line, reveal.lines)
  }, [reveal, show])

  const rows: ReactNode[] = []
  for (let line = window.from; line < window.to; line++) {
    const band = bands.find(({ from, to }) => line >= from && line < to)
    rows.push(<Line key={line} number={line} gutter={gutter} line={lineOf(line)} tone={band?.tone} isHere={reveal?.line === line} />)
  }
  return (
    <div className="relative min-h-0 min-w-0 flex-1">
      <div
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label={label}
        className={cn(
          "absolute inset-0 overflow-auto py-3 font-mono text-xs leading-5 outline-none [font-feature-settings:'calt'_0] focus-visible:shadow-[inset_0_0_0_1.5px_var(--ring)]",
          onLineClick && 'cursor-pointer',
        )}
      >
        <div
          className="relative min-w-full"
          style={{ height: count * LINE_HEIGHT, width: `calc(${(source?.width ?? 0) + gutter}ch + 52px)` }}
        >
          <div className="absolute inset-x-0" style={{ top: window.from * LINE_HEIGHT }}>
            {rows}
          </div>
        </div>
      </div>
      {children}
    </div>
  )
}

interface LineProps {
  readonly number: number
  readonly gutter: number
  readonly line: CodeLine | undefined
  readonly tone: Band['tone'] | undefined
  /** The line that was asked for. */
  readonly isHere: boolean
}

/** Tells clicks on lines that selected no text. One listener for all lines; the keyboard reaches tables by the outline and the palette. */
function useLineClick(scroller: RefObject<HTMLElement | null>, onLineClick: ((line: number) => void) | undefined): void {
  useEffect(() => {
    const element = scroller.current
    if (!element || !onLineClick) return undefined
    const listen = ({ target }: MouseEvent) => {
      const line = target instanceof Element ? target.closest<HTMLElement>('[data-line]')?.dataset.line : undefined
      if (line !== undefined && (getSelection()?.isCollapsed ?? true)) onLineClick(Number(line))
    }
    element.addEventListener('click', listen)
    return () => element.removeEventListener('click', listen)
  }, [scroller, onLineClick])
}

const Line = memo(function Line({ number, gutter, line, tone, isHere }: LineProps) {
  return (
    <div
      data-line={number}
      className={cn(
        'flex h-5 whitespace-pre pr-3',
        tone && bandClasses[tone],
        isHere && tone && tone !== 'selected' && 'shadow-[inset_2px_0_0_var(--accent-blue)]',
      )}
    >
      <span aria-hidden className="shrink-0 select-none pl-3 pr-4 text-right text-mark" style={{ width: `calc(${gutter}ch + 28px)` }}>
        {number + 1}
      </span>
      <span>{line && <Runs line={line} />}</span>
    </div>
  )
})

/** The parts of a line: where a colour or an underline begins or ends, a new part begins. */
function Runs({ line: { text, runs, marks = [] } }: { readonly line: CodeLine }) {
  const parts: ReactNode[] = []
  let at = 0
  for (let run = 0; run < runs.length || at < text.length; run += 2) {
    const end = run < runs.length ? at + (runs[run] ?? 0) : text.length
    const kind = tokenKinds[runs[run + 1] ?? 0] ?? 'plain'
    while (at < end) {
      const mark = marks.find((one) => one.start <= at && one.end > at)
      const stop = Math.min(end, mark ? mark.end : Math.min(...marks.filter((one) => one.start > at).map((one) => one.start), end))
      parts.push(
        <span key={at} className={`${tokenClasses[kind]} ${mark ? markClasses[mark.severity] : ''}`}>
          {text.slice(at, stop)}
        </span>,
      )
      at = stop
    }
  }
  return parts
}

const tokenClasses: Readonly<Record<TokenKind, string>> = {
  plain: '',
  keyword: 'text-syntax-keyword',
  type: 'text-syntax-type',
  string: 'text-syntax-string',
  number: 'text-syntax-number',
  comment: 'text-syntax-comment',
}
const markClasses: Readonly<Record<Severity, string>> = {
  error: 'underline decoration-wavy decoration-1 decoration-red underline-offset-4 [text-decoration-skip-ink:none]',
  warning: 'underline decoration-wavy decoration-1 decoration-yellow underline-offset-4 [text-decoration-skip-ink:none]',
  info: 'underline decoration-dotted decoration-1 decoration-blue underline-offset-4 [text-decoration-skip-ink:none]',
}
const bandClasses: Readonly<Record<Band['tone'], string>> = {
  error: 'bg-red/12',
  warning: 'bg-yellow/12',
  info: 'bg-blue/9',
  selected: 'bg-blue/9',
}
