import type { Diagnostic } from '#core/diagnostic.ts'
import type { ObjectName, Opaque } from '#core/schema/index.ts'
import type { Connection, ServerVersion } from '../connection.ts'
import type { Comments } from './read/comments.ts'
import type { Presence } from './read/presence.ts'
import type { Relation } from './read/relation.ts'
import type { IntrospectOptions } from './types.ts'

/** What is known before anything is read. */
export interface Asking {
  readonly query: Connection['query']
  readonly server: ServerVersion
  readonly options: IntrospectOptions
  /** `expression` on servers from that version on, else `otherwise`: both SQL. */
  since(version: number, expression: string, otherwise: string): string
}

/** What the readers of one introspection share. */
export interface Reading extends Asking {
  readonly diagnostics: Diagnostic[]
  /** Namespaces whose objects are read, by OID. */
  readonly namespaces: ReadonlyMap<number, string>
  readonly comments: Comments
  /** Tables, views, sequences and composite types that are read, by OID. */
  readonly relations: ReadonlyMap<number, Relation>
  /** Statements about things that have no typed place. */
  readonly opaque: Opaque[]
  /** Whether any of these catalogs holds something that is not PostgreSQL's own. */
  readonly has: Presence
}

export const nameOf = ({ namespace, name }: ObjectName): ObjectName => ({ namespace, name })

/** Keeps a statement about something that the model has no typed place for. */
export function keep(reading: Reading, sql: string, reason: string, { late = true, defines = [] as readonly ObjectName[] } = {}): void {
  reading.opaque.push({ sql, reason, position: { statement: 0, line: 0 }, defines, late, searchPath: null })
}
