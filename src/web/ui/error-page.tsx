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
  return (
    <MessagePage
      icon={TriangleAlert}
      title="This page could not be shown"
      text={
        <>
          <p>Everything you saw as saved is safe on the server. Trying again usually helps.</p>
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
