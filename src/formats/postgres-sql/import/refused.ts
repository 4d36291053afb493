import type { Diagnostic } from '#core/diagnostic.ts'

/** What later statements lack because an earlier one was refused: they are not the cause, so the earlier one answers for them. */
export class Refused {
  /** Which diagnostic tells why a name is missing: that of an object, that of a column or constraint. */
  private readonly names = new Map<string, number>()
  private readonly parts = new Map<string, number>()
  private readonly followers = new Map<number, number>()

  /** Takes note of what a refused statement would have made. `diagnostic`: the index of the one that says why. */
  add(sql: string, diagnostic: number): void {
    const head = sql.slice(0, 400).replace(comments, ' ')
    for (const [, name] of head.matchAll(making)) this.names.set(plain(name), diagnostic)
    if (!altering.test(head)) return
    for (const [, column, constraint] of sql.slice(0, 20_000).matchAll(adding)) this.parts.set(plain(constraint ?? column), diagnostic)
  }

  /** A name was told to be missing: the next statements that lack it need not say so again. */
  addName(name: string, diagnostic: number): void {
    if (!this.names.has(plain(name))) this.names.set(plain(name), diagnostic)
  }

  has(name: string): boolean {
    return this.names.has(plain(name))
  }

  /** True when something refused earlier is why a name is missing; that it had this consequence is counted. */
  explains(name: string): boolean {
    const diagnostic = this.names.get(plain(name)) ?? this.parts.get(plain(name))
    if (diagnostic === undefined) return false
    this.followers.set(diagnostic, (this.followers.get(diagnostic) ?? 0) + 1)
    return true
  }

  /** The statement after is about what this one would have made: refused for the same reason. */
  inherit(sql: string, name: string): void {
    const diagnostic = this.names.get(plain(name))
    if (diagnostic !== undefined) this.add(sql, diagnostic)
  }

  /** Says with each cause how many statements fell with it. */
  tell({ diagnostics }: { readonly diagnostics: Diagnostic[] }): void {
    for (const [index, count] of this.followers) {
      const cause = diagnostics[index]
      if (!cause) continue
      const what = count === 1 ? 'One statement below needs it and was' : `${count} statements below need it and were`
      diagnostics[index] = { ...cause, message: `${cause.message} ${what} left out too.` }
    }
  }
}

const comments = /\/\*[^]*?\*\/|--[^\n]*(?:\n|$)/g
const name = String.raw`((?:"(?:[^"]|"")+"|[\w$\`\[\]]+)(?:\s*\.\s*(?:"(?:[^"]|"")+"|[\w$\`\[\]]+))*)`
const making = new RegExp(
  String.raw`^\s*create\s+(?:or\s+replace\s+)?(?:(?:global|local|temp|temporary|unlogged|foreign|materialized|recursive|unique)\s+)*(?:table|view|type|domain|sequence|index|function|procedure|schema)\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?${name}`,
  'gi',
)
const altering = new RegExp(String.raw`^\s*alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?${name}`, 'i')
const adding = new RegExp(
  String.raw`\b(?:add\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?(?!constraint|column|primary|unique|foreign|check|exclude)${name}|add\s+constraint\s+${name})`,
  'gi',
)

/** The last part of a name, without quotes, in lower case: near enough to recognise it. */
const plain = (text: string | undefined): string =>
  (text ?? '')
    .split('.')
    .at(-1)
    ?.trim()
    .replace(/^["`[]|["`\]]$/g, '')
    .toLowerCase() ?? ''
