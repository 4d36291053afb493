import type { Socket } from 'socket.io'

/** A reader that is this far behind is cut off: it catches up from the log when it returns. Bytes. */
export const DISCONNECT = 4 * 1024 * 1024

interface Outgoing {
  readonly writeBuffer?: readonly { readonly data?: unknown }[]
  readonly transport?: { readonly socket?: { readonly bufferedAmount?: number } }
}

/** What waits to be sent to a socket, counted up to `DISCONNECT`. Bytes, or characters where the text is not yet encoded. */
export function bufferedBytes(socket: Pick<Socket, 'conn'>): number {
  const { writeBuffer = [], transport } = socket.conn as unknown as Outgoing
  let bytes = transport?.socket?.bufferedAmount ?? 0
  for (const { data } of writeBuffer) {
    if (typeof data === 'string' || data instanceof Uint8Array) bytes += data.length
    if (bytes > DISCONNECT) break
  }
  return bytes
}
