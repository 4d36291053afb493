import { z } from 'zod'
import { factory, maybe, shape } from './shape.ts'

/** How texts sort and compare (`CREATE COLLATION`). */
export const collationShape = shape({
  namespace: z.string().default('public'),
  name: z.string(),
  /** null = the server's default, libc. */
  provider: maybe(z.enum(['libc', 'icu', 'builtin'])),
  locale: maybe(z.string()),
  /** `LC_COLLATE` and `LC_CTYPE`, where they are given apart. */
  lcCollate: maybe(z.string()),
  lcCtype: maybe(z.string()),
  deterministic: z.boolean().default(true),
  /** Additional ICU rules (PostgreSQL 16). */
  rules: maybe(z.string()),
  version: maybe(z.string()),
  /** `CREATE COLLATION … FROM other`: as SQL writes it. Everything else is then null. */
  from: maybe(z.string()),
  owner: maybe(z.string()),
  comment: maybe(z.string()),
})
export type Collation = z.output<typeof collationShape>
export const aCollation = factory(collationShape)
