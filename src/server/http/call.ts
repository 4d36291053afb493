import type { Person } from '../auth/auth.ts'
import type { Services } from '../services.ts'

/** A request of the API by somebody who is signed in. */
export interface Call {
  readonly services: Services
  readonly request: Request
  readonly person: Person
  /** In lower case; empty for routes that are about no project. */
  readonly projectId: string
}
