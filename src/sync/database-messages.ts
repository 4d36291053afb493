import { z } from 'zod'
import type { Diagnostic } from '#core/diagnostic.ts'
import type { Schema } from '#core/schema/index.ts'

// What the app asks the server about databases, by HTTP: whether an edit would hold, what PostgreSQL makes of a file, what is in a live database.

/** Caps of these requests. */
export const databaseCaps = {
  /** Sources that PostgreSQL is asked to run, in bytes. */
  truthBytes: 10 * 1024 * 1024,
  /** A check of an edit, in bytes. */
  checkBytes: 1024 * 1024,
  /** A question about a database, in bytes. */
  connectionBytes: 512 * 1024,
} as const

/**
 * `POST /api/projects/:id/check`: would PostgreSQL take these edits? They are run on a copy and then forgotten. Answered with `CheckReply`, or with
 * 400 and diagnostics when the mutations themselves are refused.
 */
export const checkShape = z.strictObject({
  mutations: z
    .array(z.strictObject({ name: z.string().max(100), args: z.unknown() }))
    .min(1)
    .max(16),
  /** The text that is being edited, as it stands in the arguments: what PostgreSQL dislikes in it is told with its place in it. */
  text: z.string().max(500_000).optional(),
})
export interface CheckRequest {
  readonly mutations: readonly { readonly name: string; readonly args: unknown }[]
  readonly text?: string
}
export interface CheckReply {
  /** `not-checked`: no scratch database, something it stands on does not load, too large …; the only diagnostic says why, as an `info`. */
  readonly kind: 'checked' | 'not-checked'
  /**
   * Empty = PostgreSQL takes it. Message and hint are PostgreSQL's own; `span` is a place in `text` (UTF-16, from its start) and is missing when the
   * trouble lies elsewhere.
   */
  readonly diagnostics: readonly Diagnostic[]
  /** Milliseconds. */
  readonly took: number
}

/** `POST /api/projects/:id/truth`: what PostgreSQL makes of sources. Answered with a stream of `TruthEvent`, one JSON per line; closing it stops the work. */
export const truthShape = z.strictObject({
  sources: z
    .array(z.strictObject({ file: z.string().max(1_000), text: z.string() }))
    .min(1)
    .max(5_000),
})
export interface TruthReading {
  readonly schema: Schema
  /** Those of the grammar that still hold, and those of PostgreSQL. */
  readonly diagnostics: readonly Diagnostic[]
  /** Kept as the grammar read them: PostgreSQL refused their statements. */
  readonly unverified: readonly { readonly list: string; readonly name: string; readonly reason: string }[]
  /** `18.6` */
  readonly server: string
  readonly executed: { readonly ran: number; readonly refused: number; readonly skipped: number }
}
export type TruthEvent = DatabaseProgress | { readonly kind: 'done'; readonly reading: TruthReading } | DatabaseRefused

/** How TLS is used, as in libpq. */
export const sslModes = ['disable', 'prefer', 'require', 'verify-full'] as const
export type SslMode = (typeof sslModes)[number]

/** How to reach a database: never stored, never logged. */
export const connectionShape = z.union([
  /** `postgres://…`, or `host=… dbname=…` as psql takes it. */
  z.strictObject({ kind: z.literal('text'), text: z.string().min(1).max(4_000) }),
  z.strictObject({
    kind: z.literal('fields'),
    host: z.string().min(1).max(255),
    port: z.number().int().min(1).max(65_535),
    database: z.string().min(1).max(255),
    user: z.string().min(1).max(255),
    password: z.string().max(2_000),
    ssl: z.enum(sslModes),
  }),
])
export type DatabaseTarget = z.output<typeof connectionShape>

/** `POST /api/projects/:id/database/tables`: connects and lists what is there, to choose from. Answered with `DatabaseContents`. */
export const databaseTablesShape = z.strictObject({ connection: connectionShape })
export interface DatabaseContents {
  /** `15.20` */
  readonly server: string
  readonly database: string
  readonly namespaces: readonly {
    readonly name: string
    readonly tables: readonly { readonly name: string; readonly kind: 'table' | 'view' }[]
  }[]
}

/** `POST /api/projects/:id/database/import`: reads the catalogs. Answered with a stream of `DatabaseEvent`, one JSON per line; closing it stops the work. */
export const databaseImportShape = z.strictObject({
  connection: connectionShape,
  /** Missing = all but the system's. */
  namespaces: z.array(z.string().max(255)).max(10_000).optional(),
  /** Missing = all of those namespaces. */
  tables: z
    .array(z.strictObject({ namespace: z.string().max(255), name: z.string().max(255) }))
    .max(10_000)
    .optional(),
  /** Owners, grants and default privileges too. */
  privileges: z.boolean().optional(),
})
export type DatabaseImportRequest = z.output<typeof databaseImportShape>
export type DatabaseEvent =
  | DatabaseProgress
  | { readonly kind: 'done'; readonly schema: Schema; readonly diagnostics: readonly Diagnostic[]; readonly server: string }
  | DatabaseRefused

export interface DatabaseProgress {
  readonly kind: 'progress'
  /** From 0 to 1. */
  readonly share: number
}
export interface DatabaseRefused {
  readonly kind: 'refused'
  readonly diagnostics: readonly Diagnostic[]
}
