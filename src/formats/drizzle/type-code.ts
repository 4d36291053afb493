/** What values of a type are in TypeScript. `object` is everything without a literal of its own. */
export type Data = 'string' | 'number' | 'bigint' | 'boolean' | 'json' | 'object'

/** A column type as Drizzle writes it: the function to call, its options, and how often `.array()` follows. */
export interface TypeCode {
  readonly fn: string
  readonly config: Readonly<Record<string, string>>
  readonly data: Data
  readonly dimensions: number
  /** A type that Drizzle has by itself, or an enum: string defaults may be written as strings. */
  readonly known: boolean
  /** The values of an enum, which are the only strings it takes. */
  readonly values?: readonly string[]
  /** What of the type could not be written. */
  readonly lost?: string
}
