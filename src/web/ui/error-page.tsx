import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import { Button, buttonStyle } from './button.tsx'
import { MessagePage } from './message-page.tsx'

/** The last resort: what happened, what is safe, what to do. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const again = () => {
    reset()
    void router.invalidate()
  }
  // What browsers say when a request did not get through.
  const isOffline = error instanceof TypeError && /fetch|network|load failed/i.test(error.message)
  return (
    <MessagePage
      icon={TriangleAlert}
      title={isOffline ? 'The server cannot be reached' : 'This page could not be shown'}
      text={
        <>
          <p>
            {isOffline ? 'Check the connection, then try again.' : 'Trying again usually helps.'} Everything you saw as saved is safe on the
            server.
          </p>
          <p className="mt-3 rounded-md border bg-surface px-3 py-2 text-left font-mono text-xs break-words text-faint">
            {error instanceof Error ? error.message : String(error)}
          </p>
        </>
      }
    >
      <Button variant="primary" onClick={again}>
        Try again
      </Button>
      <Link to="/" className={buttonStyle()}>
        To the start page
      </Link>
    </MessagePage>
  )
}
