import { createServerFn } from '@tanstack/react-start'
import { z } from 'zod'
import { answer, asking } from './request.ts'
import type { Dashboard, Outcome, ProjectSummary } from './types.ts'

/** Everything the dashboard shows; null when nobody is signed in. */
export const getDashboard = createServerFn({ method: 'GET' }).handler(async (): Promise<Dashboard | null> => {
  const { server, person } = await asking()
  if (!person) return null
  const { sessionId: _, ...viewer } = person
  const projects = await server.projects.list(person)
  return { viewer, projects: projects.map((project) => summary(project, person.name)), now: new Date().toISOString() }
})

const byId = z.strictObject({ projectId: z.string() })

/** Makes an empty project. */
export const createProject = createServerFn({ method: 'POST' })
  .validator(z.strictObject({ name: z.string() }))
  .handler(({ data }): Promise<Outcome<{ id: string }>> =>
    answer(async (server, person) => ({ id: (await server.projects.create(person, data)).id })),
  )

/** Gives a project another name. */
export const renameProject = createServerFn({ method: 'POST' })
  .validator(byId.extend({ name: z.string() }))
  .handler(({ data }): Promise<Outcome<{ name: string }>> =>
    answer(async (server, person) => ({ name: (await server.projects.update(person, { id: data.projectId, name: data.name })).name })),
  )

/** Copies a project with everything in it. */
export const duplicateProject = createServerFn({ method: 'POST' })
  .validator(byId)
  .handler(({ data }): Promise<Outcome<{ id: string }>> =>
    answer(async (server, person) => ({ id: (await server.projects.duplicate(person, { id: data.projectId })).id })),
  )

/** Deletes a project for good. */
export const deleteProject = createServerFn({ method: 'POST' })
  .validator(byId)
  .handler(({ data }): Promise<Outcome<null>> =>
    answer(async (server, person) => {
      await server.projects.delete(person, { id: data.projectId })
      return null
    }),
  )

const summary = (project: { id: string; name: string; tableCount: number; updatedAt: string }, owner: string): ProjectSummary => ({
  id: project.id,
  name: project.name,
  tables: project.tableCount,
  updatedAt: project.updatedAt,
  owner,
})
