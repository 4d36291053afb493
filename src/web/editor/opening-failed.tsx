import { CloudOff } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

/** The project could not be opened: what is safe, and another try. */
export function OpeningFailed({ message }: { readonly message: string }) {
  return (
    <div role="alert" className="grid place-items-center bg-dotted">
      <EmptyState icon={CloudOff} title="The project could not be opened" text={`${message} What was saved is safe on the server.`}>
        <Button variant="primary" onClick={() => location.reload()}>
          Try again
        </Button>
      </EmptyState>
    </div>
  )
}
