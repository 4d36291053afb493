// The names PostgreSQL gives to what has none (makeObjectName and ChooseIndexNameAddition in its commands/indexcmds.c).

/** PostgreSQL keeps 63 bytes of a name. */
const MAX_BYTES = 63

/** `first_second_label`, the two names shortened, the longer one first, until the whole fits into 63 bytes. */
export function makeObjectName(first: string, second: string | null, label: string): string {
  const room = MAX_BYTES - label.length - 1 - (second === null ? 0 : 1)
  let firstBytes = utf8Length(first)
  let secondBytes = second === null ? 0 : utf8Length(second)
  if (firstBytes + secondBytes <= room) return second === null ? `${first}_${label}` : `${first}_${second}_${label}`
  while (firstBytes + secondBytes > room) {
    if (firstBytes > secondBytes) firstBytes -= 1
    else secondBytes -= 1
  }
  const parts = [clip(first, firstBytes)]
  if (second !== null) parts.push(clip(second, secondBytes))
  return [...parts, label].join('_')
}

/** A name as PostgreSQL stores it: its first 63 bytes. */
export const storedName = (name: string): string => (name.length * 3 <= MAX_BYTES ? name : clip(name, MAX_BYTES))

/** The columns' part of an index or foreign key name: `a_b_c`, cut once it reaches 63 bytes. */
export function joinColumnNames(names: readonly string[]): string {
  let joined = ''
  for (const name of names) {
    joined = joined === '' ? name : `${joined}_${name}`
    if (utf8Length(joined) >= MAX_BYTES) break
  }
  return joined
}

/** Names of an index's own columns: `expr`, `expr1` … for what has none, a number behind doubles. */
export function indexColumnNames(names: readonly (string | null)[]): readonly string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const base = name ?? 'expr'
    let unique = base
    for (let n = 1; taken.has(unique); n += 1) unique = `${clip(base, MAX_BYTES - String(n).length)}${n}`
    taken.add(unique)
    return unique
  })
}

/** The first of `label`, `label1`, `label2` … that is free. */
export function firstFree(first: string, second: string | null, label: string, taken: (name: string) => boolean): string {
  let name = makeObjectName(first, second, label)
  for (let n = 1; taken(name); n += 1) name = makeObjectName(first, second, `${label}${n}`)
  return name
}

function utf8Length(text: string): number {
  let length = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code >= 0xd800 && code < 0xe000 ? 2 : 3
  }
  return length
}

/** At most so many bytes, never half a character. */
function clip(text: string, bytes: number): string {
  if (text.length * 3 <= bytes || utf8Length(text) <= bytes) return text
  let length = 0
  let end = 0
  for (const character of text) {
    length += utf8Length(character)
    if (length > bytes) break
    end += character.length
  }
  return text.slice(0, end)
}
