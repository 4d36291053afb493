import type { Diagnostic } from '#core/diagnostic.ts'
import type { DiagnosticCode } from '#core/diagnostic-codes.ts'
import type { Role } from '#core/mutations/mutation.ts'
import type { Id } from '#core/project/rows.ts'
import { caps, type MutateMessage, type MutateReply } from '#sync/messages.ts'
import type { ProjectSnapshot } from '#sync/replica-types.ts'

/** The server could not be reached, or said no. The message is for the person. */
export class TransportError extends Error {
  override readonly name = 'TransportError'
  readonly code: DiagnosticCode

  constructor(code: DiagnosticCode, message: string) {
    super(message)
    this.code = code
  }

  /** Trying again will not help. */
  get isFinal(): boolean {
    return this.code === 'not-found' || this.code === 'not-signed-in'
  }
}

/** A project by HTTP: what is too large for the socket. */
export interface ProjectRequests {
  snapshot(): Promise<ProjectSnapshot & { readonly role: Role }>
  mutate(message: MutateMessage): Promise<MutateReply>
}

const SNAPSHOT_MS = 60_000
const MUTATE_MS = 180_000

export function projectRequests(
  projectId: Id,
  { url = '', headers = {} }: { readonly url?: string; readonly headers?: Readonly<Record<string, string>> },
): ProjectRequests {
  const address = `${url}/api/projects/${encodeURIComponent(projectId)}`
  return {
    async snapshot() {
      const response = await request(`${address}/snapshot`, { headers, signal: AbortSignal.timeout(SNAPSHOT_MS) })
      if (!response.ok) throw await errorOf(response)
      return (await response.json()) as ProjectSnapshot & { readonly role: Role }
    },
    async mutate(message) {
      const body = JSON.stringify(message)
      if (body.length > caps.httpBodyBytes) return tooLarge
      const init = {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(MUTATE_MS),
      }
      const response = await request(`${address}/mutations`, init)
      if (response.ok) return (await response.json()) as MutateReply
      if (response.status === 413) return tooLarge
      const error = await errorOf(response)
      if (response.status === 400 || error.isFinal)
        return { kind: 'refused', diagnostics: [{ code: error.code, severity: 'error', message: error.message }] }
      throw error
    },
  }
}

/** Whether a message has to go by HTTP: a socket frame holds so many bytes, and text has up to three per character. */
export function isLarge(message: MutateMessage): boolean {
  const text = JSON.stringify(message)
  return (
    text.length > caps.charactersPerMessage ||
    (text.length * 3 > caps.socketFrameBytes && new TextEncoder().encode(text).length > caps.socketFrameBytes - 1_024)
  )
}

const tooLarge: MutateReply = {
  kind: 'refused',
  diagnostics: [{ code: 'too-large', severity: 'error', message: 'This edit is too large to be sent.', hint: 'Import the file in parts.' }],
}

async function request(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { credentials: 'same-origin', ...init })
  } catch {
    throw new TransportError('no-answer', 'The server did not answer.')
  }
}

async function errorOf(response: Response): Promise<TransportError> {
  const body: { diagnostics?: readonly Diagnostic[] } = await response.json().catch(() => ({}))
  const [diagnostic] = body.diagnostics ?? []
  return new TransportError(diagnostic?.code ?? 'unavailable', diagnostic?.message ?? `The server answered ${response.status}.`)
}
