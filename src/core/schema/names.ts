import { z } from 'zod'
import { shape } from './shape.ts'

/** A name inside a namespace. Names are stored as PostgreSQL stores them: unquoted, case as it is. */
export const objectNameShape = shape({ namespace: z.string(), name: z.string() })
export type ObjectName = z.output<typeof objectNameShape>

/** The namespace that unqualified names belong to. */
export const DEFAULT_NAMESPACE = 'public'

/** A key for maps: no two different object names give the same text. */
export const nameKey = ({ namespace, name }: ObjectName): string => `${namespace}\u0000${name}`

/** `name` in the default namespace, else `namespace.name`: for people, never for SQL (see `quoteName` in `core/dialects`). */
export const displayName = ({ namespace, name }: ObjectName): string => (namespace === DEFAULT_NAMESPACE ? name : `${namespace}.${name}`)
