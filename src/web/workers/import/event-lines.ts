import type { Diagnostic } from '#core/diagnostic.ts'

/** The server said no, or could not be heard. */
export class EventsFailed extends Error {
  override readonly name = 'EventsFailed'
  readonly diagnostic: Diagnostic
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message)
    this.diagnostic = diagnostic
  }
}

/**
 * Asks the server for events and gives them as they come, one JSON per line. Rejects with `EventsFailed` when there is no answer, and with the
 * signal's reason when it is aborted: then the server stops too.
 */
export async function* askForEvents<E>(address: string, body: unknown, signal: AbortSignal): AsyncGenerator<E, void> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal }
  const response = await fetch(address, { credentials: 'same-origin', ...init }).catch((error: unknown) => {
    signal.throwIfAborted()
    throw noAnswer(error)
  })
  if (!response.ok || !response.body) throw new EventsFailed(await diagnosticOf(response))
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      signal.throwIfAborted()
      throw noAnswer(error)
    })
    if (done) break
    const lines = (rest + value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') yield JSON.parse(line) as E
  }
  if (rest !== '') throw noAnswer()
}

/** Asks the server for one answer; the same errors. */
export async function ask<T>(address: string, body: unknown, signal: AbortSignal): Promise<T> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal }
  const response = await fetch(address, { credentials: 'same-origin', ...init }).catch((error: unknown) => {
    signal.throwIfAborted()
    throw noAnswer(error)
  })
  if (!response.ok) throw new EventsFailed(await diagnosticOf(response))
  return (await response.json()) as T
}

const noAnswer = (_error?: unknown): EventsFailed =>
  new EventsFailed({
    code: 'no-answer',
    severity: 'error',
    message: 'The server did not answer.',
    hint: 'Check the network and try again.',
  })

async function diagnosticOf(response: Response): Promise<Diagnostic> {
  const body: { diagnostics?: readonly Diagnostic[] } = await response.json().catch(() => ({}))
  return body.diagnostics?.[0] ?? { code: 'unavailable', severity: 'error', message: `The server answered ${response.status}.` }
}
