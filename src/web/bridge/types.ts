/** Who is looking. A guest has a session and projects, but no e-mail address and no password yet. */
export interface Viewer {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly isGuest: boolean
}

/** A project as a list shows it. */
export interface ProjectSummary {
  readonly id: string
  readonly name: string
  readonly tables: number
  /** ISO 8601. */
  readonly updatedAt: string
  readonly owner: string
}

/** What became of a request. `refused` says why, in words for the person. */
export type Outcome<T> = { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'refused'; readonly message: string }
