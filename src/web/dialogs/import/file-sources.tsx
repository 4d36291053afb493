import { FileUp } from 'lucide-react'
import { useId } from 'react'
import { cn } from '../../ui/cn.ts'
import { Textarea } from '../../ui/input.tsx'
import { keysOf } from '../../commands/keys.ts'

interface FileSourcesProps {
  readonly text: string
  readonly onText: (text: string) => void
  /** Something hovers over the dialog. */
  readonly isOver: boolean
  readonly onFiles: (files: readonly File[]) => void
  readonly onReadText: () => void
}

/** Files to drop or choose, or SQL to paste. */
export function FileSources({ text, onText, isOver, onFiles, onReadText }: FileSourcesProps) {
  return (
    <div className="flex h-full flex-col gap-3">
      <DropZone isOver={isOver} onFiles={onFiles} />
      <Textarea
        aria-label="SQL to import"
        placeholder={`… or paste SQL here, ${keysOf('mod+Enter')} reads it`}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onPaste={(event) => onFiles([...event.clipboardData.files])}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) onReadText()
        }}
        className="min-h-0 flex-1 resize-none px-3 py-2.5 font-mono text-xs leading-5"
      />
    </div>
  )
}

function DropZone({ isOver, onFiles }: Pick<FileSourcesProps, 'isOver' | 'onFiles'>) {
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
