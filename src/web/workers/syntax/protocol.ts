/** Page to worker: is this SQL? */
export interface ToSyntax {
  readonly request: number
  readonly sql: string
}

/** Worker to page. */
export interface FromSyntax {
  readonly request: number
  /** What PostgreSQL's grammar says against it, and where (UTF-16 from the start); null = nothing. */
  readonly error: { readonly message: string; readonly at: number } | null
}
