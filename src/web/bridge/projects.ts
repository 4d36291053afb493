import { createServerFn } from '@tanstack/react-start'
import { z } from 'zod'
import type { Outcome, ProjectSummary } from './types.ts'
const refused = (): Outcome<ProjectSummary> => ({ kind: 'refused', message: 'not yet' })
export const createProject = createServerFn({ method: 'POST' })
  .validator(z.strictObject({ name: z.string() }))
  .handler(refused)
export const renameProject = createServerFn({ method: 'POST' })
  .validator(z.strictObject({ projectId: z.string(), name: z.string() }))
  .handler(refused)
export const duplicateProject = createServerFn({ method: 'POST' })
  .validator(z.strictObject({ projectId: z.string() }))
  .handler(refused)
export const deleteProject = createServerFn({ method: 'POST' })
  .validator(z.strictObject({ projectId: z.string() }))
  .handler(refused)
