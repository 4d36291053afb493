/** One session of a PostgreSQL server or of PGlite. Statements run one after another, in the order they were asked for. */
export interface Connection {
  /** Runs one statement with parameters and gives its rows. Rejects with a `DatabaseError`. */
  query<Row = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<readonly Row[]>
  /** Runs a text of one or more statements without parameters; its rows are of no interest. Rejects with a `DatabaseError`. */
  exec(sql: string): Promise<void>
  readonly server: ServerVersion
  close(): Promise<void>
}

export interface ServerVersion {
  /** `server_version_num`: 150020 for 15.20. */
  readonly number: number
  /** As people say it: `15.20`. */
  readonly text: string
  readonly engine: 'postgres' | 'pglite'
}

/** What a server says when it refuses. */
export class DatabaseError extends Error {
  /** SQLSTATE; null when the connection failed and not a statement. */
  readonly code: string | null
  readonly detail: string | null
  readonly hint: string | null
  /** Where in the statement, in UTF-16 units from 0; null = not said. */
  readonly position: number | null

  constructor(
    message: string,
    about: { code?: string | null; detail?: string | null; hint?: string | null; position?: number | null } = {},
  ) {
    super(message)
    this.name = 'DatabaseError'
    this.code = about.code ?? null
    this.detail = about.detail ?? null
    this.hint = about.hint ?? null
    this.position = about.position ?? null
  }
}
