import create from 'libpg-query/wasm/libpg-query.js'
import type { RawStmt } from 'libpg-query'
import { Scanner } from '../../shared/sql/scanner.ts'

/** What the grammar says of one statement. `position` counts code points of the text from 0. */
export type Parsed =
  | { readonly ok: true; readonly stmts: readonly RawStmt[] }
  | { readonly ok: false; readonly message: string; readonly position: number }

/** PostgreSQL's own grammar. Never throws. `treeless`: only whether it is SQL is asked; the statements are then left out. */
export type Parser = (sql: string, treeless?: boolean) => Parsed

type Wasm = Awaited<ReturnType<typeof create>>
let wasmUrl: string | undefined
let loading: Promise<Wasm> | undefined

/**
 * Says where `libpg-query.wasm` is. Needed in browsers only, once, before the first import: a bundler gives the address with
 * `import url from 'libpg-query/wasm/libpg-query.wasm?url'`. Node finds the file by itself.
 */
export function setParserWasm(url: string): void {
  wasmUrl = url
  loading = undefined
}

export interface LoadedParser {
  readonly parse: Parser
  /** True when a monstrous statement has broken the module: `ready()` then loads a fresh one. */
  readonly broken: () => boolean
  readonly ready: () => Promise<void>
}

/** Loads the grammar, once. */
export async function loadParser(): Promise<LoadedParser> {
  let wasm: Wasm | undefined = await (loading ??= instantiate())
  const parse: Parser = (sql, treeless = false) => {
    if (!wasm) return { ok: false, message: 'the statement is nested too deeply for PostgreSQL', position: 0 }
    try {
      return parseWith(wasm, flattened(sql), treeless)
    } catch {
      // The module trapped (its stack or memory is exhausted): it is not used again.
      wasm = undefined
      loading = undefined
      return { ok: false, message: 'the statement is nested too deeply for PostgreSQL', position: 0 }
    }
  }
  return {
    parse,
    broken: () => wasm === undefined,
    ready: async () => {
      wasm ??= await (loading ??= instantiate())
    },
  }
}

function instantiate(): Promise<Wasm> {
  const url = wasmUrl
  const quiet = { print: () => {}, printErr: () => {} }
  return create(url === undefined ? quiet : { ...quiet, locateFile: () => url })
}

/** Comments in comments, so many that PostgreSQL's own lexer takes seconds for them (its time grows with the square of the depth). */
const MANY_COMMENTS = 200

/** The same text with no comment inside another, every position as it was. */
function flattened(sql: string): string {
  if (!sql.includes('/*') || sql.split('/*').length <= MANY_COMMENTS) return sql
  const scanner = new Scanner(sql)
  let text = ''
  let end = 0
  while (scanner.next()) {
    if (scanner.kind !== 'comment' || !sql.startsWith('/*', scanner.start)) continue
    const close = scanner.open ? scanner.end : scanner.end - 2
    text += sql.slice(end, scanner.start + 2) + sql.slice(scanner.start + 2, close).replaceAll(/\/\*|\*\//g, '  ')
    end = close
  }
  return text + sql.slice(end)
}

// Every runtime we run in has it; the layer's library does not name it.
declare const TextEncoder: new () => { encodeInto: (text: string, into: Uint8Array) => { readonly written: number } }
const encoder = new TextEncoder()

/** Calls the parser as the package itself does, without an exception per syntax error. */
function parseWith(wasm: Wasm, sql: string, treeless: boolean): Parsed {
  // No text is longer in UTF-8 than three bytes a character. What `encodeInto` writes is the bytes that the package's own loops write.
  const size = sql.length * 3 + 1
  const query = wasm._malloc(size)
  const { written } = encoder.encodeInto(sql, wasm.HEAPU8.subarray(query, query + size))
  wasm.HEAPU8[query + written] = 0
  const result = wasm._wasm_parse_query_raw(query)
  const tree = wasm.getValue(result, 'i32')
  const error = wasm.getValue(result + 8, 'i32')
  let parsed: Parsed
  if (error) {
    const message = wasm.UTF8ToString(wasm.getValue(error, 'i32'))
    parsed = { ok: false, message, position: Math.max(0, wasm.getValue(error + 16, 'i32') - 1) }
  } else if (treeless) parsed = { ok: true, stmts: [] }
  else {
    const { stmts }: { stmts?: RawStmt[] } = JSON.parse(wasm.UTF8ToString(tree))
    parsed = { ok: true, stmts: stmts ?? [] }
  }
  wasm._wasm_free_parse_result(result)
  wasm._free(query)
  return parsed
}
