import { useEffect, useState } from 'react'
import type { ReplicaApi } from '#sync/types.ts'

/** A project on its way into the browser, there, or not. */
export type OpenProject =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly replica: ReplicaApi }
  | { readonly kind: 'failed'; readonly message: string }

/** Opens a project for as long as the page is there. The transport is loaded with it, not with the page. */
export function useProject(projectId: string): OpenProject {
  const [project, setProject] = useState<OpenProject>({ kind: 'opening' })
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    // What will draw it is fetched meanwhile.
    void import('./workspace.tsx')
    void import('./connect.ts')
      .then(({ connect }) => connect(projectId, signal))
      .then((replica) => signal.aborted || setProject({ kind: 'open', replica }))
      .catch((error: unknown) => signal.aborted || setProject({ kind: 'failed', message: messageOf(error) }))
    return () => leaving.abort()
  }, [projectId])
  return project
}

const messageOf = (error: unknown): string => (error instanceof Error && error.message ? error.message : 'The server did not answer.')
