import type { CodeEntry } from './code-entry.ts'

/** Losses of exports: what a target cannot say about an object that it does write. */
export const writingDetailCodes = {
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
  'column-order': {
    title: 'Order of columns',
    means: 'drizzle-kit puts columns whose names are whole numbers before the others.',
    help: 'Nothing, unless something reads columns by their place: then rename them.',
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
  'domain-type': {
    title: 'Column of a domain',
    means: 'The field has the base type of the domain, so what the domain checks is not known in the target.',
    help: 'Keep the type of the column in a SQL migration.',
  },
  'enum-quotes': {
    title: 'Quotes in the values of an enum',
    means: 'The enum is declared as it is, but the SQL that Prisma Migrate writes for it has unescaped quotes and does not run.',
    help: 'Double the quotes in the generated migration.',
  },
  'expression-text': {
    title: 'Text of an expression',
    means:
      'Prisma compares defaults and predicates by their text. This one stands as it was written; PostgreSQL may print it in another way, and Prisma would then see a difference that is none.',
    help: "Nothing. Or import the schema from the database: then the text is PostgreSQL's own.",
  },
  'force-row-security': {
    title: 'FORCE ROW LEVEL SECURITY',
    means: "The target cannot say that policies hold for the table's owner too.",
    help: 'Keep it in a SQL migration: without it the owner sees every row.',
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
  'index-opclass': {
    title: 'Operator class of an index',
    means: 'The target cannot say the operator class here, or not its parameters: the index is written with the default one.',
    help: 'Keep the index in a SQL migration.',
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
  'replica-identity': {
    title: 'REPLICA IDENTITY',
    means: 'The target cannot say what logical replication sends of changed rows.',
    help: 'Keep it in a SQL migration.',
  },
  'row-security': {
    title: 'Row level security',
    means: 'The target cannot say that row security is on, or switches it on for a table with policies where it was off.',
    help: 'Set it in a SQL migration.',
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
  'serial-nullable': {
    title: 'NULL in a counted column',
    means: 'The column takes its numbers from a sequence and may be NULL; what the target makes may not.',
    help: 'Keep it in a SQL migration, or make the column NOT NULL.',
  },
  'shared-sequence': {
    title: 'Sequence that is not the column’s own',
    means: 'The column counts with a sequence that it does not own. The target gives it a sequence of its own.',
    help: 'Keep the sequence and the default in a SQL migration.',
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
    title: 'bpchar without a length, and "char"',
    means: 'The column is of a type that Prisma takes for a `char` without a length, and would make `char(1)`.',
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
  'view-option': {
    title: 'Option of a view',
    means: 'The target cannot say this option of WITH (…) on a view.',
    help: 'Keep it in a SQL migration.',
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
