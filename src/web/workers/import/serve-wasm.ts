import wasmUrl from 'libpg-query/wasm/libpg-query.wasm?url'

// libpg-query asks for `libpg-query.wasm` beside the script that runs. In a build that script is a hashed worker and the file a hashed asset,
// so the request is sent on to where the file is. Imported before anything that may load the parser.
const fetchAsset = globalThis.fetch.bind(globalThis)
globalThis.fetch = (input, init) => {
  const address = input instanceof Request ? input.url : String(input)
  return address.endsWith('/libpg-query.wasm') ? fetchAsset(wasmUrl, init) : fetchAsset(input, init)
}
