import { createFileRoute, redirect } from '@tanstack/react-router'
import { getDashboard } from '../bridge/projects.ts'
import { DashboardPage } from '../dashboard/dashboard-page.tsx'

export const Route = createFileRoute('/dashboard')({
  loader: async () => {
    const dashboard = await getDashboard()
    if (!dashboard) throw redirect({ to: '/login', search: { next: '/dashboard' } })
    return dashboard
  },
  head: () => ({ meta: [{ title: 'Projects · SchemaFlow' }] }),
  component: Dashboard,
})

function Dashboard() {
  return <DashboardPage {...Route.useLoaderData()} />
}
