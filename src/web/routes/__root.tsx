import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'
import { HeadContent, Outlet, Scripts, createRootRoute } from '@tanstack/react-router'
import { getTheme } from '../bridge/theme.ts'
import styles from '../styles/app.css?url'
import { Toaster } from '../ui/toast.tsx'
import { TooltipProvider } from '../ui/tooltip.tsx'

/** The document round every page: fonts and styles of our own, and the place where short messages appear. */
export const Route = createRootRoute({
  loader: () => getTheme(),
  staleTime: Number.POSITIVE_INFINITY,
  head: () => ({
    meta: [
      { charSet: 'utf-8' },
      { name: 'viewport', content: 'width=device-width, initial-scale=1' },
      { name: 'theme-color', content: '#0d1117' },
      { title: 'SchemaFlow' },
      { name: 'description', content: 'The open, self-hosted workbench for PostgreSQL schemas. Design together, lose nothing on the way.' },
    ],
    links: [
      { rel: 'preload', href: inter, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' },
      { rel: 'stylesheet', href: styles },
      { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
    ],
  }),
  component: Document,
})

function Document() {
  return (
    <html lang="en" data-theme={Route.useLoaderData()}>
      <head>
        <HeadContent />
      </head>
      <body>
        <TooltipProvider>
          <Outlet />
        </TooltipProvider>
        <Toaster />
        <Scripts />
      </body>
    </html>
  )
}
