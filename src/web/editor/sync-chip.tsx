import { useEffect, useState, useSyncExternalStore } from 'react'
import type { ReplicaApi, SyncState } from '#sync/types.ts'
import { unreachable } from '#core/unreachable.ts'
import { Badge, Dot } from '../ui/badge.tsx'
import { Tooltip } from '../ui/tooltip.tsx'

/** The quiet word on whether everything is safe. Null while the project is being opened. */
export function SyncChip({ replica, failed }: { readonly replica: ReplicaApi | null; readonly failed: boolean }) {
  const state = useSettled(useReplicaState(replica))
  const [wasOpen, setWasOpen] = useState(false)
  if (!wasOpen && state.kind !== 'connecting') setWasOpen(true)
  const { tone, text, tip, urgent } = failed ? notOpened : chipOf(state, wasOpen)
  return (
    <Tooltip text={tip}>
      <Badge
        tone={urgent ? tone : 'neutral'}
        role="status"
        aria-live={urgent ? 'polite' : 'off'}
        tabIndex={0}
        className="max-w-72 cursor-default"
      >
        <Dot tone={tone} />
        <span className="truncate">{text}</span>
      </Badge>
    </Tooltip>
  )
}

interface Chip {
  readonly tone: 'neutral' | 'green' | 'yellow' | 'red' | 'blue'
  readonly text: string
  readonly tip: string
  /** Worth saying aloud. */
  readonly urgent: boolean
}

/** What a state looks like in the header. */
export function chipOf(state: SyncState, wasOpen: boolean): Chip {
  switch (state.kind) {
    case 'connecting':
      return wasOpen
        ? { tone: 'yellow', text: 'Reconnecting', tip: 'The connection is being made again. Go on working: nothing is lost.', urgent: true }
        : { tone: 'neutral', text: 'Opening', tip: 'The project is being opened.', urgent: false }
    case 'saved':
      return { tone: 'green', text: 'Saved', tip: 'Everything is on the server’s disk.', urgent: false }
    case 'saving':
      return { tone: 'blue', text: 'Saving', tip: 'Your last change is on its way to the server’s disk.', urgent: false }
    case 'offline':
      return {
        tone: 'yellow',
        text: offlineText(state.pending),
        tip: 'Go on working: changes wait in this browser and are sent when the server is back.',
        urgent: true,
      }
    case 'closed':
      return { tone: 'red', text: 'Closed', tip: state.reason, urgent: true }
    default:
      return unreachable(state)
  }
}

function offlineText(pending: number): string {
  if (pending === 0) return 'Offline'
  return pending === 1 ? 'Offline, 1 change waiting' : `Offline, ${pending} changes waiting`
}

const notOpened: Chip = {
  tone: 'red',
  text: 'Not opened',
  tip: 'The project could not be opened. What was saved is safe on the server.',
  urgent: true,
}

const opening: SyncState = { kind: 'connecting' }
const never = () => () => {}

function useReplicaState(replica: ReplicaApi | null): SyncState {
  return useSyncExternalStore(
    replica ? (listener) => replica.onState(listener) : never,
    () => replica?.state ?? opening,
    () => opening,
  )
}

/** `saving` that is over in a blink is not shown: a chip that flickers with every key says nothing. */
function useSettled(state: SyncState): SyncState {
  const [shown, setShown] = useState(state)
  useEffect(() => {
    const timer = setTimeout(() => setShown(state), state.kind === 'saving' ? 400 : 0)
    return () => clearTimeout(timer)
  }, [state])
  return shown
}
