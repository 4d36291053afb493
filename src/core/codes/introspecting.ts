import type { CodeEntry } from './code-entry.ts'

/** What is noticed while the catalogs of a live database are read. */
export const introspectingCodes = {
  'not-in-database': {
    title: 'Not in the database',
    means: 'A namespace or table that was asked for is not in the database, or the user may not see it.',
    help: 'Check the name; names are as the database stores them.',
  },
  'not-permitted': {
    title: 'Hidden by permissions',
    means: 'The database shows a part of an object only to more privileged users, so that part was not read.',
    help: 'Connect as a user that may see it (the owner, a superuser) if you need it.',
  },
  'object-not-read': {
    title: 'Object not read',
    means: 'The database has an object for which a schema has no place; it was not read.',
    help: 'Nothing, or add it by hand where you use the schema.',
  },
  'outside-selection': {
    title: 'Outside the selection',
    means: 'Something that was read refers to a table outside those that were asked for; that reference was left out.',
    help: 'Read the other table too.',
  },
} as const satisfies Record<string, CodeEntry>
