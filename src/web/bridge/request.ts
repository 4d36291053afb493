import { getRequest } from '@tanstack/react-start/server'
import type { Person } from '#server/auth/auth.ts'
import { type Services, services } from '#server/services.ts'
import type { Outcome } from './types.ts'

/** The running server and who is asking it; null when nobody is signed in. */
export async function asking(): Promise<{ readonly server: Services; readonly person: Person | null }> {
  const server = services()
  return { server, person: await server.findPerson(getRequest().headers) }
}

/** Does something as the person who asks. What the server refuses comes back as words; what breaks is thrown. */
export async function answer<T>(work: (server: Services, person: Person) => Promise<T>): Promise<Outcome<T>> {
  const { server, person } = await asking()
  if (!person) return { kind: 'refused', status: 401, message: 'You are not signed in any more. Sign in and try again.' }
  try {
    return { kind: 'ok', value: await work(server, person) }
  } catch (error) {
    if (!isFailure(error)) throw error
    const { message, hint } = error.diagnostic
    return { kind: 'refused', status: error.status, message: hint ? `${message} ${hint}` : message }
  }
}

interface Failure {
  readonly status: number
  readonly diagnostic: { readonly message: string; readonly hint?: string }
}

/** By name, not by class: pages and server may be bundled apart. */
const isFailure = (error: unknown): error is Failure => error instanceof Error && error.name === 'RequestFailure' && 'diagnostic' in error
