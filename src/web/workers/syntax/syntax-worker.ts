// The worker that looks at SQL while it is typed: PostgreSQL's own grammar, the same that reads dropped files.
import wasmUrl from 'libpg-query/wasm/libpg-query.wasm?url'
import { loadParser, setParserWasm } from '#formats/postgres-sql/import/parser.ts'
import type { FromSyntax, ToSyntax } from './protocol.ts'

/** The side of a dedicated worker's global scope that we use. TypeScript's DOM library describes the window instead. */
interface Port {
  postMessage(message: FromSyntax): void
  onmessage: ((event: MessageEvent<ToSyntax>) => void) | null
}
const port = globalThis as unknown as Port

setParserWasm(wasmUrl)
port.onmessage = ({ data }) => void answer(data)

async function answer({ request, sql }: ToSyntax): Promise<void> {
  const parser = await loadParser()
  await parser.ready()
  const parsed = parser.parse(sql)
  const error = parsed.ok ? null : { message: parsed.message, at: utf16At(sql, parsed.position) }
  port.postMessage({ request, error })
}

/** The grammar counts code points, JavaScript UTF-16 units. */
function utf16At(text: string, codePoints: number): number {
  let at = 0
  for (let count = 0; count < codePoints && at < text.length; count += 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  return at
}
