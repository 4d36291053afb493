import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { buttonStyle } from './button.tsx'
import { MessagePage } from './message-page.tsx'

/** An address that leads nowhere. */
export function NotFoundPage() {
  return (
    <MessagePage icon={Compass} title="There is nothing at this address" text="The link may be old, or a letter may be missing.">
      <Link to="/" className={buttonStyle({ variant: 'primary' })}>
        To the start page
      </Link>
    </MessagePage>
  )
}
