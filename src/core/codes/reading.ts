import type { CodeEntry } from './code-entry.ts'

/** What is noticed while texts are read: files, SQL, JSON. */
export const readingCodes = {
  'binary-dump': {
    title: 'Dump in custom format',
    means: 'The file is an archive of pg_dump, which only pg_restore can read. Nothing of it was taken.',
    help: 'Turn it into SQL: `pg_restore --schema-only -f schema.sql FILE`.',
  },
  'damaged-gzip': {
    title: 'Damaged gzip file',
    means: 'The file begins like a gzip file but cannot be unpacked: it is cut off or was changed on the way.',
    help: 'Download or copy it again, or unpack it yourself and drop what is inside.',
  },
  'down-migrations': {
    title: 'Ways back were left out',
    means: 'Among the files are migrations that undo others (`down.sql`). Reading them would take away what the others make.',
    help: 'Nothing. To read such a file nevertheless, drop it alone.',
  },
  'duplicate-column': {
    title: 'Column there already',
    means: 'A table would have two columns of one name, or one column is named twice where each may be named once.',
    help: 'Rename or remove one of the two.',
  },
  'duplicate-object': {
    title: 'Object there already',
    means: 'The statement makes something whose name is taken, so PostgreSQL would refuse it too. The first one is kept.',
    help: 'Remove one of the two, rename it, or write IF NOT EXISTS or OR REPLACE.',
  },
  'encoding-latin1': {
    title: 'Not UTF-8',
    means: 'Some bytes are not UTF-8, so the file was read as Latin-1 (Windows-1252). Accented letters may have come over wrong.',
    help: 'Look at names and comments with such letters, or save the file as UTF-8 and import it again.',
  },
  'encoding-utf16': {
    title: 'Encoded in UTF-16',
    means:
      'As information: the file is UTF-16 and was read as such. As an error: the text was decoded as something else before it came here.',
    help: 'Save the file as UTF-8; an error is mended by importing it again after that.',
  },
  'extra-comma': {
    title: 'A comma too many',
    means:
      'A list ends with a comma, or has two in a row. It was read without it; `schemaflow convert` without `--fix` refuses the statement.',
    help: 'Take the fix offered, or remove the comma.',
  },
  'foreign-dialect': {
    title: 'SQL of another database',
    means: 'The statement is written in the SQL of another database, which PostgreSQL does not understand. It was not taken.',
    help: 'Write it as PostgreSQL does. The first message of this kind names what differs most.',
  },
  'forward-reference': {
    title: 'Refers to a table created later',
    means:
      'A foreign key stands before the table that it refers to. It was taken; PostgreSQL itself, and `schemaflow convert` without `--fix`, refuse this order.',
    help: 'Nothing: exports put the order right. In your file, move the foreign key behind both tables.',
  },
  'implicit-namespace': {
    title: 'Schema never created',
    means:
      'The statement uses a schema that no CREATE SCHEMA makes. It was added, as files that hold a part of a database often leave it out.',
    help: 'Put CREATE SCHEMA before the statement, or check the name.',
  },
  'inline-index': {
    title: 'Index inside CREATE TABLE',
    means:
      'INDEX or KEY among the columns is MySQL, not PostgreSQL. It became an index of its own; `schemaflow convert` without `--fix` refuses the table.',
    help: 'Take the fix offered, or write CREATE INDEX after the table.',
  },
  'json-field': {
    title: 'Wrong value in the JSON',
    means: 'A field of the document is missing or holds something else than it should. Nothing of the document was taken.',
    help: 'Correct it where the message says; `docs/schemaflow-v1.schema.json` describes every field.',
  },
  'json-not-a-schema': {
    title: 'JSON, but no schema',
    means: 'The document is JSON of some other kind: its `format` does not name SchemaFlow.',
    help: 'Export a project as JSON to see the form, or see `docs/schemaflow-v1.schema.json`.',
  },
  'json-syntax': {
    title: 'Not JSON',
    means: 'The text is broken as JSON at the place named. Nothing of it was taken.',
    help: 'Check commas, brackets and quotes there; JSON has no comments and no comma after the last entry.',
  },
  'json-unknown-field': {
    title: 'Unknown field in the JSON',
    means: 'A field has a name that this version does not know. Nothing of the document was taken, so that nothing is lost unseen.',
    help: 'Correct the name (the hint shows the nearest or all that are known), or remove the field.',
  },
  'json-version': {
    title: 'Other version of the JSON',
    means: 'The document says a `version` that this program does not read.',
    help: 'Update SchemaFlow when the version is newer, else set it to the one that the message names.',
  },
  'kept-unverified': {
    title: 'Kept without proof',
    means:
      'The statement speaks of something that no statement makes in plain sight, but a DO block or a function call above may have made it. It is kept word for word.',
    help: 'Look whether it is there in your database. Nothing is lost either way.',
  },
  'missing-comma': {
    title: 'Comma missing',
    means:
      'Two parts of a list stand on two lines without a comma between them. They were read as two; `schemaflow convert` without `--fix` refuses the statement.',
    help: 'Take the fix offered, or write the comma.',
  },
  'missing-semicolon': {
    title: 'Semicolon missing',
    means:
      'Two statements stand without a semicolon between them. They were read as two; `schemaflow convert` without `--fix` refuses them.',
    help: 'Take the fix offered, or write the semicolon.',
  },
  'misspelt-word': {
    title: 'Misspelt word',
    means: 'A word of SQL is written with a letter too many, too few or wrong; with the right word PostgreSQL takes the statement.',
    help: 'Take the fix, or correct the word.',
  },
  'mixed-formats': {
    title: 'Files of different formats',
    means: 'One import reads files of one format, as one schema. Nothing was taken.',
    help: 'Import those of one format first, then the others: an import adds to what is there.',
  },
  'no-namespace': {
    title: 'No schema to create it in',
    means: 'The search path is empty at this place and the name says no schema, so PostgreSQL would not know where to create it.',
    help: 'Write the schema before the name, or set the search path.',
  },
  'no-transaction': {
    title: 'No transaction',
    means: 'SET LOCAL stands outside a transaction, where PostgreSQL passes over it.',
    help: 'Begin a transaction before it, or write SET.',
  },
  'not-identity': {
    title: 'Not an identity column',
    means: 'The statement changes the identity of a column that has none.',
    help: 'Check the name, or write ADD GENERATED … AS IDENTITY first.',
  },
  'not-sql': {
    title: 'Not SQL',
    means: 'Nothing in the text is a statement that PostgreSQL understands.',
    help: 'Import a schema as SQL: CREATE TABLE …, or the output of `pg_dump --schema-only`.',
  },
  'not-text': {
    title: 'Not a text',
    means: 'The file is binary: it holds zero bytes or control characters. Nothing of it was taken.',
    help: 'Import SQL as text, as `pg_dump --schema-only` writes it, or a JSON file of SchemaFlow.',
  },
  'nothing-found': {
    title: 'No statement in it',
    means: 'The text was read to its end without finding anything that belongs to a schema. Nothing in the project has changed.',
    help: 'Check that it is the right file.',
  },
  'nothing-to-read': {
    title: 'Nothing to read',
    means: 'There is neither a file nor a text.',
    help: 'Drop a file or paste SQL.',
  },
  'other-files': {
    title: 'Files left out',
    means: 'Among the files are some that cannot hold a schema, by their names. The others were read.',
    help: 'Nothing. To read such a file nevertheless, drop it alone.',
  },
  'partition-of-unpartitioned': {
    title: 'Partition of a plain table',
    means: 'The statement makes a partition of a table that is not partitioned. PostgreSQL would refuse it, and it was not taken.',
    help: 'Take the fix offered: it adds PARTITION BY to the parent. Or remove PARTITION OF.',
  },
  'psql-variable': {
    title: 'Variable of psql',
    means:
      'The statement uses a variable that only psql can fill. A placeholder stands in its place; `schemaflow convert` without `--fix` refuses the statement.',
    help: 'Replace the variable by its value and import again.',
  },
  'reader-not-available': {
    title: 'The reader did not run',
    means: 'The part of the page that reads files could not be started, or broke off. Nothing in the project has changed.',
    help: 'Reload the page and try again.',
  },
  'reading-failed': {
    title: 'Reading stopped',
    means: 'Reading broke off by a bug of ours or for want of memory. Nothing in the project has changed.',
    help: 'If the file is very large, try the schema alone (`pg_dump --schema-only`). Otherwise please report it.',
  },
  'reserved-word': {
    title: 'Reserved word as a name',
    means:
      'A word that SQL keeps for itself is used as a name without quotes. It was read as a name; `schemaflow convert` without `--fix` refuses the statement.',
    help: 'Take the fix offered, put the name in double quotes, or choose another.',
  },
  'sqlite-file': {
    title: 'SQLite database',
    means: 'The file is a database of SQLite, not SQL.',
    help: 'Write its schema as SQL first: `sqlite3 file.db .schema > schema.sql`.',
  },
  'syntax-error': {
    title: 'Syntax error',
    means: "PostgreSQL's grammar does not take the statement; the message is the grammar's own. The other statements were read.",
    help: 'Correct it at the place marked and import again.',
  },
  'transaction-rolled-back': {
    title: 'Transaction undone',
    means:
      'Without `--fix` a transaction ends as in PostgreSQL: after an error, or at a ROLLBACK, nothing of it stays. As information, it was meant so.',
    help: 'Mend the statement that fails, or add `--fix`: then the statements that work are kept.',
  },
  'unclosed-parenthesis': {
    title: 'Parenthesis never closed',
    means: 'A parenthesis opens and the statement ends before it closes. The statement was not taken.',
    help: 'Close it before the semicolon.',
  },
  undone: {
    title: 'Made in an undone transaction',
    means:
      'Without `--fix`: the statement names something that was made in a transaction which PostgreSQL undoes, so it is not there any more.',
    help: 'Mend the transaction: a message of its own says why it is undone. Or add `--fix`.',
  },
  'undoubled-quote': {
    title: 'Quote not doubled',
    means:
      'A quote inside a string ends the string there, and what follows is no SQL; often all up to the next quote is taken for a string.',
    help: "Write a quote inside a string twice: `'it''s'`.",
  },
  'unknown-column': {
    title: 'No such column',
    means: 'The statement names a column (or an attribute of a type) that is not there at this place.',
    help: 'Check the name, also its upper and lower case, or create the column before.',
  },
  'unknown-constraint': {
    title: 'No such constraint',
    means: 'The statement names a constraint that the table or domain does not have.',
    help: 'Check the name. PostgreSQL makes names like `users_email_key` where none is given.',
  },
  'unknown-event-trigger': {
    title: 'No such event trigger',
    means: 'The statement names an event trigger that is not there at this place.',
    help: 'Check the name, or create it before.',
  },
  'unknown-extension': {
    title: 'No such extension',
    means: 'The statement names an extension that no CREATE EXTENSION brings.',
    help: 'Put CREATE EXTENSION before the statement.',
  },
  'unknown-format': {
    title: 'Format that cannot be read',
    means: 'The file is in a format that can only be written so far.',
    help: 'Import one of the formats that the hint names.',
  },
  'unknown-index': {
    title: 'No such index',
    means: 'The statement names an index that is not there at this place.',
    help: 'Check the name, or create the index before.',
  },
  'unknown-namespace': {
    title: 'No such schema',
    means: 'The statement names a schema that is not there at this place.',
    help: 'Put CREATE SCHEMA before the statement, or check the name.',
  },
  'unknown-object': {
    title: 'Unknown object',
    means: 'The statement changes an operator, a publication, a server or another object that no statement above makes. It was not taken.',
    help: 'Check the name, or put the statement that makes it before.',
  },
  'unknown-part': {
    title: 'No such trigger, rule or policy',
    means: 'The statement names a trigger, rule or policy that the table does not have.',
    help: 'Check the name and the table, or create it before.',
  },
  'unknown-routine': {
    title: 'No such function',
    means: 'The statement names a function, procedure or aggregate that is not there with these argument types.',
    help: 'Check the name and the types of the arguments: functions of one name differ by them.',
  },
  'unknown-sequence': {
    title: 'No such sequence',
    means: 'The statement names a sequence that is not there at this place.',
    help: 'Check the name, or create the sequence before.',
  },
  'unknown-statistics': {
    title: 'No such statistics object',
    means: 'The statement names a statistics object that is not there at this place.',
    help: 'Check the name, or put CREATE STATISTICS before.',
  },
  'unknown-table': {
    title: 'No such table',
    means: 'The statement names a table or view that is not there, or that is of a kind which cannot stand here.',
    help: 'Create the table first, or import the file that does along with this one.',
  },
  'unknown-type': {
    title: 'No such type',
    means: 'The type is neither built into PostgreSQL nor made here. In a column it is kept all the same: an extension may bring it.',
    help: 'Check the spelling, or create the type first.',
  },
  'unknown-value': {
    title: 'No such value of the enum',
    means: 'The statement renames a value that the enum does not have, or places a new one beside it.',
    help: 'Check the spelling: values differ by upper and lower case.',
  },
  'unnamed-subquery': {
    title: 'Subquery without a name',
    means:
      'PostgreSQL before version 16 refuses a subquery in FROM that has no name. It was read as newer versions do; `schemaflow convert` without `--fix` refuses the statement.',
    help: 'Take the fix offered, or write a name behind the closing bracket.',
  },
  'unterminated-comment': {
    title: 'Comment never closed',
    means: 'A comment opens and the text ends inside it. The statement was not taken.',
    help: 'End it with `*/`; comments inside comments need an end each.',
  },
  'unterminated-quote': {
    title: 'Quote never closed',
    means: 'A string, a quoted name or a dollar-quoted body opens and the text ends inside it. The statement was not taken.',
    help: 'End it with the mark it begins with.',
  },
  'wrong-object': {
    title: 'Object of another kind',
    means:
      'The name is there but belongs to something that the statement cannot be used on: a view instead of a table, the index of a key.',
    help: 'Use the statement made for that kind of object, or check the name.',
  },
  'zero-byte': {
    title: 'Zero byte',
    means: 'The statement holds a byte of value zero, which SQL cannot. It was not taken.',
    help: 'Remove it. Such bytes come from damaged files or from a wrong encoding.',
  },
  'zip-file': {
    title: 'Zip archive',
    means: 'The file is a zip archive, not SQL. Nothing of it was taken.',
    help: 'Unpack it and drop the files that are inside.',
  },
} satisfies Readonly<Record<string, CodeEntry>>
