// The worker that writes code. It keeps its own copy of the rows, so that an edit costs the page one small message.
import type { FromWriter, ToWriter } from './protocol.ts'
import { createWriter } from './writer.ts'

/** The side of a dedicated worker's global scope that we use. TypeScript's DOM library describes the window instead. */
interface Port {
  postMessage(message: FromWriter): void
  onmessage: ((event: MessageEvent<ToWriter>) => void) | null
}
const port = globalThis as unknown as Port

const writer = createWriter((message) => port.postMessage(message))
port.onmessage = ({ data }) => void writer.receive(data)
