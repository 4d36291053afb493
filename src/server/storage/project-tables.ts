import { bigint, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { Change } from '#core/project/rows.ts'
import { user } from './auth-tables.ts'

const time = (name: string) => timestamp(name, { withTimezone: true }).notNull().defaultNow()

/** What people own. `seq` numbers its mutations without gaps; `aclVersion` changes with every change of who may do what. Both guard each commit. */
export const projects = pgTable(
  'projects',
  {
    id: uuid().primaryKey(),
    ownerId: text('owner_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    dialect: text().notNull().default('postgres'),
    seq: bigint({ mode: 'number' }).notNull().default(0),
    aclVersion: integer('acl_version').notNull().default(0),
    createdAt: time('created_at'),
    updatedAt: time('updated_at'),
  },
  (self) => [index().on(self.ownerId, self.updatedAt)],
)

/** The spine: one line per committed mutation, never changed. The author's name is kept as it was. */
export const changeLog = pgTable(
  'change_log',
  {
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    seq: bigint({ mode: 'number' }).notNull(),
    clientId: uuid('client_id').notNull(),
    mutationId: bigint('mutation_id', { mode: 'number' }).notNull(),
    authorId: text('author_id').notNull(),
    authorName: text('author_name').notNull(),
    /** Where it came from: `socket`, `http` or `server`. */
    source: text().notNull(),
    name: text().notNull(),
    args: jsonb().notNull(),
    changes: jsonb().$type<readonly Change[]>().notNull(),
    /** Length of `changes` as JSON: lets catch-up decide before reading. */
    size: integer().notNull(),
    at: time('at'),
  },
  (self) => [primaryKey({ columns: [self.projectId, self.seq] })],
)

/** What each client has been told, so that a repeated mutation gets its first answer again. */
export const clientState = pgTable(
  'client_state',
  {
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    clientId: uuid('client_id').notNull(),
    userId: text('user_id').notNull(),
    lastMutationId: bigint('last_mutation_id', { mode: 'number' }).notNull(),
    /** The last results, newest last. */
    results: jsonb().notNull(),
    updatedAt: time('updated_at'),
  },
  (self) => [primaryKey({ columns: [self.projectId, self.clientId] })],
)

/** Facts about this installation: the session secret when there is no data folder. */
export const settings = pgTable('settings', { key: text().primaryKey(), value: text().notNull() })
