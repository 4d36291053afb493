import { useEffect, useState, useSyncExternalStore } from 'react'
import type { FormatId } from '#formats/all.ts'
import { useEditor } from '../../state/editor.tsx'
import { CodeSession, type CodeState } from '../../workers/export/write-code.ts'

const idle: CodeState = { kind: 'idle' }
const never = () => () => {}

/** Keeps a format written for as long as the component is there; `null` while the panel is out of sight. */
export function useCode(format: FormatId | null): { readonly session: CodeSession | null; readonly state: CodeState } {
  const { replica } = useEditor()
  const [session, setSession] = useState<CodeSession | null>(null)

  useEffect(() => {
    const opened = new CodeSession(replica)
    setSession(opened)
    return () => opened.close()
  }, [replica])

  useEffect(() => session?.want(format), [session, format])

  const state = useSyncExternalStore(
    session?.subscribe ?? never,
    () => session?.state ?? idle,
    () => idle,
  )
  return { session, state }
}
