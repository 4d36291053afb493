import type { Diagnostic } from '#core/diagnostic.ts'
import type { ImportResult } from '#formats/format.ts'
import { exportPostgresSql } from '#formats/postgres-sql/export/exporter.ts'
import type { DatabaseEvent } from '#sync/database-messages.ts'
import type { Decoded } from './decode.ts'
import { askForEvents, EventsFailed } from './event-lines.ts'
import type { ReadFormat } from './import-sources.ts'
import type { ToReader } from './protocol.ts'

type Outcome =
  | { readonly kind: 'read'; readonly source: Decoded; readonly result: ImportResult; readonly format: ReadFormat }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }

/** Has the server read a database and shows it as the SQL that makes it. Ends with the worker: then the server stops too. */
export async function readDatabase(
  { address, request, name }: Extract<ToReader, { kind: 'database' }>,
  onProgress: (share: number) => void,
): Promise<Outcome> {
  try {
    for await (const event of askForEvents<DatabaseEvent>(address, request, new AbortController().signal)) {
      if (event.kind === 'progress') onProgress(event.share)
      else if (event.kind === 'refused') return event
      else return shown(event, name)
    }
    throw new Error('The server stopped in the middle.')
  } catch (error) {
    if (error instanceof EventsFailed) return { kind: 'refused', diagnostics: [error.diagnostic] }
    throw error
  }
}

function shown({ schema, diagnostics, server }: Extract<DatabaseEvent, { kind: 'done' }>, name: string): Outcome {
  const text = exportPostgresSql(schema).files[0]?.text ?? ''
  return {
    kind: 'read',
    source: { file: name, text, size: new Blob([text]).size, diagnostics: [] },
    result: { schema, statements: [], diagnostics },
    format: { id: 'database', title: `PostgreSQL ${server}`, language: 'sql' },
  }
}
