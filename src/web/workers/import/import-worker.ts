// The worker that reads dropped files. It keeps their texts: the page gets a bounded report and the lines that are in sight.
import wasmUrl from 'libpg-query/wasm/libpg-query.wasm?url'
import { setParserWasm } from '#formats/postgres-sql/import/parser.ts'
import type { FromReader, ToReader } from './protocol.ts'
import { Reader } from './reader.ts'

/** The side of a dedicated worker's global scope that we use. TypeScript's DOM library describes the window instead. */
interface Port {
  postMessage(message: FromReader): void
  onmessage: ((event: MessageEvent<ToReader>) => void) | null
}
const port = globalThis as unknown as Port

setParserWasm(wasmUrl)
const reader = new Reader((message) => port.postMessage(message))
port.onmessage = ({ data }) => void reader.receive(data)
