// The WASM module inside the package `libpg-query`, reached directly so that the caller can say where the .wasm file is.
declare module 'libpg-query/wasm/libpg-query.js' {
  interface PgQueryWasm {
    _malloc(size: number): number
    _free(pointer: number): void
    _wasm_parse_query_raw(query: number): number
    _wasm_free_parse_result(result: number): void
    /** Another one after the memory has grown. */
    readonly HEAPU8: Uint8Array
    UTF8ToString(pointer: number): string
    getValue(pointer: number, type: 'i32'): number
  }
  interface PgQueryOptions {
    locateFile?: (file: string, directory: string) => string
    print?: (text: string) => void
    printErr?: (text: string) => void
  }
  const create: (options?: PgQueryOptions) => Promise<PgQueryWasm>
  export default create
}
