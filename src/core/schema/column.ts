import { z } from 'zod'
import { factory, flag, maybe, options, shape, sqlText } from './shape.ts'
import { sequenceOptions } from './sequence.ts'

/** `GENERATED … AS IDENTITY`. `sequence` holds what differs from the defaults of the column's type. */
export const identityShape = shape({
  kind: z.enum(['always', 'byDefault']),
  sequenceName: maybe(z.string()),
  sequence: sequenceOptions,
})

/** `GENERATED ALWAYS AS (expression) STORED`, or VIRTUAL from PostgreSQL 18. */
export const generatedShape = shape({ expression: sqlText, stored: z.boolean().default(true) })

export const columnShape = shape({
  name: z.string(),
  /** The type as PostgreSQL's `format_type` spells it, with modifiers and dimensions: `character varying(255)`, `integer[]`, `billing.plan`. */
  type: z.string(),
  nullable: z.boolean().default(true),
  /** The default expression as text. */
  default: maybe(sqlText),
  identity: maybe(identityShape),
  generated: maybe(generatedShape),
  /** A collation's name as SQL writes it, quoted where needed: `"C"`, `pg_catalog."de_DE"`. */
  collation: maybe(z.string()),
  storage: maybe(z.enum(['plain', 'external', 'extended', 'main'])),
  compression: maybe(z.string()),
  /** `ALTER COLUMN … SET STATISTICS`. */
  statistics: maybe(z.number().int()),
  /** `ALTER COLUMN … SET (n_distinct = …)`. */
  options,
  /** Options of a foreign table's column. */
  foreignOptions: options,
  /** Comes from a parent table (INHERITS, PARTITION OF, typed table) and is not declared here. */
  inherited: flag,
  /** Name of the NOT NULL constraint where the source gives one (PostgreSQL 18 keeps it). */
  notNullName: maybe(z.string()),
  /** NOT NULL … NO INHERIT: tables that inherit from this one do not get it (PostgreSQL 18). */
  notNullNoInherit: flag,
  /** NOT NULL … NOT VALID: rows that were there before may still hold null (PostgreSQL 18). */
  notNullNotValid: flag,
  /** The comment on the NOT NULL constraint (PostgreSQL 18). */
  notNullComment: maybe(z.string()),
  comment: maybe(z.string()),
})
export type Column = z.output<typeof columnShape>
export type Identity = z.output<typeof identityShape>

export const aColumn = factory(columnShape)
export const anIdentity = factory(identityShape)
export const aGenerated = factory(generatedShape)

/** What NOT NULL says besides, when nothing is said: the state of a column whose NOT NULL was dropped, or that has it from a parent table. */
export const plainNotNull = { notNullName: null, notNullNoInherit: false, notNullNotValid: false, notNullComment: null } as const

/** Whether a table that inherits the column cannot hold null in it either. */
export const passesNotNull = (column: Pick<Column, 'nullable' | 'notNullNoInherit'>): boolean =>
  !column.nullable && !column.notNullNoInherit
