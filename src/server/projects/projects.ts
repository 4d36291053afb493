import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { dialects, type Dialect } from '#core/schema/index.ts'
import type { Change, Id, Row, RowKind } from '#core/project/rows.ts'
import { rowKinds } from '#core/project/rows.ts'
import type { AllLimits } from '#core/limits.ts'
import { RequestFailure, notFound } from '../failure.ts'
import type { Database, Sql } from '../storage/database.ts'
import { commitBatch } from '../storage/commit-batch.ts'
import { readProject } from '../storage/read-rows.ts'
import { requireRole } from './access.ts'

/** A project as lists and headers show it. Times are ISO 8601. */
export interface ProjectSummary {
  readonly id: Id
  readonly name: string
  readonly dialect: Dialect
  readonly tableCount: number
  readonly createdAt: string
  readonly updatedAt: string
}
export interface Author {
  readonly id: string
  readonly name: string
}

const name = z
  .string()
  .trim()
  .min(1, 'A project needs a name.')
  .max(200, 'A name has at most 200 characters.')
  .refine(isText, 'A name is text.')
const createShape = z.strictObject({ name, dialect: z.enum(dialects).default('postgres') })
const updateShape = z.strictObject({ id: z.string(), name })

export interface ProjectsOptions {
  readonly database: Database
  readonly limits: AllLimits
  /** A project is gone: whoever has it open must be told. */
  readonly onDeleted: (projectId: Id) => void
}

/** The mutations and queries of whole projects (S0 §4.1, §4.2). Each checks that the project is the person's; what is not answers "not found". */
export function createProjects({ database, limits, onDeleted }: ProjectsOptions) {
  const { sql } = database

  return {
    async list(author: Author): Promise<ProjectSummary[]> {
      return (await sql<SummaryRow>(`${SUMMARY} WHERE p.owner_id = $1 ORDER BY p.updated_at DESC, p.id`, [author.id])).map(summary)
    },

    async getById(author: Author, args: { id: string }): Promise<ProjectSummary> {
      await requireRole(sql, args.id, author.id)
      return find(sql, args.id)
    },

    async create(author: Author, args: { name: string; dialect?: Dialect }): Promise<ProjectSummary> {
      const input = check(createShape, args)
      const id = newProjectId()
      await database.transaction((transaction) => insert(transaction, limits, { ...input, id, ownerId: author.id }))
      return find(sql, id)
    },

    async update(author: Author, args: { id: string; name: string }): Promise<ProjectSummary> {
      const input = check(updateShape, args)
      await requireRole(sql, input.id, author.id)
      await sql('UPDATE projects SET name = $2, updated_at = now() WHERE id = $1', [input.id, input.name])
      return find(sql, input.id)
    },

    async delete(author: Author, args: { id: string }): Promise<void> {
      await requireRole(sql, args.id, author.id)
      await sql('DELETE FROM projects WHERE id = $1', [args.id])
      onDeleted(args.id)
    },

    /** A copy with everything in it, history apart: its log begins with one entry that holds all rows. */
    async duplicate(author: Author, args: { id: string }): Promise<ProjectSummary> {
      await requireRole(sql, args.id, author.id)
      const { name: original, dialect } = await find(sql, args.id)
      const state = await readProject(sql, args.id)
      if (!state) throw notFound()
      const id = newProjectId()
      await database.transaction((transaction) =>
        insert(transaction, limits, { id, ownerId: author.id, name: `${original} (copy)`.slice(0, 200), dialect }),
      )
      const changes: Change[] = rowKinds.flatMap((kind) => (state.rows[kind] ?? []).map((row) => insertion(kind, row)))
      if (changes.length > 0) await commitCopy(database, author, { id, sourceId: args.id, changes })
      return find(sql, id)
    },
  }
}
export type Projects = ReturnType<typeof createProjects>

interface SummaryRow {
  id: string
  name: string
  dialect: Dialect
  table_count: string | number
  created_at: Date
  updated_at: Date
}
const SUMMARY =
  'SELECT p.id, p.name, p.dialect, p.created_at, p.updated_at, (SELECT count(*) FROM tables t WHERE t.project_id = p.id) AS table_count FROM projects p'

async function find(sql: Sql, id: Id): Promise<ProjectSummary> {
  const [row] = await sql<SummaryRow>(`${SUMMARY} WHERE p.id = $1`, [id])
  if (!row) throw notFound()
  return summary(row)
}

const summary = (row: SummaryRow): ProjectSummary => ({
  id: row.id,
  name: row.name,
  dialect: row.dialect,
  tableCount: Number(row.table_count),
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
})

async function insert(sql: Sql, limits: AllLimits, project: { id: Id; ownerId: string; name: string; dialect: Dialect }): Promise<void> {
  // The owner's row is locked, so that two requests at once cannot both take the last place.
  await sql('SELECT id FROM "user" WHERE id = $1 FOR UPDATE', [project.ownerId])
  const [counted] = await sql<{ count: string | number; recent: string | number }>(
    `SELECT count(*) AS count, count(*) FILTER (WHERE created_at > now() - interval '1 hour') AS recent FROM projects WHERE owner_id = $1`,
    [project.ownerId],
  )
  if (Number(counted?.count ?? 0) >= limits.projectsPerPerson) {
    throw new RequestFailure(
      409,
      'too-many-projects',
      `You have ${limits.projectsPerPerson} projects, the most allowed here.`,
      'Delete one first.',
    )
  }
  if (Number(counted?.recent ?? 0) >= limits.projectCreationsPerHour) {
    throw new RequestFailure(
      429,
      'too-many-creations',
      `You made ${limits.projectCreationsPerHour} projects within an hour.`,
      'Try again later.',
    )
  }
  await sql('INSERT INTO projects (id, owner_id, name, dialect) VALUES ($1, $2, $3, $4)', [
    project.id,
    project.ownerId,
    project.name,
    project.dialect,
  ])
}

async function commitCopy(database: Database, author: Author, copy: { id: Id; sourceId: Id; changes: readonly Change[] }): Promise<void> {
  const { id: projectId, sourceId, changes } = copy
  const clientId = randomUUID()
  const entry = {
    seq: 1,
    clientId,
    mutationId: 1,
    author,
    at: new Date().toISOString(),
    name: 'projects.duplicate',
    args: { id: sourceId },
    changes,
  }
  const batch = { projectId, seqBefore: 0, seqAfter: 1, entries: [entry], clients: [] }
  if ((await commitBatch(database, batch, 0, () => 'server')) !== 'committed') throw new Error('a new project was changed by somebody else')
}

const insertion = (kind: RowKind, row: Row): Change => ({ kind, id: row.id, before: null, after: row })

/** UUIDv7 (RFC 9562): the time first, so that neighbours in time are neighbours in the index. */
function newProjectId(): Id {
  const time = Date.now().toString(16).padStart(12, '0')
  const random = randomUUID()
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`
}

/** The arguments, validated; what is wrong is told to the caller. */
export function check<T extends z.ZodType>(shape: T, args: unknown): z.output<T> {
  const parsed = shape.safeParse(args)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new RequestFailure(
    400,
    'bad-arguments',
    issue ? `${issue.path.map(String).join('.')}: ${issue.message}`.replace(/^: /, '') : 'Bad arguments.',
  )
}

/** PostgreSQL text holds neither NUL nor half characters. */
function isText(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text)
}
