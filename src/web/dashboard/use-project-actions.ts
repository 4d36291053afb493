import { useRouter } from '@tanstack/react-router'
import { deleteProject, duplicateProject, renameProject } from '../bridge/projects.ts'
import type { Outcome, ProjectSummary } from '../bridge/types.ts'
import { toast } from '../ui/toast.tsx'

/** What can be done to a project in the list. Each asks the server, says what was refused, and reads the list anew. */
export function useProjectActions() {
  const router = useRouter()
  const run = async (what: string, request: () => Promise<Outcome<unknown>>) => {
    try {
      const outcome = await request()
      if (outcome.kind === 'refused') toast.error(what, { description: outcome.message })
    } catch {
      toast.error(what, { description: 'The server cannot be reached. Check the connection and try again.' })
    }
    await router.invalidate()
  }
  return {
    rename: (project: ProjectSummary, name: string) =>
      run('The name was not changed', () => renameProject({ data: { projectId: project.id, name } })),
    duplicate: (project: ProjectSummary) =>
      run('The project was not duplicated', () => duplicateProject({ data: { projectId: project.id } })),
    remove: (project: ProjectSummary) => run('The project was not deleted', () => deleteProject({ data: { projectId: project.id } })),
  }
}
