import type { CodeEntry } from './code-entry.ts'

/** Losses of exports: objects that a target has no place for, or writes as something else. */
export const writingObjectCodes = {
  'access-method-object': {
    title: 'Access method',
    means: 'The target does not create access methods.',
    help: 'Create it before the first migration.',
  },
  'after-tables': {
    title: 'Needs what comes after the tables',
    means:
      'The object calls a function, or uses a type, that needs a table itself. The tables come first in the target, so it is left out.',
    help: 'Add it in a SQL migration, after what it needs.',
  },
  'base-type': {
    title: 'Base type',
    means: 'The target does not create types with functions of their own, but columns refer to them.',
    help: 'Create the type before the first migration.',
  },
  cast: {
    title: 'Cast',
    means: 'The target has no casts.',
    help: 'Keep it in a SQL migration.',
  },
  check: {
    title: 'Check constraint',
    means: 'The target has no check constraints.',
    help: 'Keep it in a SQL migration.',
  },
  'collation-object': {
    title: 'Collation',
    means: 'The target does not create collations.',
    help: 'Create it before the first migration.',
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
  conversion: {
    title: 'Conversion of an encoding',
    means: 'The target has no conversions between encodings.',
    help: 'Keep it in a SQL migration.',
  },
  domain: {
    title: 'Domain',
    means: 'The target does not create domains. Columns have the base type, or refer to the domain by its name.',
    help: 'Create the domain before the first migration; the hint may show how.',
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
  enum: {
    title: 'Enum',
    means: 'The target has no enums.',
    help: 'Create the type before the first migration.',
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
  'foreign-data-wrapper': {
    title: 'Foreign data wrapper',
    means: 'The target has no foreign data wrappers.',
    help: 'Keep it in a SQL migration.',
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
  'foreign-server': {
    title: 'Foreign server',
    means: 'The target has no foreign servers.',
    help: 'Keep it in a SQL migration.',
  },
  'foreign-table': {
    title: 'Foreign table',
    means: 'The target has no foreign tables: it is declared as a view, so that you can read it.',
    help: 'Create the foreign table in a SQL migration.',
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
  language: {
    title: 'Procedural language',
    means: 'The target does not create languages.',
    help: 'Keep it in a SQL migration, before the functions written in it.',
  },
  name: {
    title: 'Name that cannot be written',
    means:
      'The name, or the type of the column, holds what drizzle-kit cannot carry into SQL unharmed: it is left out with all that speaks of it.',
    help: 'Rename it, or create it in a SQL migration.',
  },
  namespace: {
    title: 'Namespace',
    means: 'The target has no namespaces.',
    help: 'Create it before the first migration.',
  },
  opaque: {
    title: 'Statement kept word for word',
    means: 'The schema keeps a statement as text because it is not modelled; the target has no place for it.',
    help: 'Keep it in a SQL migration.',
  },
  operator: {
    title: 'Operator',
    means: 'The target has no operators of your own.',
    help: 'Keep it in a SQL migration.',
  },
  'operator-class': {
    title: 'Operator class',
    means: 'The target has no operator classes.',
    help: 'Keep it in a SQL migration, before the indexes that use it.',
  },
  'operator-family': {
    title: 'Operator family',
    means: 'The target has no operator families.',
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
  publication: {
    title: 'Publication',
    means: 'The target has no publications.',
    help: 'Keep it in a SQL migration.',
  },
  'range-type': {
    title: 'Range type',
    means: 'The target does not create range types, but columns refer to them.',
    help: 'Create the type before the first migration.',
  },
  routine: {
    title: 'Function or procedure',
    means: 'The target has no routines.',
    help: 'Keep it in a SQL migration, before what uses it.',
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
  statistics: {
    title: 'Extended statistics',
    means: 'The target has no CREATE STATISTICS.',
    help: 'Keep it in a SQL migration.',
  },
  table: {
    title: 'Table',
    means: 'The target has no tables.',
    help: 'Keep it in a SQL migration.',
  },
  'text-search': {
    title: 'Text search object',
    means: 'The target has no text search configurations, dictionaries, parsers or templates.',
    help: 'Keep it in a SQL migration.',
  },
  transform: {
    title: 'Transform',
    means: 'The target has no transforms between types and languages.',
    help: 'Keep it in a SQL migration.',
  },
  trigger: {
    title: 'Trigger',
    means: 'The target has no triggers.',
    help: 'Keep it in a SQL migration.',
  },
  'user-mapping': {
    title: 'User mapping',
    means: 'The target cannot say who logs in to a foreign server as whom.',
    help: 'Keep it in a SQL migration.',
  },
  view: {
    title: 'View',
    means: 'The target has no views.',
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
  'view-query': {
    title: 'Query of a view',
    means: 'Prisma declares views for reading, without their query.',
    help: 'Create the view in a SQL migration.',
  },
} satisfies Readonly<Record<string, CodeEntry>>
