import type { ReplicaApi } from '#sync/types.ts'

/** Opens the project's live copy; the signal closes it again. */
export const connect = (_projectId: string, _signal: AbortSignal): Promise<ReplicaApi> =>
  Promise.reject(new Error('The transport is not there yet.'))
