import create from 'libpg-query/wasm/libpg-query.js'
import type { RawStmt } from 'libpg-query'
import { Scanner } from '../../shared/sql/scanner.ts'
import { all, as, items } from './ast.ts'

/** What the grammar says of one statement. `position` counts code points of the text from 0. */
export type Parsed =
  | { readonly ok: true; readonly stmts: readonly RawStmt[] }
  | { readonly ok: false; readonly message: string; readonly position: number }

/** What is known of a statement beforehand, for speed. */
export interface Known {
  /** Only whether it is SQL is asked; the statements are then left out. */
  readonly treeless?: boolean
  /** The dollar-quoted body of a routine, marks included: the grammar need not read what it only hands on. */
  readonly body?: readonly [start: number, end: number] | undefined
}

/** PostgreSQL's own grammar. Never throws. */
export type Parser = (sql: string, known?: Known) => Parsed

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
  const parse: Parser = (sql, known = unknown) => {
    if (!wasm) return { ok: false, message: 'the statement is nested too deeply for PostgreSQL', position: 0 }
    try {
      return (known.body && parseHollow(wasm, sql, known.body)) ?? parseWith(wasm, flattened(sql), { treeless: known.treeless === true })
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
declare const TextDecoder: new () => { decode: (bytes: Uint8Array) => string }
const decoder = new TextDecoder()

/** Nothing is known. */
const unknown: Known = {}

/**
 * Parses a routine without its body, which is put into the tree afterwards. Every location stays: spaces stand for what is left out.
 * Undefined when that is not certain to be the same.
 */
function parseHollow(wasm: Wasm, sql: string, [start, end]: readonly [number, number]): Parsed | undefined {
  const mark = sql.slice(start, sql.indexOf('$', start + 1) + 1)
  const parsed = parseWith(wasm, sql, { hollow: { start: start + mark.length, end: end - mark.length, mark: mark.length } })
  if (!parsed?.ok) return undefined
  const [statement] = parsed.stmts
  const options = all(as(statement?.stmt, 'CreateFunctionStmt')?.options, 'DefElem').filter(({ defname }) => defname === 'as')
  const [text, link] = items(options[0]?.arg)
  const body = as(text, 'String')
  if (parsed.stmts.length !== 1 || options.length !== 1 || !body || link || body.sval) return undefined
  body.sval = sql.slice(start + mark.length, end - mark.length)
  return parsed
}

interface Wish {
  readonly treeless?: boolean
  /** What is replaced by spaces behind the mark that follows it, which moves to its place. */
  readonly hollow?: { readonly start: number; readonly end: number; readonly mark: number }
}

/** Calls the parser as the package itself does, without an exception per syntax error. Undefined when the wish cannot be met. */
function parseWith(wasm: Wasm, sql: string, wish: Wish & { readonly hollow?: never }): Parsed
function parseWith(wasm: Wasm, sql: string, wish: Wish): Parsed | undefined
function parseWith(wasm: Wasm, sql: string, { treeless = false, hollow }: Wish): Parsed | undefined {
  // No text is longer in UTF-8 than three bytes a character. What `encodeInto` writes is the bytes that the package's own loops write.
  const size = sql.length * 3 + 1
  const query = wasm._malloc(size)
  const { written } = encoder.encodeInto(sql, wasm.HEAPU8.subarray(query, query + size))
  wasm.HEAPU8[query + written] = 0
  if (hollow) {
    // Beyond ASCII, offsets are not those of bytes.
    if (written !== sql.length) {
      wasm._free(query)
      return undefined
    }
    const { start, end, mark } = hollow
    wasm.HEAPU8.copyWithin(query + start, query + end, query + end + mark)
    wasm.HEAPU8.fill(0x20, query + start + mark, query + end + mark)
  }
  const result = wasm._wasm_parse_query_raw(query)
  const tree = wasm.getValue(result, 'i32')
  const error = wasm.getValue(result + 8, 'i32')
  let parsed: Parsed
  if (error) {
    const message = textAt(wasm, wasm.getValue(error, 'i32'))
    parsed = { ok: false, message, position: Math.max(0, wasm.getValue(error + 16, 'i32') - 1) }
  } else if (treeless) parsed = { ok: true, stmts: [] }
  else {
    const { stmts }: { stmts?: RawStmt[] } = JSON.parse(textAt(wasm, tree))
    parsed = { ok: true, stmts: stmts ?? [] }
  }
  wasm._wasm_free_parse_result(result)
  wasm._free(query)
  return parsed
}

/** The text at an address, up to its zero. */
function textAt({ HEAPU8 }: Wasm, address: number): string {
  return decoder.decode(HEAPU8.subarray(address, HEAPU8.indexOf(0, address)))
}
