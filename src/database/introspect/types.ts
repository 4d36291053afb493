import type { Diagnostic } from '#core/diagnostic.ts'
import type { Schema } from '#core/schema/index.ts'
import type { ServerVersion } from '../connection.ts'

export interface IntrospectOptions {
  /** Only these namespaces; undefined = all but the system's. */
  readonly namespaces?: readonly string[]
  /** Only these tables and views (and what belongs to them); undefined = all. */
  readonly tables?: readonly { readonly namespace: string; readonly name: string }[]
  /** Read owners, grants and default privileges too. */
  readonly privileges?: boolean
  /** Called now and then with the share done, from 0 to 1. */
  readonly onProgress?: (share: number) => void
  readonly signal?: { readonly aborted: boolean; readonly reason?: unknown }
}

/** A database as its catalogs describe it. */
export interface Introspection {
  readonly schema: Schema
  /** What is there and could not be read (no permission, a kind newer than we are): never silence. */
  readonly diagnostics: readonly Diagnostic[]
  readonly server: ServerVersion
}
