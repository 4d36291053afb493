import { z } from 'zod'
import { factory, flag, list, maybe, shape, sqlText } from './shape.ts'

/** What privileges can be on. `namespace` is SQL's SCHEMA. */
export const privilegeTargets = [
  'table',
  'sequence',
  'function',
  'procedure',
  'routine',
  'namespace',
  'type',
  'domain',
  'language',
  'foreignDataWrapper',
  'foreignServer',
  'database',
  'tablespace',
  'parameter',
  'largeObject',
] as const
export type PrivilegeTarget = (typeof privilegeTargets)[number]

/** GRANT, REVOKE or ALTER DEFAULT PRIVILEGES: kept when asked for, in source order. */
export const privilegeShape = shape({
  kind: z.enum(['grant', 'revoke']),
  /** Set for ALTER DEFAULT PRIVILEGES: it concerns what these roles (empty: the current one) create later in these namespaces (empty: in all). */
  defaults: maybe(shape({ roles: list(z.string()), namespaces: list(z.string()) })),
  /** `SELECT`, `UPDATE` …, with columns where only those are meant; empty = ALL. */
  privileges: list(shape({ name: z.string(), columns: list(z.string()) })),
  /** REVOKE GRANT OPTION FOR, or WITH GRANT OPTION. */
  grantOption: flag,
  on: z.enum(privilegeTargets),
  /** Which ones; routines with their argument types (null: the only one of that name). Empty with `defaults`. */
  objects: list(shape({ namespace: maybe(z.string()), name: z.string(), arguments: maybe(sqlText) })),
  /** ALL TABLES IN SCHEMA and its like: `objects` are then namespaces. */
  allIn: flag,
  /** Role names; `public`, `current_user` and their like stand for what SQL means by them. */
  roles: list(z.string()),
  grantedBy: maybe(z.string()),
  cascade: flag,
})
export type Privilege = z.output<typeof privilegeShape>
export const aPrivilege = factory(privilegeShape)
