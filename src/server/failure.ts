import type { Diagnostic } from '#core/diagnostic.ts'
import type { DiagnosticCode } from '#core/diagnostic-codes.ts'

/** A request that cannot be met, with what to tell the caller. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure'
  readonly status: number
  readonly diagnostic: Diagnostic

  constructor(status: number, code: DiagnosticCode, message: string, hint?: string) {
    super(message)
    this.status = status
    this.diagnostic = { code, severity: 'error', message, ...(hint ? { hint } : {}) }
  }
}

/** One answer for what is not there and what is not yours, so that nobody learns which. */
export const notFound = (): RequestFailure =>
  new RequestFailure(404, 'not-found', 'There is no such project, or it is not yours.', 'Open one from the dashboard.')

export const signInFirst = (): RequestFailure =>
  new RequestFailure(401, 'not-signed-in', 'You are not signed in.', 'Sign in, or try it as a guest.')
