import { useEffect, useEffectEvent, useState } from 'react'
import type { Diagnostic } from '#core/diagnostic.ts'
import type { CheckReply, CheckRequest } from '#sync/database-messages.ts'

/** What PostgreSQL says of an edit that has not been made. */
export type Check =
  | { readonly kind: 'idle' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'holds' }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }
  /** The server could not ask PostgreSQL. */
  | { readonly kind: 'notChecked'; readonly why: string }

const idle: Check = { kind: 'idle' }
const PAUSE = 450

/** Asks the server, once typing pauses, whether PostgreSQL would take an edit. A newer question gives up the older. Null = nothing to ask. */
export function useCheck(projectId: string, request: CheckRequest | null): Check {
  const body = request === null ? null : JSON.stringify(request)
  const [answer, setAnswer] = useState<{ readonly body: string; readonly check: Check } | null>(null)
  const ask = useEffectEvent((asked: string, signal: AbortSignal) => askServer(projectId, asked, signal))
  useEffect(() => {
    if (body === null) return undefined
    const stop = new AbortController()
    const timer = setTimeout(() => {
      void ask(body, stop.signal).then((check) => {
        if (!stop.signal.aborted) setAnswer({ body, check })
      })
    }, PAUSE)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [body])
  if (body === null) return idle
  return answer?.body === body ? answer.check : { kind: 'checking' }
}

async function askServer(projectId: string, body: string, signal: AbortSignal): Promise<Check> {
  const address = `/api/projects/${encodeURIComponent(projectId)}/check`
  try {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal, credentials: 'same-origin' } as const
    const response = await fetch(address, init)
    if (!response.ok) return { kind: 'notChecked', why: `The server answered ${response.status}.` }
    const { kind, diagnostics } = (await response.json()) as CheckReply
    if (kind === 'not-checked') return { kind: 'notChecked', why: diagnostics[0]?.message ?? '' }
    return diagnostics.some(({ severity }) => severity === 'error') ? { kind: 'refused', diagnostics } : { kind: 'holds' }
  } catch {
    return { kind: 'notChecked', why: 'The server did not answer.' }
  }
}
