import { createFileRoute, redirect } from '@tanstack/react-router'
import { z } from 'zod'
import { AccountPage } from '../account/account-page.tsx'
import { nextAddress } from '../account/next-address.ts'
import { getViewer } from '../bridge/viewer.ts'

export const Route = createFileRoute('/signup')({
  validateSearch: z.object({ next: z.string().optional().catch(undefined) }),
  loaderDeps: ({ search }) => ({ next: search.next }),
  loader: async ({ deps }) => {
    const viewer = await getViewer()
    if (viewer && !viewer.isGuest) throw redirect({ to: nextAddress(deps.next) })
    return viewer
  },
  head: () => ({ meta: [{ title: 'Create an account · SchemaFlow' }] }),
  component: SignUp,
})

function SignUp() {
  return <AccountPage mode="signUp" next={Route.useSearch().next} viewer={Route.useLoaderData()} />
}
