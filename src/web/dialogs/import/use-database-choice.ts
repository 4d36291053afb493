import { useCallback, useEffect, useRef, useState } from 'react'
import type { Diagnostic } from '#core/diagnostic.ts'
import type { DatabaseContents, DatabaseImportRequest, DatabaseTarget } from '#sync/database-messages.ts'
import { ask, EventsFailed } from '../../workers/import/event-lines.ts'
import { requestOf, type LeftOut } from './chosen-tables.ts'
import { emptyForm, targetOf, type ConnectionForm } from './connection-form.ts'

export type SourceTab = 'files' | 'database'

/** How far somebody is in choosing a database. Lives as long as the dialog is open, so that going back finds everything as it was. */
export interface DatabaseChoice {
  readonly tab: SourceTab
  readonly setTab: (tab: SourceTab) => void
  readonly form: ConnectionForm
  readonly setForm: (form: ConnectionForm) => void
  readonly canConnect: boolean
  readonly isBusy: boolean
  /** Why the last attempt did not succeed. */
  readonly trouble: Diagnostic | null
  readonly connect: () => void
  readonly stop: () => void
  /** What is in it; null until connected. */
  readonly contents: DatabaseContents | null
  readonly left: LeftOut
  readonly setLeft: (left: LeftOut) => void
  /** Back to the connection. */
  readonly forget: () => void
  readonly read: () => void
}

const nothing: LeftOut = new Map()

/** Connects and lists; `onRead` is given what was chosen and the name to show. Everything typed is forgotten when the dialog closes. */
export function useDatabaseChoice(
  isOpen: boolean,
  address: string,
  onRead: (request: DatabaseImportRequest, name: string) => void,
): DatabaseChoice {
  const [tab, setTab] = useState<SourceTab>('files')
  const [form, setForm] = useState(emptyForm)
  const [left, setLeft] = useState(nothing)
  const target = targetOf(form)
  const { contents, trouble, isBusy, connect, stop, forget } = useContents(`${address}/tables`, () => setLeft(nothing))

  useEffect(() => {
    if (isOpen) return
    setTab('files')
    setForm(emptyForm)
    forget()
  }, [isOpen, forget])

  return {
    tab,
    setTab,
    form,
    setForm,
    canConnect: target !== null,
    isBusy,
    trouble,
    connect: () => {
      if (target && !isBusy) void connect(target)
    },
    stop,
    contents,
    left,
    setLeft,
    forget,
    read: () => {
      if (target && contents) onRead({ connection: target, ...requestOf(contents, left) }, contents.database)
    },
  }
}

/** Asks the server what is in a database; one question at a time. */
function useContents(address: string, onFound: () => void) {
  const [trouble, setTrouble] = useState<Diagnostic | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [contents, setContents] = useState<DatabaseContents | null>(null)
  const stopper = useRef<AbortController | null>(null)

  const stop = useCallback(() => stopper.current?.abort(), [])
  const forget = useCallback(() => {
    stopper.current?.abort()
    setContents(null)
    setTrouble(null)
  }, [])
  const connect = async (connection: DatabaseTarget) => {
    const controller = new AbortController()
    stopper.current = controller
    setBusy(true)
    setTrouble(null)
    try {
      const found = await ask<DatabaseContents>(address, { connection }, controller.signal)
      controller.signal.throwIfAborted()
      setContents(found)
      onFound()
    } catch (error) {
      if (!controller.signal.aborted) setTrouble(error instanceof EventsFailed ? error.diagnostic : unexpected)
    } finally {
      setBusy(false)
    }
  }
  return { trouble, isBusy, contents, connect, stop, forget }
}

const unexpected: Diagnostic = { code: 'internal-error', severity: 'error', message: 'Something went wrong here.', hint: 'Try again.' }
