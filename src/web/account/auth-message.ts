/** What better-auth's client reports when it could not do what was asked. */
export interface AuthError {
  readonly code?: string | undefined
  readonly status?: number | undefined
  readonly message?: string | undefined
}

/** Says what went wrong and what helps, and which field it is about. */
export function authMessage(error: AuthError): { readonly field: 'name' | 'email' | 'password' | null; readonly text: string } {
  switch (error.code) {
    case 'INVALID_EMAIL_OR_PASSWORD':
    case 'INVALID_PASSWORD':
      return { field: 'password', text: 'This e-mail address and password do not go together. Check both, or create an account.' }
    case 'INVALID_EMAIL':
      return { field: 'email', text: 'This does not look like an e-mail address: name@example.com.' }
    case 'USER_ALREADY_EXISTS':
    case 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL':
      return { field: 'email', text: 'There is an account with this address already. Sign in instead, or use another address.' }
    case 'PASSWORD_TOO_SHORT':
      return { field: 'password', text: 'Use at least 8 characters.' }
    case 'PASSWORD_TOO_LONG':
      return { field: 'password', text: 'Use at most 128 characters.' }
    default:
      return { field: null, text: general(error) }
  }
}

function general({ status, message }: AuthError): string {
  if (status === 429) return 'Too many attempts in a short time. Wait a minute and try again.'
  if (status === undefined || status === 0) return 'The server cannot be reached. Check the connection and try again; nothing was changed.'
  if (status >= 500) return 'The server could not do this just now. Try again in a moment; nothing was changed.'
  return message ?? 'This was refused. Try again.'
}
