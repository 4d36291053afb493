// @vitest-environment jsdom
import { cleanup, fireEvent, render } from '@testing-library/react'
import { useEffect } from 'react'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { ProjectStore } from '#core/project/store.ts'
import type { ReplicaApi } from '#sync/types.ts'
import { EditorProvider, useEditor, type Editor } from '../state/editor.tsx'
import { commands } from './all.ts'
import { CommandProvider } from './command-provider.tsx'

beforeAll(() => {
  // What jsdom lacks and cmdk asks for.
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  Element.prototype.scrollIntoView ??= () => {}
})
afterEach(cleanup)

const replica: ReplicaApi = {
  view: new ProjectStore(),
  role: 'owner',
  state: { kind: 'saved' },
  subscribe: () => () => {},
  onState: () => () => {},
  mutate: async () => ({ kind: 'ok', seq: 1, diagnostics: [] }),
}
const page = { openImport: vi.fn(), showPanel: vi.fn(), togglePanel: vi.fn(), toggleOutline: vi.fn() }

/** A page with the commands and a field; gives its editor. */
function open(): Editor {
  const found: Editor[] = []
  const Inside = () => {
    const editor = useEditor()
    useEffect(() => void found.push(editor), [editor])
    return <input aria-label="name" />
  }
  render(
    <EditorProvider projectId="p" replica={replica}>
      <CommandProvider page={page}>
        <Inside />
      </CommandProvider>
    </EditorProvider>,
  )
  const [editor] = found
  if (!editor) throw new Error('no editor')
  return editor
}

test('S0 §8: keys run commands', () => {
  const editor = open()
  const fit = vi.spyOn(editor.camera, 'fit')
  fireEvent.keyDown(document.body, { key: 'f' })
  expect(fit).toHaveBeenCalledOnce()
  editor.selection.tables(['a'])
  fireEvent.keyDown(document.body, { key: 'Escape' })
  expect(editor.selection.get().tableIds.size).toBe(0)
})

test('typing in a field runs nothing but what is meant for everywhere', () => {
  const editor = open()
  const fit = vi.spyOn(editor.camera, 'fit')
  const field = document.querySelector('input')
  if (!field) throw new Error('no field')
  fireEvent.keyDown(field, { key: 'f' })
  fireEvent.keyDown(field, { key: 'j', ctrlKey: true })
  expect(fit).not.toHaveBeenCalled()
  expect(page.togglePanel).toHaveBeenCalledOnce()
})

test('the palette opens by its keys and runs what is chosen', async () => {
  open()
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  const field = document.querySelector<HTMLInputElement>('[cmdk-input]')
  if (!field) throw new Error('no palette')
  fireEvent.change(field, { target: { value: 'import' } })
  await vi.waitFor(() => expect(document.querySelectorAll('[cmdk-item]')).toHaveLength(1))
  await vi.waitFor(() => expect(document.querySelector('[cmdk-item][data-selected=true]')).not.toBeNull())
  fireEvent.keyDown(field, { key: 'Enter' })
  await vi.waitFor(() => expect(page.openImport).toHaveBeenCalledOnce())
})

test('no two commands share an id or a key', () => {
  const ids = commands.map(({ id }) => id)
  const keys = commands.flatMap((one) => one.keys ?? [])
  expect(new Set(ids).size).toBe(ids.length)
  expect(new Set(keys).size).toBe(keys.length)
})
