import { FileUp, Table2 } from 'lucide-react'
import { useCallback, useSyncExternalStore, type ReactNode } from 'react'
import { useEditor } from '#web/state/editor.tsx'
import { Button } from '#web/ui/button.tsx'
import { Kbd } from '#web/ui/kbd.tsx'
import { newTable } from '../input/keyboard.ts'
import { useCanvas } from '../kit.ts'

/** What an empty canvas invites to. */
export function EmptyCanvas({ onImport }: { onImport: (() => void) | undefined }): ReactNode {
  const kit = useCanvas()
  const { canEdit } = useEditor()
  const subscribe = useCallback((listener: () => void) => kit.scene.subscribe(listener), [kit])
  const read = useCallback(() => kit.scene.boxes.size === 0, [kit])
  const isEmpty = useSyncExternalStore(subscribe, read, read)
  if (!isEmpty) return null
  return (
    <div className="pointer-events-none absolute inset-0 z-5 grid place-items-center pb-16">
      <div className="grid max-w-sm justify-items-center gap-3 text-center">
        <h2 className="text-lg font-semibold text-fg">{canEdit ? 'Start with what you have' : 'Nothing here yet'}</h2>
        <p className="text-body text-muted">
          {canEdit ? (
            <>
              Drop a dump here, paste SQL, or press <Kbd className="text-muted">T</Kbd> to draw the first table. Double-click anywhere does
              the same.
            </>
          ) : (
            'The owner of this project has not drawn any tables.'
          )}
        </p>
        {canEdit && (
          <div className="pointer-events-auto mt-1 flex gap-2" data-chrome>
            {onImport && (
              <Button variant="primary" onClick={onImport}>
                <FileUp aria-hidden="true" /> Import SQL
              </Button>
            )}
            <Button onClick={() => newTable(kit)}>
              <Table2 aria-hidden="true" /> Add a table
            </Button>
          </div>
        )}
      </div>
    </div>
  )
}
