import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  currentCompletions,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { PostgreSQL, sql, type SQLNamespace } from '@codemirror/lang-sql'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { setDiagnostics } from '@codemirror/lint'
import { EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightSpecialChars, keymap, placeholder as placeholderText } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { TextProblem } from './syntax.ts'

// CodeMirror for PostgreSQL in our colours. Loaded when the first editor opens, never with the page.

export interface SqlEditorOptions {
  readonly parent: HTMLElement
  readonly text: string
  readonly label: string
  readonly labelledBy: string
  readonly placeholder: string
  readonly readOnly: boolean
  /** The page's nonce: without it a strict policy refuses CodeMirror's styles. */
  readonly nonce: string | undefined
  readonly names: () => SQLNamespace
  /** The table whose columns stand unqualified. */
  readonly table: string | null
  readonly onChange: (text: string) => void
}

/** An editor in the page. */
export interface SqlEditor {
  /** Replaces the text when it is another one; the place of the cursor stays where it can. */
  setText(text: string): void
  setProblems(problems: readonly TextProblem[]): void
  focus(): void
  destroy(): void
}

export function createSqlEditor(options: SqlEditorOptions): SqlEditor {
  const { parent, text, onChange } = options
  const view = new EditorView({ parent, state: EditorState.create({ doc: text, extensions: extensionsOf(options) }) })
  let isSetting = false
  function extensionsOf({ label, labelledBy, placeholder, readOnly, nonce, names, table }: SqlEditorOptions): Extension {
    return [
      nonce ? EditorView.cspNonce.of(nonce) : [],
      highlightSpecialChars(),
      history(),
      drawSelection(),
      bracketMatching(),
      closeBrackets(),
      sql({
        dialect: PostgreSQL,
        schema: names(),
        defaultSchema: 'public',
        upperCaseKeywords: true,
        ...(table === null ? {} : { defaultTable: table }),
      }),
      // Its own keys would come first, and take Escape for a list that is not there yet.
      autocompletion({ icons: false, activateOnTyping: true, defaultKeymap: false }),
      syntaxHighlighting(colours),
      look,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': labelledBy, spellcheck: 'false' }),
      placeholderText(placeholder),
      EditorState.readOnly.of(readOnly),
      EditorView.editable.of(!readOnly),
      // Tab leaves the editor, as it leaves any field. Mod-Enter belongs to the form.
      keymap.of([
        { key: 'Mod-Enter', run: () => true, stopPropagation: false },
        { key: 'Escape', run: endCompletion },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...historyKeymap,
        ...plainKeymap,
      ]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !isSetting) onChange(update.state.doc.toString())
      }),
    ]
  }
  return {
    setText(next) {
      if (next === view.state.doc.toString()) return
      isSetting = true
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } })
      isSetting = false
    },
    setProblems(problems) {
      const { length } = view.state.doc
      const found = problems.map(({ message, from, to }) => {
        const start = Math.min(from, length)
        return { from: start, to: Math.max(start, Math.min(to, length)), severity: 'error' as const, message }
      })
      view.dispatch(setDiagnostics(view.state, found))
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  }
}

/** Escape takes a list that is shown away. One still being made, or with nothing in it, is dropped, and the key goes on to the form. */
function endCompletion(view: EditorView): boolean {
  const isShown = currentCompletions(view.state).length > 0
  closeCompletion(view)
  return isShown
}

/** Without Escape, which would only undo a selection: it belongs to the form. */
const plainKeymap = defaultKeymap.filter(({ key }) => key !== 'Escape')

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--syntax-keyword)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--syntax-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--syntax-number)' },
  { tag: [tags.lineComment, tags.blockComment], color: 'var(--syntax-comment)' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--syntax-type)' },
])

const look = EditorView.theme({
  '&': { color: 'var(--text-primary)', backgroundColor: 'transparent', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '18px', maxHeight: '46vh' },
  '.cm-content': { padding: '6px 0', caretColor: 'var(--text-primary)' },
  '.cm-line': { padding: '0 10px' },
  '.cm-cursor': { borderLeftColor: 'var(--text-primary)' },
  '.cm-placeholder': { color: 'var(--text-faint)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent-blue) 28%, transparent)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--bg-elevated)', outline: 'none' },
  '.cm-tooltip': {
    backgroundColor: 'var(--bg-secondary)',
    color: 'var(--text-primary)',
    border: '1px solid var(--border-default)',
    borderRadius: '7px',
    boxShadow: 'var(--shadow-md)',
    overflow: 'hidden',
    fontSize: '12px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)', maxHeight: '12em' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--bg-elevated)', color: 'var(--text-primary)' },
  '.cm-diagnostic': { padding: '5px 10px', fontFamily: 'var(--font-sans)' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--accent-red)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--accent-red)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.cm-lintPoint-error::after': { borderBottomColor: 'var(--accent-red)' },
})
