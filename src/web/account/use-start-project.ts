import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { createProject } from '../bridge/projects.ts'
import type { Viewer } from '../bridge/types.ts'
import { handOver } from '../editor/handover.ts'
import { toast } from '../ui/toast.tsx'
import { authClient } from './auth-client.ts'
import { authMessage } from './auth-message.ts'

interface NewProject {
  readonly name: string
  /** Imported when the editor opens. */
  readonly files?: readonly File[]
}

/** Makes a project and opens it, as a guest when nobody is signed in. Says what went wrong, if anything. */
export function useStartProject(viewer: Viewer | null) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const start = async ({ name, files = [] }: NewProject) => {
    setBusy(true)
    const projectId = await make(viewer, name)
    if (projectId) {
      handOver(files)
      await router.invalidate({ filter: (match) => match.routeId === '/dashboard' })
      await router.navigate({ to: '/project/$projectId', params: { projectId } })
    }
    setBusy(false)
  }
  return { busy, start }
}

async function make(viewer: Viewer | null, name: string): Promise<string | null> {
  try {
    if (!viewer) {
      const { error } = await authClient.signIn.anonymous()
      // Signed in meanwhile, in another tab: just as well.
      if (error && error.code !== 'ANONYMOUS_USERS_CANNOT_SIGN_IN_AGAIN_ANONYMOUSLY') {
        toast.error('No project was made', { description: authMessage(error).text })
        return null
      }
    }
    const made = await createProject({ data: { name } })
    if (made.kind === 'ok') return made.value.id
    toast.error('No project was made', { description: made.message })
  } catch {
    toast.error('The server cannot be reached', { description: 'No project was made. Check the connection and try again.' })
  }
  return null
}
