/** Reads PostgreSQL's text form of a one-dimensional array: `{a,"b c",NULL}`. */
export function parseArray(text: string): (string | null)[] {
  const items: (string | null)[] = []
  // Bounds other than 1 stand before: `[0:2]={…}`.
  let at = text.indexOf('{') + 1
  while (at > 0 && at < text.length && text[at] !== '}') {
    if (text[at] === '"') {
      let item = ''
      for (at += 1; at < text.length && text[at] !== '"'; at += 1) {
        if (text[at] === '\\') at += 1
        item += text[at] ?? ''
      }
      items.push(item)
      at += 1
    } else {
      const comma = text.indexOf(',', at)
      const end = comma < 0 ? text.lastIndexOf('}') : comma
      const item = text.slice(at, Math.max(at, end))
      items.push(item === 'NULL' ? null : item)
      at = Math.max(at, end)
      if (end < at) break
    }
    if (text[at] === ',') at += 1
  }
  return items
}
