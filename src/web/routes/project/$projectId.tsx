import { createFileRoute, notFound, redirect } from '@tanstack/react-router'
import { getEditorFrame } from '../../bridge/editor.ts'
import { EditorPage } from '../../editor/editor-page.tsx'
import { ProjectMissing } from '../../editor/project-missing.tsx'
import { canvasSearchShape } from '../../editor/search.ts'

export const Route = createFileRoute('/project/$projectId')({
  validateSearch: canvasSearchShape,
  loader: async ({ params, location }) => {
    const frame = await getEditorFrame({ data: params })
    if (frame.kind === 'ok') return frame.value
    if (frame.status === 401) throw redirect({ to: '/login', search: { next: location.href } })
    throw notFound()
  },
  // The open project keeps itself up to date.
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
  head: ({ loaderData }) => ({ meta: [{ title: `${loaderData?.name ?? 'Project'} · SchemaFlow` }] }),
  component: Editor,
  notFoundComponent: ProjectMissing,
})

function Editor() {
  const frame = Route.useLoaderData()
  return <EditorPage key={frame.projectId} frame={frame} />
}
