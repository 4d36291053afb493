import type { CodeEntry } from './code-entry.ts'

/** What a target cannot hold, or holds in another way: the losses of exports. */
export const writingCodes = {
  'access-method': {
    title: 'Access method',
    means: 'The table says USING with a table access method, which the target has no words for.',
    help: 'Keep it in a SQL migration.',
  },
  'array-dimensions': {
    title: 'Dimensions of an array',
    means: 'The column is an array of several dimensions; the field in the target has one.',
    help: 'Nothing for PostgreSQL, which does not check dimensions; in your code, read and write the values by hand.',
  },
  check: {
    title: 'Check constraint',
    means: 'The target has no check constraints.',
    help: 'Keep it in a SQL migration.',
  },
  'clustered-on': {
    title: 'CLUSTER ON',
    means: 'The target cannot say by which index the rows are ordered on disk.',
    help: 'Keep it in a SQL migration.',
  },
  collation: {
    title: 'Collation',
    means: 'The target cannot say COLLATE here, so texts would be compared and sorted by the default of the database.',
    help: 'Keep it in a SQL migration.',
  },
  'column-compression': {
    title: 'Compression of a column',
    means: 'The target cannot say how the values of a column are compressed.',
    help: 'Keep it in a SQL migration.',
  },
  'column-options': {
    title: 'Options of a column',
    means: 'The target cannot say SET (…) on a column: planner options such as `n_distinct`.',
    help: 'Keep it in a SQL migration.',
  },
  'column-statistics': {
    title: 'Statistics target of a column',
    means: 'The target cannot say how much ANALYZE should learn about a column.',
    help: 'Keep it in a SQL migration.',
  },
  'column-storage': {
    title: 'Storage of a column',
    means: 'The target cannot say how large values of a column are stored.',
    help: 'Keep it in a SQL migration.',
  },
  comment: {
    title: 'Comment',
    means: 'The target does not write COMMENT ON to the database. Where it has doc comments, the text is kept as one.',
    help: 'Keep the comment in a SQL migration if the database should have it.',
  },
  'composite-type': {
    title: 'Composite type',
    means: 'The target does not create composite types, but columns refer to them.',
    help: 'Create the type before the first migration.',
  },
  'constraint-as-index': {
    title: 'Unique constraint written as an index',
    means: 'PostgreSQL drops a second key over the same columns of one CREATE TABLE. To keep both, this one is written as a unique index.',
    help: 'Nothing: it works alike. Or delete one of the two keys.',
  },
  'constraint-include': {
    title: 'Included columns of a key',
    means: 'The target cannot say INCLUDE on a key; the key itself is written.',
    help: 'Keep it in a SQL migration.',
  },
  deferrable: {
    title: 'Deferrable constraint',
    means: 'The target cannot say DEFERRABLE: the constraint would be checked at each statement, not at the end of the transaction.',
    help: 'Keep it in a SQL migration.',
  },
  'delete-columns': {
    title: 'Columns of ON DELETE',
    means: 'The foreign key sets only some of its columns on delete; the target cannot say which, so it would set all.',
    help: 'Keep the foreign key in a SQL migration.',
  },
  domain: {
    title: 'Domain',
    means: 'The target does not create domains. Columns have the base type, or refer to the domain by its name.',
    help: 'Create the domain before the first migration; the hint may show how.',
  },
  'domain-type': {
    title: 'Column of a domain',
    means: 'The field has the base type of the domain, so what the domain checks is not known in the target.',
    help: 'Keep the type of the column in a SQL migration.',
  },
  'drizzle-kit-marks': {
    title: 'Marks that drizzle-kit stumbles over',
    means:
      'A name or text holds marks (`;` `,` `--` quotes) or words that drizzle-kit would turn into broken SQL, so the object is left out.',
    help: 'Rename it, or add it in the generated migration.',
  },
  'empty-enum': {
    title: 'Enum without values',
    means: 'The target has no enums without values: the type is left out.',
    help: 'Add a value, or create the type in a SQL migration.',
  },
  'event-trigger': {
    title: 'Event trigger',
    means: 'The target has no event triggers.',
    help: 'Keep it in a SQL migration.',
  },
  'exclusion-constraint': {
    title: 'Exclusion constraint',
    means: 'The target has no exclusion constraints: it is left out.',
    help: 'Keep it in a SQL migration.',
  },
  'expression-index': {
    title: 'Index on expressions',
    means: 'The target has indexes on columns only: it is left out.',
    help: 'Keep the index in a SQL migration.',
  },
  extension: {
    title: 'Extension',
    means: 'The target does not create extensions.',
    help: 'Run CREATE EXTENSION before the first migration.',
  },
  'force-row-security': {
    title: 'FORCE ROW LEVEL SECURITY',
    means: "The target cannot say that policies hold for the table's owner too.",
    help: 'Keep it in a SQL migration: without it the owner sees every row.',
  },
  'foreign-key-target': {
    title: 'Other end of a foreign key',
    means: 'The foreign key leads to something that the target does not declare, or to columns that are no key there. It is left out.',
    help: 'Keep the foreign key in a SQL migration.',
  },
  'foreign-key-types': {
    title: 'Types of a foreign key',
    means: 'The target wants the same type on both ends of a foreign key; here they differ. It is left out.',
    help: 'Give both columns the same type, or keep the foreign key in a SQL migration.',
  },
  'foreign-table': {
    title: 'Foreign table',
    means: 'The target has no foreign tables: it is declared as a view, so that you can read it.',
    help: 'Create the foreign table in a SQL migration.',
  },
  'generated-column': {
    title: 'Generated column',
    means: 'The target has no generated columns: the field says only that the database fills it.',
    help: 'Keep GENERATED ALWAYS AS in a SQL migration.',
  },
  identity: {
    title: 'Identity column',
    means: 'The target has no identity columns: it makes a serial one, which takes its numbers from a default.',
    help: 'Keep the identity in a SQL migration.',
  },
  'ignored-model': {
    title: 'Model that the client leaves out',
    means: "The table has no key whose fields are all required. Prisma's client cannot use such a model: it is marked `@@ignore`.",
    help: 'Give the table a primary key.',
  },
  index: {
    title: 'Index left out',
    means: 'The target has no indexes of this sort; the message says what it cannot do.',
    help: 'Keep the index in a SQL migration.',
  },
  'index-as-constraint': {
    title: 'Unique index written as a constraint',
    means:
      'The unique index only works in the target as a unique constraint, because a foreign key refers to it or for its NULLS NOT DISTINCT.',
    help: 'Nothing: it works alike.',
  },
  'index-include': {
    title: 'Included columns of an index',
    means: 'The target cannot say INCLUDE on an index; the index itself is written.',
    help: 'Keep it in a SQL migration.',
  },
  'index-statistics': {
    title: 'Statistics target of an index',
    means: 'The target cannot say ALTER INDEX … SET STATISTICS.',
    help: 'Keep it in a SQL migration.',
  },
  inheritance: {
    title: 'Inheritance',
    means: 'The target has no inheritance: the columns of the parent tables are repeated, and reading a parent does not read this table.',
    help: 'Keep INHERITS in a SQL migration.',
  },
  'list-not-null': {
    title: 'NOT NULL on a list',
    means: 'Prisma cannot say that a list is NOT NULL.',
    help: 'Keep NOT NULL in a SQL migration.',
  },
  match: {
    title: 'MATCH of a foreign key',
    means: 'The target cannot say MATCH FULL or PARTIAL: a key of which some columns are NULL would not be checked.',
    help: 'Keep the foreign key in a SQL migration.',
  },
  name: {
    title: 'Name that cannot be written',
    means:
      'The name, or the type of the column, holds what drizzle-kit cannot carry into SQL unharmed: it is left out with all that speaks of it.',
    help: 'Rename it, or create it in a SQL migration.',
  },
  'no-inherit': {
    title: 'NO INHERIT',
    means: 'The target cannot say that a check does not hold for the tables that inherit.',
    help: 'Keep it in a SQL migration.',
  },
  'not-enforced': {
    title: 'NOT ENFORCED',
    means: 'The target cannot say that a constraint is not enforced: it would be checked.',
    help: 'Keep it in a SQL migration.',
  },
  'not-valid': {
    title: 'NOT VALID',
    means: 'The target cannot say that a constraint holds for new rows only: rows that are there would be checked too.',
    help: 'Keep it in a SQL migration, or validate the constraint.',
  },
  'nulls-not-distinct': {
    title: 'NULLS NOT DISTINCT',
    means: 'The target cannot say here that two NULLs count as the same: several rows with NULL would be allowed.',
    help: 'Add it in a SQL migration.',
  },
  'nulls-order': {
    title: 'NULLS FIRST or LAST',
    means: 'The target cannot say where NULLs stand in an index.',
    help: 'Keep the index in a SQL migration if a query is sorted that way.',
  },
  opaque: {
    title: 'Statement kept word for word',
    means: 'The schema keeps a statement as text because it is not modelled; the target has no place for it.',
    help: 'Keep it in a SQL migration.',
  },
  owner: {
    title: 'Owners',
    means: 'The target has no owners: everything belongs to whoever runs the migration.',
    help: 'Keep ALTER … OWNER TO in a SQL migration.',
  },
  partition: {
    title: 'Partition',
    means: 'The target has no partitions. Rows are read and written through the parent table.',
    help: 'Create the partition in a SQL migration.',
  },
  partitioning: {
    title: 'Partitioned table',
    means: 'The target cannot say PARTITION BY: the table is declared as a plain one.',
    help: 'Create the table in a SQL migration.',
  },
  period: {
    title: 'PERIOD',
    means: 'The target cannot say that a foreign key holds for a period of time.',
    help: 'Keep the foreign key in a SQL migration.',
  },
  policy: {
    title: 'Policy',
    means: 'The target has no row security policies.',
    help: 'Keep it in a SQL migration: without it nobody, or everybody, sees the rows.',
  },
  privileges: {
    title: 'Grants',
    means: 'The target has no GRANT and REVOKE.',
    help: 'Keep them in a SQL migration.',
  },
  'range-type': {
    title: 'Range type',
    means: 'The target does not create range types, but columns refer to them.',
    help: 'Create the type before the first migration.',
  },
  'replica-identity': {
    title: 'REPLICA IDENTITY',
    means: 'The target cannot say what logical replication sends of changed rows.',
    help: 'Keep it in a SQL migration.',
  },
  routine: {
    title: 'Function or procedure',
    means: 'The target has no routines.',
    help: 'Keep it in a SQL migration, before what uses it.',
  },
  'row-security': {
    title: 'Row level security',
    means: 'The target cannot say that row security is on, or switches it on for a table with policies where it was off.',
    help: 'Set it in a SQL migration.',
  },
  rule: {
    title: 'Rule',
    means: 'The target has no rules.',
    help: 'Keep it in a SQL migration.',
  },
  sequence: {
    title: 'Sequence',
    means: 'The target has no sequences of their own.',
    help: 'Create it in a SQL migration.',
  },
  'sequence-name': {
    title: 'Name of a sequence',
    means: 'The target cannot write the name of the sequence behind an identity: it gets another one.',
    help: 'Nothing, unless something refers to the sequence by its name.',
  },
  'sequence-options': {
    title: 'Options of a sequence',
    means: 'The target makes a plain serial column; the sequence behind this one is set up in another way, as the message says.',
    help: 'Keep the sequence in a SQL migration.',
  },
  'sequence-owner': {
    title: 'Owner column of a sequence',
    means: 'The target cannot say OWNED BY: the sequence stays when the column is dropped.',
    help: 'Add it in the generated migration.',
  },
  'sequence-type': {
    title: 'Type of a sequence',
    means: 'The target makes sequences of another type than this one has. Its bounds are kept where they can be written.',
    help: 'Add the type in the generated migration.',
  },
  statistics: {
    title: 'Extended statistics',
    means: 'The target has no CREATE STATISTICS.',
    help: 'Keep it in a SQL migration.',
  },
  'storage-options': {
    title: 'Storage options',
    means: 'The target cannot say WITH (…): settings such as `fillfactor` or those of autovacuum.',
    help: 'Keep it in a SQL migration.',
  },
  tablespace: {
    title: 'Tablespace',
    means: 'The target cannot say TABLESPACE: everything lives in the default one.',
    help: 'Keep it in a SQL migration.',
  },
  trigger: {
    title: 'Trigger',
    means: 'The target has no triggers.',
    help: 'Keep it in a SQL migration.',
  },
  'type-modifier': {
    title: 'Part of a type',
    means: 'drizzle-kit puts the type in quotes as a whole, so its modifier or array mark is left out.',
    help: 'Add it in the generated migration.',
  },
  'typed-table': {
    title: 'Typed table',
    means: 'The target has no tables of a composite type: the columns of the type are repeated.',
    help: 'Nothing, unless the type changes: then change the table too.',
  },
  'unbounded-char': {
    title: 'bpchar without a length',
    means: 'The column holds texts of any length; Prisma would make it `char(1)`.',
    help: 'Use text instead, or set the type in a SQL migration.',
  },
  unlogged: {
    title: 'UNLOGGED',
    means: 'The target cannot say UNLOGGED: the table or sequence is an ordinary one, safe against crashes and slower to write.',
    help: 'Keep it in a SQL migration.',
  },
  'view-column-default': {
    title: 'Default of a column of a view',
    means: 'The target has no defaults on views.',
    help: 'Keep it in a SQL migration.',
  },
  'view-columns': {
    title: 'Columns of a view',
    means: 'The types of its columns cannot be told from its query: the view is declared without them, or left out.',
    help: 'Declare the columns that you query by hand.',
  },
  'view-existing': {
    title: 'View declared as existing',
    means:
      'The view needs something that the target does not create, or creates only later, so it is declared for reading but not created.',
    help: 'Create it in a SQL migration.',
  },
  'view-index': {
    title: 'Index of a materialized view',
    means: 'The target has no indexes on materialized views.',
    help: 'Keep it in a SQL migration.',
  },
  'view-option': {
    title: 'Option of a view',
    means: 'The target cannot say this option of WITH (…) on a view.',
    help: 'Keep it in a SQL migration.',
  },
  'view-query': {
    title: 'Query of a view',
    means: 'Prisma declares views for reading, without their query.',
    help: 'Create the view in a SQL migration.',
  },
  'virtual-column': {
    title: 'Virtual generated column',
    means: 'drizzle-kit writes the column as a stored one: it takes room on disk and is computed when the row is written.',
    help: 'Nothing, or change it in the generated migration.',
  },
  'without-overlaps': {
    title: 'WITHOUT OVERLAPS',
    means: 'The target cannot say that the ranges of a key do not overlap.',
    help: 'Keep the key in a SQL migration.',
  },
} satisfies Readonly<Record<string, CodeEntry>>
