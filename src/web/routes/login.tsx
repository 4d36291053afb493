import { createFileRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { AccountPage } from '../account/account-page.tsx'
import { getViewer } from '../bridge/viewer.ts'

export const Route = createFileRoute('/login')({
  validateSearch: z.object({ next: z.string().optional().catch(undefined) }),
  loader: () => getViewer(),
  head: () => ({ meta: [{ title: 'Sign in · SchemaFlow' }] }),
  component: SignIn,
})

function SignIn() {
  return <AccountPage mode="signIn" next={Route.useSearch().next} viewer={Route.useLoaderData()} />
}
