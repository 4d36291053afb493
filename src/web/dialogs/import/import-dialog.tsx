import { useCallback, useEffect, useRef, useState } from 'react'
import { useEditor } from '../../state/editor.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { RawSource } from '../../workers/import/protocol.ts'
import { readDatabase, readSources, type ReadingSession } from '../../workers/import/read-sources.ts'
import { ChooseSources } from './choose-sources.tsx'
import { fromFile } from './from-file.ts'
import { ReadingSources } from './reading-sources.tsx'
import { useDatabaseChoice } from './use-database-choice.ts'
import { usePaste } from './use-paste.ts'

interface ImportDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** Files that were dropped elsewhere, on the canvas say: they are read as soon as the dialog opens. */
  readonly initialFiles?: readonly File[] | undefined
  /** The project's name, for the sentence that says where things go. */
  readonly projectName?: string | undefined
}

/**
 * From files, pasted text or a live database to tables on the canvas: choose, read in a worker, look at the report, import. Nothing in the project changes
 * before the last step, which is one mutation.
 */
export function ImportDialog({ open, onOpenChange, initialFiles, projectName }: ImportDialogProps) {
  const [session, setSession] = useState<ReadingSession | null>(null)

  const leave = useCallback(() => setSession(null), [])
  const { canEdit, projectId } = useEditor()
  const address = `/api/projects/${encodeURIComponent(projectId)}`
  const read = useCallback((sources: readonly RawSource[]) => setSession(readSources(sources, `${address}/truth`)), [address])
  const database = useDatabaseChoice(open, `${address}/database`, (request, name) =>
    setSession(readDatabase({ address: `${address}/database/import`, request, name })),
  )

  const pasted = useRef<readonly RawSource[] | null>(null)
  usePaste(canEdit && !open, (sources) => {
    pasted.current = sources
    onOpenChange(true)
  })

  // A session's worker ends with it, whatever it is doing.
  useEffect(() => () => session?.close(), [session])
  useEffect(() => {
    if (!open) return setSession(null)
    const sources = pasted.current
    pasted.current = null
    if (sources) read(sources)
    else if (initialFiles && initialFiles.length > 0) read(initialFiles.map(fromFile))
  }, [open, initialFiles, read])

  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      {session ? (
        <ReadingSources
          session={session}
          projectName={projectName}
          isDatabase={database.tab === 'database'}
          onBack={leave}
          onDone={() => onOpenChange(false)}
        />
      ) : (
        <ChooseSources onRead={read} database={database} />
      )}
    </Dialog>
  )
}
