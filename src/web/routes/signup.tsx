import { createFileRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { AccountPage } from '../account/account-page.tsx'
import { getViewer } from '../bridge/viewer.ts'

export const Route = createFileRoute('/signup')({
  validateSearch: z.object({ next: z.string().optional().catch(undefined) }),
  loader: () => getViewer(),
  head: () => ({ meta: [{ title: 'Create an account · SchemaFlow' }] }),
  component: SignUp,
})

function SignUp() {
  return <AccountPage mode="signUp" next={Route.useSearch().next} viewer={Route.useLoaderData()} />
}
