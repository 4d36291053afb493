import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { createStore } from '../../state/store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogContent } from '../../ui/dialog.tsx'

/** What a person is asked before something is destroyed. */
export interface Question {
  readonly title: string
  /** What will be gone, and what stays. */
  readonly text: ReactNode
  /** The verb on the button: `Delete 3 tables`. */
  readonly action: string
}

interface Asked extends Question {
  readonly answer: (isConfirmed: boolean) => void
}
/** The question that is open. */
export const asked = createStore<Asked | null>(null)

/** Asks, and resolves with the answer; Escape and a click beside it are a no. `<ConfirmHost/>` must be on the page. */
export function confirm(question: Question): Promise<boolean> {
  asked.get()?.answer(false)
  return new Promise((resolve) => {
    asked.set({
      ...question,
      answer: (isConfirmed) => {
        asked.set(null)
        resolve(isConfirmed)
      },
    })
  })
}

/** Where questions appear. Mount it once per page. */
export function ConfirmHost() {
  const now = useSyncExternalStore(asked.subscribe, asked.get, () => null)
  const [shown, setShown] = useState<Asked | null>(null)
  // Keeps the words while the dialog fades out.
  useEffect(() => {
    if (now) setShown(now)
  }, [now])
  const question = now ?? shown
  return (
    <Dialog open={now !== null} onOpenChange={(open) => open || now?.answer(false)}>
      {question ? (
        <DialogContent
          title={question.title}
          footer={
            <>
              <Button onClick={() => question.answer(false)}>Cancel</Button>
              <Button variant="danger" autoFocus onClick={() => question.answer(true)}>
                {question.action}
              </Button>
            </>
          }
        >
          <div className="text-body text-muted">{question.text}</div>
        </DialogContent>
      ) : null}
    </Dialog>
  )
}
