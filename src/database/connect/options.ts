/** How a session of a server is opened. */
export interface ConnectOptions {
  /** What the server lists the session as. */
  readonly applicationName?: string
  /** Milliseconds to wait for the connection; 0 = as long as it takes. */
  readonly connectTimeout?: number
  /** Milliseconds a statement may take, and wait for a lock; 0 = as long as it takes. */
  readonly statementTimeout?: number
  readonly lockTimeout?: number
  /** Connect to this address, whatever the name in the url says now (certificates are still checked against the name). */
  readonly address?: string
  /** Let `PGPASSWORD`, `PGHOST`, `~/.pgpass` and their like fill in what the url leaves out. Off: only the url counts. */
  readonly environment?: boolean
  /** Whether the url may name files (`sslrootcert`, `sslcert`, `sslkey`) and sockets of this machine. On by default. */
  readonly files?: boolean
  /** Ends the session: a running statement is cancelled and rejects. */
  readonly signal?: AbortSignal
}
