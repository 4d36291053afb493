import { useCallback, useMemo, useRef, useState } from 'react'
import type { Schema } from '#core/schema/index.ts'
import { rowsToSchema } from '#core/project/schema.ts'
import { useEditor, type Editor } from '../../state/editor.tsx'
import { newId } from '../../state/new-id.ts'
import { toast } from '../../ui/toast.tsx'
import { MAX_WIDTH } from '../../canvas/geometry/table-size.ts'
import { placeNewcomers } from './place-newcomers.ts'
import { newcomers, planImport, type Plan } from './plan.ts'

/** How far the last step is; null = not begun. */
export type ImportStep = 'placing' | 'saving' | null

interface Importing {
  /** Null while there is nothing to import yet. */
  readonly plan: Plan | null
  readonly step: ImportStep
  readonly start: () => void
  readonly stop: () => void
}

/** The last step of an import: lay out what is new in the worker, then one mutation, then show it. */
export function useImport(schema: Schema | null, onDone: () => void): Importing {
  const editor = useEditor()
  const [step, setStep] = useState<ImportStep>(null)
  const stopper = useRef<AbortController | null>(null)
  const plan = useMemo(() => schema && planImport(schema, presentTables(editor)), [schema, editor])

  const stop = useCallback(() => stopper.current?.abort(), [])
  const start = useCallback(async () => {
    if (!schema) return
    const controller = new AbortController()
    stopper.current = controller
    try {
      setStep('placing')
      const { view } = editor.replica
      const incoming = newcomers(schema, [...view.all('table'), ...view.all('view')])
      const positions = await placeNewcomers(incoming, occupied(editor), controller.signal)
      setStep('saving')
      const result = await editor.edit('schema.import', { mode: 'merge', schema, idSeed: newId(), positions })
      if (result.kind === 'ok') {
        onDone()
        editor.camera.fit()
      }
    } catch (error) {
      if (!controller.signal.aborted)
        toast.error('The import stopped', { description: `${error instanceof Error ? error.message : String(error)} Nothing has changed.` })
    } finally {
      setStep(null)
    }
  }, [schema, editor, onDone])
  return { plan, step, start: () => void start(), stop }
}

/** The project's tables as a schema; cheap when there are none. */
function presentTables({ replica: { view } }: Editor): Pick<Schema, 'tables'> {
  return view.all('table').length === 0 ? { tables: [] } : rowsToSchema(view)
}

/** Where the canvas is taken: new tables go to the right of it. */
function occupied({ replica: { view } }: Editor): { right: number; top: number } | null {
  const taken = [...view.all('table'), ...view.all('view')]
  if (taken.length === 0) return null
  return {
    right: Math.max(...taken.map(({ positionX }) => positionX)) + MAX_WIDTH,
    top: Math.min(...taken.map(({ positionY }) => positionY)),
  }
}
