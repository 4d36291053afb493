import type { Asking } from './reading.ts'

// Words of catalog queries that several readers need.

/** True for what no extension brought along. */
export const notOfExtension = (catalog: string, oid: string): string =>
  `${oid} NOT IN (SELECT d.objid FROM pg_depend d WHERE d.classid = '${catalog}'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e')`

/** The owner's name, when owners are asked for. */
export const ownerOf = ({ options }: Asking, column: string): string =>
  options.privileges === true ? `pg_get_userbyid(${column})::text` : 'NULL::text'

/** An array parameter of OIDs as a table to join with: linear, however long it is. */
export const joinIds = (column: string, parameter = 1): string => `JOIN unnest($${parameter}::oid[]) AS picked(id) ON picked.id = ${column}`

/** A function's name as SQL writes it, null for none. */
export const functionName = (column: string): string => `NULLIF(${column}::oid::regproc::text, '-')`

/** The types of a function's arguments, as a list. */
export const argumentTypes = (proargtypes: string): string =>
  `ARRAY(SELECT format_type(u.type, NULL) FROM unnest(${proargtypes}::oid[]) WITH ORDINALITY AS u(type, n) ORDER BY u.n)`

/** True for a column with options that somebody set: some minor releases keep `pg_attver` among the options of every column. */
export const hasOptions = (attoptions: string): string =>
  `(${attoptions} IS NOT NULL AND NOT (cardinality(${attoptions}) = 1 AND starts_with(${attoptions}[1], 'pg_attver=')))`
