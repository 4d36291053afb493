import { useEffect, useEffectEvent } from 'react'
import type { RawSource } from '../../workers/import/protocol.ts'
import { fromFile } from './from-file.ts'

/** Takes files or SQL that are pasted on the page itself, not into a field or a dialog. */
export function usePaste(isEnabled: boolean, onPaste: (sources: readonly RawSource[]) => void): void {
  const take = useEffectEvent((event: ClipboardEvent) => {
    const { target, clipboardData } = event
    const isElsewhere =
      target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"]') !== null
    if (!isEnabled || event.defaultPrevented || isElsewhere || !clipboardData) return
    const sources = pastedSources([...clipboardData.files], clipboardData.getData('text/plain'))
    if (sources.length === 0) return
    event.preventDefault()
    onPaste(sources)
  })
  useEffect(() => {
    const listen = (event: ClipboardEvent) => take(event)
    document.addEventListener('paste', listen)
    return () => document.removeEventListener('paste', listen)
  }, [])
}

/** What of a clipboard can be imported: its files, else its text when it reads like SQL or like a SchemaFlow file. */
export function pastedSources(files: readonly File[], text: string): readonly RawSource[] {
  if (files.length > 0) return files.map(fromFile)
  if (/^\s*\{\s*"format"\s*:\s*"schemaflow"/.test(text)) return [{ kind: 'text', file: 'pasted.json', text }]
  return /\b(create|alter)\s+(\w+\s+){0,3}(table|type|view|index|schema|domain|sequence|function)\b/i.test(text)
    ? [{ kind: 'text', file: 'pasted.sql', text }]
    : []
}
