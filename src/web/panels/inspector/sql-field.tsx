import { useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { quoteName } from '#core/dialects/postgres.ts'
import type { ProjectView } from '#core/project/rows.ts'
import { useEditor } from '../../state/editor.tsx'
import { cn } from '../../ui/cn.ts'
import { useNonce } from '../../ui/use-nonce.ts'
import type { SqlEditor } from './code-mirror.ts'
import { syntaxProblem, type Frame, type TextProblem } from './syntax.ts'

interface SqlFieldProps {
  readonly label: string
  readonly text: string
  readonly frame: Frame
  readonly placeholder?: string
  readonly readOnly: boolean
  /** Lines that are there before anything is typed. */
  readonly lines: number
  /** The table whose columns stand unqualified. */
  readonly table: string | null
  /** What PostgreSQL itself says against the text; the grammar's word is found here. */
  readonly problems: readonly TextProblem[]
  readonly onChange: (text: string) => void
  /** Whether the grammar takes the text. */
  readonly onSyntax: (isSql: boolean) => void
}

/** SQL, coloured and completed, looked at by PostgreSQL's grammar as it is typed. A plain field until CodeMirror is there. */
export function SqlField({ label, text, frame, placeholder = '', readOnly, lines, table, problems, onChange, onSyntax }: SqlFieldProps) {
  const { replica } = useEditor()
  const nonce = useNonce()
  const host = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<SqlEditor | null>(null)
  const syntax = useSyntax(text, frame, onSyntax)
  const noteId = useId()
  // CodeMirror's events are not React's: what was typed must be in the form before the key that saves it comes.
  const changed = useEffectEvent(onChange)
  const open = useEffectEvent(async (parent: HTMLElement, isGone: () => boolean) => {
    const { createSqlEditor } = await import('./code-mirror.ts')
    if (isGone()) return null
    const names = () => namesIn(replica.view)
    const labels = { label, labelledBy: noteId, placeholder }
    return createSqlEditor({ parent, text, ...labels, readOnly, nonce, names, table, onChange: (next) => flushSync(() => changed(next)) })
  })
  useEffect(() => {
    let isGone = false
    let made: SqlEditor | null = null
    const parent = host.current
    if (parent)
      void open(parent, () => isGone).then((opened) => {
        made = opened
        setEditor(opened)
      })
    return () => {
      isGone = true
      made?.destroy()
    }
  }, [readOnly])
  useEffect(() => editor?.setText(text), [editor, text])
  useEffect(() => editor?.setProblems(syntax ? [syntax] : problems), [editor, syntax, problems])
  const problem = syntax ?? problems[0]
  return (
    <div>
      <div
        className={cn(
          'overflow-hidden rounded-md border bg-canvas transition-colors focus-within:border-blue focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-ring',
          problem ? 'border-red' : 'border-line hover:border-mark/70',
        )}
      >
        <div ref={host} style={{ minHeight: 12 + lines * 18 }}>
          {editor ? null : <pre className="px-2.5 py-1.5 font-mono text-xs leading-[18px] whitespace-pre-wrap">{text || ' '}</pre>}
        </div>
      </div>
      <p id={noteId} aria-live="polite" className="mt-1 text-xs text-red empty:hidden">
        {problem?.message}
      </p>
    </div>
  )
}

/** What the grammar says against a text that has been left alone for a moment. */
function useSyntax(text: string, frame: Frame, onSyntax: (isSql: boolean) => void): TextProblem | null {
  const [found, setFound] = useState<{ readonly text: string; readonly problem: TextProblem | null } | null>(null)
  const tell = useEffectEvent(onSyntax)
  useEffect(() => {
    let isOld = false
    const timer = setTimeout(() => {
      void syntaxProblem(text, frame).then((problem) => {
        if (isOld) return
        setFound({ text, problem })
        tell(problem === null)
      })
    }, 120)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [text, frame])
  return found?.text === text ? found.problem : null
}

/** Tables and views of the project with their columns, spelt as SQL spells them. */
function namesIn(view: ProjectView): Record<string, Record<string, string[]>> {
  const names: Record<string, Record<string, string[]>> = Object.create(null)
  for (const { namespace, name, id } of view.all('table'))
    (names[namespace] ??= {})[name] = view.childrenOf('column', id).map((column) => quoteName(column.name))
  for (const { namespace, name } of view.all('view')) (names[namespace] ??= {})[name] = []
  return names
}
