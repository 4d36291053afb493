import { createAuthClient } from 'better-auth/client'
import { anonymousClient } from 'better-auth/client/plugins'

/** Signs people in and out, at this server's own /api/auth. */
export const authClient = createAuthClient({ plugins: [anonymousClient()] })
