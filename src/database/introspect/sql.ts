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

/** What makes a policy of `pg_policy p` on a table again, as SQL: PostgreSQL has no function for it. `table`: SQL for the table's name. */
export const policyStatement = (table: string): string => `format('CREATE POLICY %I ON %s', p.polname, ${table})
       || CASE WHEN p.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END
       || CASE p.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE' WHEN 'd' THEN ' FOR DELETE' ELSE '' END
       || coalesce(' TO ' || (SELECT string_agg(quote_ident(r.rolname), ', ' ORDER BY r.rolname) FROM pg_roles r WHERE r.oid = ANY (p.polroles)), '')
       || coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
       || coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')`

/** True for a column with options that somebody set: some minor releases keep `pg_attver` among the options of every column. */
export const hasOptions = (attoptions: string): string =>
  `(${attoptions} IS NOT NULL AND NOT (cardinality(${attoptions}) = 1 AND starts_with(${attoptions}[1], 'pg_attver=')))`
