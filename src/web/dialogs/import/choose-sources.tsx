import { type DragEvent, useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { DialogClose, DialogContent } from '../../ui/dialog.tsx'
import { droppedFiles } from '../../ui/dropped-files.ts'
import { Spinner } from '../../ui/spinner.tsx'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../../ui/tabs.tsx'
import type { RawSource } from '../../workers/import/protocol.ts'
import { prepareReader } from '../../workers/import/read-sources.ts'
import { countChosen, countTables } from './chosen-tables.ts'
import { DatabaseForm, FORM_ID } from './database-form.tsx'
import { DatabaseTables } from './database-tables.tsx'
import { FileSources } from './file-sources.tsx'
import { fromFile } from './from-file.ts'
import type { DatabaseChoice } from './use-database-choice.ts'

interface ChooseSourcesProps {
  readonly onRead: (sources: readonly RawSource[]) => void
  readonly database: DatabaseChoice
}

/** Where an import begins: files or text, or a live database. */
export function ChooseSources({ onRead, database }: ChooseSourcesProps) {
  const [text, setText] = useState('')
  const [isOver, setOver] = useState(false)
  useEffect(() => prepareReader(), [])
  const readText = () => {
    if (text.trim()) onRead([{ kind: 'text', file: 'pasted.sql', text }])
  }
  const readFiles = (files: readonly File[]) => {
    if (files.length > 0) onRead(files.map(fromFile))
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void droppedFiles(event.dataTransfer).then(readFiles)
  }
  const isFiles = database.tab === 'files'
  return (
    <DialogContent
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      flush
      className="h-[580px] max-w-[720px]"
      title="Import"
      description="Files, pasted SQL or a live database. You see what comes of it before anything changes."
      footer={isFiles ? <FilesFooter canRead={text.trim() !== ''} onRead={readText} /> : <DatabaseFooter database={database} />}
    >
      <Tabs
        value={database.tab}
        onValueChange={(tab) => database.setTab(tab === 'database' ? 'database' : 'files')}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TabsList aria-label="Source" className="-mt-2">
          <TabsTrigger value="files">Files or text</TabsTrigger>
          <TabsTrigger value="database" onClick={focusHost}>
            Database
          </TabsTrigger>
        </TabsList>
        <TabsContent value="files" className="p-5 pt-4">
          <FileSources text={text} onText={setText} isOver={isOver} onFiles={readFiles} onReadText={readText} />
        </TabsContent>
        <TabsContent value="database" tabIndex={-1} className="flex flex-col overflow-hidden">
          {database.contents ? (
            <DatabaseTables contents={database.contents} left={database.left} onLeft={database.setLeft} onRead={database.read} />
          ) : (
            <DatabaseForm database={database} />
          )}
        </TabsContent>
      </Tabs>
    </DialogContent>
  )
}

/** Whoever clicks wants to type; whoever walks the tabs by keyboard stays there. */
const focusHost = () => requestAnimationFrame(() => document.querySelector<HTMLInputElement>(`#${FORM_ID} input`)?.focus())

function FilesFooter({ canRead, onRead }: { readonly canRead: boolean; readonly onRead: () => void }) {
  return (
    <>
      <span className="mr-auto text-xs text-faint">Read in your browser; PostgreSQL then checks it on the server.</span>
      <DialogClose asChild>
        <Button>Cancel</Button>
      </DialogClose>
      <Button variant="primary" disabled={!canRead} onClick={onRead}>
        Read it
      </Button>
    </>
  )
}

function DatabaseFooter({ database: { contents, left, isBusy, canConnect, forget, stop, read } }: { readonly database: DatabaseChoice }) {
  const chosen = contents ? countChosen(contents, left) : 0
  return (
    <>
      <span className="mr-auto text-xs text-faint">
        {contents ? 'It is only read.' : 'The server only reads. The connection is not kept.'}
      </span>
      {contents ? (
        <Button variant="ghost" onClick={forget}>
          Other database
        </Button>
      ) : null}
      {isBusy ? (
        <Button onClick={stop}>Stop</Button>
      ) : (
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
      )}
      {contents ? (
        <Button variant="primary" disabled={chosen === 0} onClick={read}>
          Read {countTables(contents, left)}
        </Button>
      ) : (
        <Button variant="primary" type="submit" form={FORM_ID} disabled={isBusy || !canConnect}>
          {isBusy ? <Spinner /> : null}
          Connect
        </Button>
      )}
    </>
  )
}
