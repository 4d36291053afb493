import { createFileRoute } from '@tanstack/react-router'

export const Route = createFileRoute('/project/$projectId')({ component: () => null })
