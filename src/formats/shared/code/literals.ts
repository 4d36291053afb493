// Texts as literals of TypeScript and Prisma. Each of them reads back as exactly the text that went in.

const controls: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A TypeScript string in single quotes, or in double quotes where that saves a backslash: `"it's"`. */
export function tsString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  return (
    quote + escaped(text, quote === "'" ? /[\\'\u0000-\u001f\u2028\u2029]|\p{Cs}/gu : /[\\"\u0000-\u001f\u2028\u2029]|\p{Cs}/gu) + quote
  )
}

/** The inside of a template literal: backslashes, backticks and `${` stand for themselves. Line breaks stay line breaks. */
export const tsTemplate = (text: string): string =>
  escaped(text.replaceAll('${', '$\u0001{'), /[\\`\u0000\u0002-\u0009\u000b-\u001f]|\p{Cs}/gu).replaceAll('$\u0001{', '\\${')

/** A key of an object literal: plain where it is an identifier. `__proto__` is computed: spelt out, it would set the prototype, quoted or not. */
export function tsKey(key: string): string {
  if (key === '__proto__') return "['__proto__']"
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? key : tsString(key)
}

/** `"a \"b\""`: a Prisma string, escaped as JSON is. */
export const prismaString = (text: string): string => JSON.stringify(text)

/** A JSON value as a TypeScript literal, or undefined where the two languages differ (`__proto__`). */
export function tsJson(value: unknown): string | undefined {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'string') return tsString(value)
  if (Array.isArray(value)) return joined(value.map(tsJson), '[', ']')
  if (typeof value !== 'object') return undefined
  const entries = Object.entries(value).map(([key, item]) => {
    const text = tsJson(item)
    return text === undefined || key === '__proto__' ? undefined : `${tsKey(key)}: ${text}`
  })
  return joined(entries, '{ ', ' }')
}

/** A text as the lines of a documentation comment. */
export function docComment(text: string): readonly string[] {
  const lines = text.replaceAll('*/', '*\\/').split(/\r\n|[\n\r\u2028\u2029]/)
  return lines.length === 1 ? [`/** ${lines[0]} */`] : ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */']
}

/** A text as comment lines, each with its mark (`//`, `///`). */
export const lineComment = (mark: string, text: string): readonly string[] =>
  text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => `${mark} ${line}`.trimEnd())

function joined(items: readonly (string | undefined)[], open: string, close: string): string | undefined {
  if (items.includes(undefined)) return undefined
  return items.length === 0 ? (open + close).replaceAll(' ', '') : `${open}${items.join(', ')}${close}`
}

const escaped = (text: string, what: RegExp): string =>
  text.replace(
    what,
    (char) => controls[char] ?? (/[\\'"`]/.test(char) ? `\\${char}` : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
