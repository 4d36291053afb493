import type { Diagnostic } from '#core/diagnostic.ts'
import type { ReplicaApi } from '#sync/types.ts'
import { openProject } from '../state/transport.ts'
import { toast } from '../ui/toast.tsx'

/** Opens the project's live copy and keeps it in step until the signal. Rejects with words for the person. */
export async function connect(projectId: string, signal: AbortSignal): Promise<ReplicaApi> {
  const opened = await openProject(projectId, { onRefused: (_, diagnostics) => tellLater(diagnostics) })
  if (signal.aborted) await opened.close()
  else signal.addEventListener('abort', () => void opened.close(), { once: true })
  return opened.replica
}

/** Edits of this visit are told where they were made (state/editor.tsx); those of an earlier one have nobody left to tell them but us. */
function tellLater(diagnostics: readonly Diagnostic[]): void {
  setTimeout(() => {
    const told = new Set(toast.getToasts().map((it) => ('title' in it ? it.title : null)))
    for (const { message, hint } of diagnostics) {
      if (!told.has(message)) toast.error(message, { description: hint ?? 'This edit was taken back.' })
    }
  })
}
