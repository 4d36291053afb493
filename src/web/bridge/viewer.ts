import { createServerFn } from '@tanstack/react-start'
import { asking } from './request.ts'
import type { Viewer } from './types.ts'

/** Who is looking, by the session cookie; null when nobody is signed in. */
export const getViewer = createServerFn({ method: 'GET' }).handler(async (): Promise<Viewer | null> => {
  const { person } = await asking()
  return person && { id: person.id, name: person.name, email: person.email, isGuest: person.isGuest }
})
