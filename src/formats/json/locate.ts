/** Where a JSON text stops being JSON, or where each of some paths stands in it. Offsets are UTF-16 code units. */
export type Located =
  | { readonly error: { readonly at: number; readonly expected: string } }
  | { readonly find: (path: readonly (string | number)[]) => { readonly start: number; readonly end: number } }

interface Place {
  readonly start: number
  end: number
  /** Entries of an object or list. */
  readonly entries: Map<string | number, Place>
}
interface Open {
  readonly place: Place
  readonly close: '}' | ']'
  key: string | number
}

const token = /[ \t\r\n]*(?:(["{}[\],:])|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y
/**
 * Reads a JSON text for its positions. Only used to tell people where something is wrong, after `JSON.parse` or the format's check failed;
 * works without recursion, so nesting cannot exhaust the stack.
 */
export function locateJson(text: string): Located {
  const root: Place = { start: 0, end: text.length, entries: new Map() }
  const stack: Open[] = []
  let at = /^\uFEFF?\s*/.exec(text)?.[0].length ?? 0
  let state: 'value' | 'firstValue' | 'key' | 'firstKey' | 'colon' | 'comma' | 'end' = 'value'
  const fail = (expected: string): Located => ({ error: { at: Math.min(skip(text, at), text.length), expected } })
  const closeTop = () => {
    const top = stack.pop()
    if (top) top.place.end = at
    state = stack.length > 0 ? 'comma' : 'end'
  }
  for (;;) {
    if (state === 'end') return skip(text, at) >= text.length ? { find: (path) => follow(root, path) } : fail('the end of the text')
    const start = skip(text, at)
    token.lastIndex = at
    const [whole, mark, scalar] = token.exec(text) ?? []
    if (whole === undefined) return fail(expectedIn(state, stack))
    at += whole.length
    const top = stack.at(-1)
    if (state === 'colon') {
      if (mark !== ':') return backed(text, start, 'a colon')
      state = 'value'
    } else if (state === 'comma') {
      if (mark === top?.close) closeTop()
      else if (mark !== ',' || !top) return backed(text, start, expectedIn(state, stack))
      else {
        if (typeof top.key === 'number') top.key += 1
        state = top.close === '}' ? 'key' : 'value'
      }
    } else if (state === 'key' || state === 'firstKey') {
      if (mark === '}' && state === 'firstKey') closeTop()
      else {
        const end = mark === '"' ? stringEnd(text, at) : -1
        if (end < 0 || !top) return backed(text, start, 'a field name in double quotes')
        at = end
        top.key = JSON.parse(text.slice(start, end)) as string
        state = 'colon'
      }
    } else if (mark === ']' && state === 'firstValue') closeTop()
    else {
      const place: Place = { start, end: at, entries: new Map() }
      if (mark === '"') {
        const end = stringEnd(text, at)
        if (end < 0) return backed(text, start, 'the end of this string')
        at = place.end = end
      } else if (mark !== '{' && mark !== '[' && scalar === undefined) return backed(text, start, 'a value')
      if (top) top.place.entries.set(top.key, place)
      else root.entries.set('', place)
      if (mark === '{' || mark === '[') {
        stack.push({ place, close: mark === '{' ? '}' : ']', key: mark === '{' ? '' : 0 })
        state = mark === '{' ? 'firstKey' : 'firstValue'
      } else state = stack.length > 0 ? 'comma' : 'end'
    }
  }
}

const backed = (text: string, at: number, expected: string): Located => ({ error: { at: Math.min(at, text.length), expected } })

function expectedIn(state: string, stack: readonly Open[]): string {
  if (state === 'comma') return `a comma or ${stack.at(-1)?.close === '}' ? '}' : ']'}`
  if (state === 'colon') return 'a colon'
  return state.toLowerCase().includes('key') ? 'a field name in double quotes' : 'a value'
}

function skip(text: string, at: number): number {
  let end = at
  while (end < text.length && ' \t\r\n'.includes(text[end] ?? '')) end += 1
  return end
}

/** Where the string ends that is open at `at`, closing quote included; -1 when it does not end, or not as JSON allows. */
function stringEnd(text: string, at: number): number {
  for (let end = at; end < text.length; end += 1) {
    const char = text[end] ?? ''
    if (char === '"') return end + 1
    if (char < ' ') return -1
    if (char !== '\\') continue
    if (!/^(?:["\\/bfnrt]|u[\da-fA-F]{4})/.test(text.slice(end + 1, end + 6))) return -1
    end += 1
  }
  return -1
}

/** The place of a path, or of the nearest thing around it that is there. */
function follow(root: Place, path: readonly (string | number)[]): { start: number; end: number } {
  let place = root.entries.get('') ?? root
  for (const step of path) {
    const next = place.entries.get(step)
    if (!next) break
    place = next
  }
  return { start: place.start, end: place.end }
}
