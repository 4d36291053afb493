import { Link } from '@tanstack/react-router'
import { FolderSearch } from 'lucide-react'
import { buttonStyle } from '../ui/button.tsx'
import { MessagePage } from '../ui/message-page.tsx'

/** There is no such project, or it is not this person's: the page does not tell which. */
export function ProjectMissing() {
  return (
    <MessagePage
      icon={FolderSearch}
      title="This project is not here"
      text="It was deleted, it belongs to another account, or the address is incomplete. If it is yours, sign in with the account that made it."
    >
      <Link to="/dashboard" className={buttonStyle({ variant: 'primary' })}>
        Your projects
      </Link>
      <Link to="/login" className={buttonStyle()}>
        Sign in with another account
      </Link>
    </MessagePage>
  )
}
