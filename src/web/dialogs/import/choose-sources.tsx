import { FileUp } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, useEffect, useId, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { cn } from '../../ui/cn.ts'
import { DialogClose, DialogContent } from '../../ui/dialog.tsx'
import { droppedFiles } from '../../ui/dropped-files.ts'
import { Textarea } from '../../ui/input.tsx'
import { keysOf } from '../../commands/keys.ts'
import type { RawSource } from '../../workers/import/protocol.ts'
import { prepareReader } from '../../workers/import/read-sources.ts'
import { fromFile } from './from-file.ts'

/** Where an import begins: drop, choose or paste. */
export function ChooseSources({ onRead }: { readonly onRead: (sources: readonly RawSource[]) => void }) {
  const [text, setText] = useState('')
  const [isOver, setOver] = useState(false)
  useEffect(() => prepareReader(), [])
  const readText = () => onRead([{ kind: 'text', file: 'pasted.sql', text }])
  const readFiles = (files: readonly File[]) => {
    if (files.length > 0) onRead(files.map(fromFile))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && text.trim()) readText()
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void droppedFiles(event.dataTransfer).then(readFiles)
  }
  return (
    <DialogContent
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className="h-[560px] max-w-[720px]"
      title="Import"
      description="A dump, migrations or a few statements. You see what comes of it before anything changes."
      footer={
        <>
          <span className="mr-auto text-xs text-faint">Everything is read here, in your browser.</span>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button variant="primary" disabled={!text.trim()} onClick={readText}>
            Read it
          </Button>
        </>
      }
    >
      <div className="flex h-full flex-col gap-3">
        <DropZone isOver={isOver} onFiles={readFiles} />
        <Textarea
          aria-label="SQL to import"
          placeholder={`… or paste SQL here, ${keysOf('mod+Enter')} reads it`}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onPaste={(event) => readFiles([...event.clipboardData.files])}
          onKeyDown={onKeyDown}
          className="min-h-0 flex-1 resize-none px-3 py-2.5 font-mono text-xs leading-5"
        />
      </div>
    </DialogContent>
  )
}

interface DropZoneProps {
  /** Something hovers over the dialog. */
  readonly isOver: boolean
  readonly onFiles: (files: readonly File[]) => void
}

function DropZone({ isOver, onFiles }: DropZoneProps) {
  const id = useId()
  return (
    <label
      htmlFor={id}
      className={cn(
        'flex h-[190px] shrink-0 cursor-pointer flex-col items-center justify-center gap-1.5 rounded-lg border border-dashed border-mark/60 bg-canvas text-center transition-colors hover:border-mark has-focus-visible:border-blue has-focus-visible:outline-2 has-focus-visible:outline-ring',
        isOver && 'border-blue bg-blue/8',
      )}
    >
      <span
        className={cn('mb-1 grid size-10 place-items-center rounded-xl border bg-raised text-muted', isOver && 'border-blue/50 text-blue')}
      >
        <FileUp className="size-[18px]" aria-hidden="true" />
      </span>
      <span className="text-sm font-semibold">
        Drop files, or <span className="text-blue">choose them</span>
      </span>
      <span className="max-w-[460px] text-xs text-muted">
        What pg_dump writes, SQL by hand, a folder of migrations (read in name order), or SchemaFlow JSON. Rows of data are left out.
      </span>
      <span className="font-mono text-2xs text-faint">.sql&ensp;.sql.gz&ensp;.json</span>
      <input
        id={id}
        type="file"
        multiple
        accept=".sql,.ddl,.txt,.dump,.json,.gz,text/plain,application/sql,application/json"
        className="sr-only"
        onChange={(event) => onFiles([...(event.target.files ?? [])])}
      />
    </label>
  )
}
