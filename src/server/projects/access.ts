import { z } from 'zod'
import type { Role } from '#core/mutations/mutation.ts'
import type { Id } from '#core/project/rows.ts'
import { notFound } from '../failure.ts'
import type { Sql } from '../storage/database.ts'

/** Who may do what in a project, as of one version. */
export interface Access {
  readonly ownerId: string
  readonly aclVersion: number
  readonly seq: number
}

/** The access rules of a project; undefined when there is none. */
export async function readAccess(sql: Sql, projectId: Id): Promise<Access | undefined> {
  const [found] = await sql<{ owner_id: string; acl_version: number; seq: string | number }>(
    'SELECT owner_id, acl_version, seq FROM projects WHERE id = $1',
    [projectId],
  )
  return found && { ownerId: found.owner_id, aclVersion: found.acl_version, seq: Number(found.seq) }
}

/** The one place where roles are decided. So far a project belongs to its owner alone. */
export const roleIn = (access: Access | undefined, userId: string): Role | null => (access?.ownerId === userId ? 'owner' : null)

/** The role of a person in a project, or the failure that says no more than "not found". */
export async function requireRole(sql: Sql, projectId: string, userId: string): Promise<{ access: Access; role: Role }> {
  if (!isId(projectId)) throw notFound()
  const access = await readAccess(sql, projectId)
  const role = roleIn(access, userId)
  if (!access || !role) throw notFound()
  return { access, role }
}

const idShape = z.uuid()
export const isId = (text: unknown): text is Id => idShape.safeParse(text).success
