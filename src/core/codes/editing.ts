import type { CodeEntry } from './code-entry.ts'

/** What is noticed while a project is edited: why an edit is refused, and what it leaves to look at. */
export const editingCodes = {
  'bad-arguments': {
    title: 'Wrong arguments',
    means: 'The edit or request lacks something or holds a value out of bounds; the message names the field. Nothing was changed.',
    help: 'In the app: reload the page, and report it if it comes again. In a program: correct the field.',
  },
  'bad-expression': {
    title: 'Incomplete expression',
    means: 'The SQL expression ends inside a quote, a bracket or a comment, or holds nothing.',
    help: 'Close its quotes and brackets.',
  },
  'bad-option': {
    title: 'Option that cannot be',
    means: 'The option is not one that PostgreSQL takes here, or does not go with another that is set; the message says which.',
    help: 'Change the option, or the one it does not go with.',
  },
  'bad-partition': {
    title: 'Partitioning that cannot be',
    means: 'The table cannot be partitioned, or be a partition, the way it is asked for; the message says why.',
    help: 'Change what the message names first.',
  },
  'bad-policy': {
    title: 'Policy that cannot be',
    means: 'A policy for INSERT has only a check, one for SELECT or DELETE only a condition on the rows that are there.',
    help: 'Leave the other out, or choose another command.',
  },
  'bad-query': {
    title: 'Not a query',
    means: 'The definition of a view is one query: SELECT, WITH, VALUES or TABLE.',
    help: 'Write the query without CREATE VIEW before it.',
  },
  'bad-routine': {
    title: 'Routine that cannot be',
    means:
      'The function or procedure lacks something PostgreSQL asks for, or says two things that do not go together; the message says which.',
    help: 'Change what the message names.',
  },
  'bad-rule': {
    title: 'Rule that cannot be',
    means: 'PostgreSQL would refuse the rule; the message says why.',
    help: 'Change what the message names.',
  },
  'bad-sequence': {
    title: 'Sequence that cannot be',
    means: 'The numbers of the sequence do not go together: bounds, start and step must fit each other and its type.',
    help: 'Change the number that the message names.',
  },
  'bad-text': {
    title: 'Character that cannot be stored',
    means: 'A text of the schema holds NUL or half of a surrogate pair, which no database can keep.',
    help: 'Remove the character in the source and import again.',
  },
  'bad-trigger': {
    title: 'Trigger that cannot be',
    means: 'What the trigger asks for does not go together; the message says what.',
    help: 'Change what the message names.',
  },
  'bad-type': {
    title: 'Not a data type',
    means: 'The text cannot be read as a data type of SQL.',
    help: 'Write it as in SQL: `varchar(255)`, `numeric(10, 2)`, `text[]`.',
  },
  'check-by-hand': {
    title: 'Mentioned elsewhere',
    means: 'What you changed is mentioned in text that is never rewritten, such as the body of a function. It may have to change too.',
    help: 'Look at the object named.',
  },
  'column-in-use': {
    title: 'Column in use',
    means: 'The table is partitioned by the column, or another column is computed from it, so it cannot be deleted.',
    help: 'Change or delete what needs it first.',
  },
  'default-conflict': {
    title: 'Default, identity or formula',
    means: 'A column is filled by a default, by an identity or by a formula; PostgreSQL allows one of the three.',
    help: 'Remove the other first.',
  },
  'default-is-a-name': {
    title: 'Default without quotes',
    means: 'The default is a bare word, which SQL reads as the name of a column. Defaults cannot refer to columns.',
    help: "Put a text in quotes: `'draft'`. Calls need parentheses: `now()`.",
  },
  'duplicate-id': {
    title: 'Id in use',
    means: 'The edit makes something under an id that the project has already, so it was probably sent twice.',
    help: 'Look whether it is there. A program has to make a new UUID for each object.',
  },
  'duplicate-name': {
    title: 'Name taken',
    means: 'Something in the same schema has this name. Tables, views, indexes and sequences share their names; so do types.',
    help: 'Choose another name, or rename the other one first.',
  },
  'duplicate-relationship': {
    title: 'Relationship there already',
    means: 'A foreign key from the same columns to the same columns is there.',
    help: 'Nothing, or choose other columns.',
  },
  'duplicate-value': {
    title: 'Value twice',
    means: 'An enum would have the same value twice.',
    help: 'Remove or rename one of the two.',
  },
  'empty-name': {
    title: 'Name missing',
    means: 'An object or a value of an enum needs a name.',
    help: 'Type one.',
  },
  forbidden: {
    title: 'Not allowed in your role',
    means: 'Your role in this project does not allow this.',
    help: 'Ask an owner of the project for the role that the hint names.',
  },
  'identity-not-null': {
    title: 'Identity column cannot be nullable',
    means: 'PostgreSQL numbers every row of an identity column, so the column is always NOT NULL.',
    help: 'Remove the identity first, or keep NOT NULL.',
  },
  'identity-type': {
    title: 'Type cannot be an identity',
    means: 'Only smallint, integer and bigint columns can be identities.',
    help: 'Change the type, or remove the identity first.',
  },
  'incompatible-types': {
    title: 'Types do not go together',
    means:
      'A foreign key joins columns whose types PostgreSQL does not compare, or a table says of a column or check otherwise than a table it inherits from. PostgreSQL would refuse it.',
    help: 'Give both the same type, or make both the same.',
  },
  'inherited-column': {
    title: 'Column of the parent table',
    means: 'The column comes from a table that this one inherits from or is a partition of. It can only be changed there.',
    help: 'Change it in the parent table.',
  },
  'key-in-use': {
    title: 'Key in use',
    means: 'The change would take away that columns are unique, or hold one row each, which a key or relationship needs.',
    help: 'Delete or change what needs it first; the message names it.',
  },
  'made-of-itself': {
    title: 'Made of itself',
    means: 'A type, table or view would be made of itself, however many steps away. PostgreSQL refuses that.',
    help: 'Choose another type or parent.',
  },
  'name-too-long': {
    title: 'Name too long',
    means: 'PostgreSQL keeps 63 bytes of a name and cuts off the rest. Letters beyond ASCII have two bytes or more.',
    help: 'Choose a shorter name.',
  },
  'no-longer-inherits': {
    title: 'No longer inherits',
    means: 'The parent table was deleted. The table that inherited from it keeps its columns as its own.',
    help: 'Nothing, unless the table should go too.',
  },
  'no-primary-key': {
    title: 'No primary key to join by',
    means: 'The relationship refers to the primary key of a table that has none.',
    help: 'Choose its primary key first.',
  },
  'no-operator-class': {
    title: 'Type cannot be indexed so',
    means: 'The index method, or a key, has no operator class for the type of a column unless one is named or an extension brings it.',
    help: 'Choose another method (btree fits most types, gin arrays and jsonb, gist ranges and shapes), or name an operator class.',
  },
  'no-unique-key': {
    title: 'Not unique',
    means: 'A foreign key can only refer to columns that are the primary key, or unique, just as they are named.',
    help: 'Make the columns the primary key or unique, or refer to others.',
  },
  'not-empty': {
    title: 'Schema not empty',
    means: 'A schema can be deleted once nothing is in it.',
    help: 'Move or delete what is in it first.',
  },
  'not-found': {
    title: 'Not there',
    means: 'What the edit or request is about does not exist any more, or is not yours to see. Somebody may have deleted it.',
    help: 'Look at the project as it is now; open it from the dashboard.',
  },
  'not-unique': {
    title: 'Index cannot be unique',
    means: 'Of all index methods only btree can be unique.',
    help: 'Choose btree, or an index that is not unique.',
  },
  'object-in-use': {
    title: 'In use',
    means: 'Something needs what you are deleting or changing; the message names it.',
    help: 'Change or delete that first.',
  },
  'option-reset': {
    title: 'Setting taken back',
    means: 'A setting of the table named an index that is gone or cannot serve any more, so PostgreSQL falls back to its default.',
    help: 'Choose another index if you need the setting.',
  },
  'other-project': {
    title: 'Edit of another project',
    means: 'The edit names another project than the one it was sent to. Nothing was changed.',
    help: 'In the app: reload the page. In a program: send it to the project it names.',
  },
  'other-table': {
    title: 'Column of another table',
    means: 'The edit names a column that belongs to another table than the one it is about.',
    help: 'Choose a column of the table named in the message.',
  },
  'primary-key-not-null': {
    title: 'Primary key cannot be nullable',
    means: 'The column is in the primary key, whose columns are always NOT NULL.',
    help: 'Take it out of the key first.',
  },
  renamed: {
    title: 'Renamed while importing',
    means: 'An index or constraint came under a name that the project uses already, so it has another one here.',
    help: 'Rename it if you want another name.',
  },
  'reserved-name': {
    title: 'Name kept by PostgreSQL',
    means: 'Names of schemas that begin with `pg_` belong to PostgreSQL itself.',
    help: 'Choose another name.',
  },
  'set-null-not-null': {
    title: 'SET NULL on a NOT NULL column',
    means: 'The foreign key would set a column to NULL that must not be NULL, so deleting or changing the row would fail.',
    help: 'Make the column nullable, or choose another action.',
  },
  'still-mentioned': {
    title: 'Still names what was deleted',
    means: 'Something names what you deleted, and will not work as it is.',
    help: 'Change or delete it too.',
  },
  'system-column-name': {
    title: 'Name of a system column',
    means: 'Every table of PostgreSQL has a hidden column of this name (`ctid`, `xmin` …).',
    help: 'Choose another name.',
  },
  'too-many-columns': {
    title: 'Too many columns',
    means: 'The table has, or would have, more columns than are allowed.',
    help: 'Split the table.',
  },
  'too-many-tables': {
    title: 'Too many tables',
    means: 'The project has, or would have, more tables than are allowed.',
    help: 'Split the schema into several projects, or ask who runs the server to allow more.',
  },
  'type-in-use': {
    title: 'Enum in use',
    means: 'Columns have this enum as their type, so it cannot be deleted.',
    help: 'Give them another type first.',
  },
  'unknown-function': {
    title: 'Unknown function',
    means: 'A trigger calls a function that the project does not have, or that does not return what the trigger needs.',
    help: 'Add the function, or correct the name. If an extension brings it, all is well.',
  },
  'unknown-mutation': {
    title: 'No such edit',
    means: 'The server does not know an edit of this name.',
    help: 'Reload the page: it may be older than the server. In a program, check the name.',
  },
  'unknown-option': {
    title: 'Unknown storage option',
    means: 'PostgreSQL itself has no storage option of this name. An extension may bring it.',
    help: 'Check its spelling.',
  },
  'value-in-use': {
    title: 'Value in use',
    means: 'A value that you remove is the default of a column.',
    help: 'Change the default first.',
  },
  'value-removed': {
    title: 'Value removed',
    means: 'PostgreSQL cannot take a value away from an enum that is in use: a live database needs a new type instead.',
    help: 'Keep this in mind when you migrate, or keep the value.',
  },
} satisfies Readonly<Record<string, CodeEntry>>
