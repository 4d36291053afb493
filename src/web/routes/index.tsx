import { createFileRoute } from '@tanstack/react-router'
import { getShowcase } from '../bridge/showcase.ts'
import { getViewer } from '../bridge/viewer.ts'
import { LandingPage } from '../landing/landing-page.tsx'

export const Route = createFileRoute('/')({
  loader: async () => {
    const [viewer, showcase] = await Promise.all([getViewer(), getShowcase()])
    return { viewer, showcase }
  },
  staleTime: 60_000,
  head: () => ({ meta: [{ title: 'SchemaFlow: design the database together, lose nothing on the way' }] }),
  component: Landing,
})

function Landing() {
  return <LandingPage {...Route.useLoaderData()} />
}
