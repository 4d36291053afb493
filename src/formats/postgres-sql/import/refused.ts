import type { Diagnostic } from '#core/diagnostic.ts'
import { unquoteNames } from '#core/dialects/postgres.ts'
import { qualifierIn } from './qualifier.ts'

/** A statement that lacks something. */
interface Asking {
  readonly sql: string
  readonly session: { readonly path: { readonly names: readonly string[] } }
}

interface Missing {
  /** Undefined where it was named without one. */
  readonly namespace: string | undefined
  /** Which diagnostic tells why. */
  readonly diagnostic: number
}

/** What later statements lack because an earlier one was refused: they are not the cause, so the earlier one answers for them. */
export class Refused {
  /** Which diagnostic tells why a name is missing: that of an object, that of a column or constraint. */
  private readonly names = new Map<string, Missing[]>()
  private readonly parts = new Map<string, number>()
  private readonly followers = new Map<number, number>()

  /** Takes note of what a refused statement would have made. `diagnostic`: the index of the one that says why. */
  add(sql: string, diagnostic: number): void {
    const head = sql.slice(0, 400).replace(comments, ' ')
    for (const [, name = ''] of head.matchAll(making)) this.put(name, { namespace: qualifier(name), diagnostic })
    if (!altering.test(head)) return
    for (const [, column, constraint] of sql.slice(0, 20_000).matchAll(adding)) this.parts.set(plain(constraint ?? column), diagnostic)
  }

  /** A name was told to be missing: the next statements that lack it need not say so again. */
  addName(name: string, st: Asking, diagnostic: number): void {
    if (this.cause(name, st) === undefined) this.put(name, { namespace: qualifierIn(st.sql, name), diagnostic })
  }

  has(name: string): boolean {
    return this.names.has(plain(name))
  }

  /** True when something refused earlier is why a name is missing in a statement; that it had this consequence is counted. */
  explains(name: string, st: Asking): boolean {
    const diagnostic = this.cause(name, st) ?? this.parts.get(plain(name))
    if (diagnostic === undefined) return false
    this.followers.set(diagnostic, (this.followers.get(diagnostic) ?? 0) + 1)
    return true
  }

  /** The statement after is about what this one would have made: refused for the same reason. */
  inherit(name: string, st: Asking): void {
    const diagnostic = this.cause(name, st)
    if (diagnostic !== undefined) this.add(st.sql, diagnostic)
  }

  private put(name: string, missing: Missing): void {
    const known = this.names.get(plain(name))
    if (known) known.unshift(missing)
    else this.names.set(plain(name), [missing])
  }

  /** What is missing in one namespace says nothing of another. A name without one is looked for along the search path. */
  private cause(name: string, { sql, session: { path } }: Asking): number | undefined {
    const known = this.names.get(plain(name))
    if (!known) return undefined
    const namespace = qualifierIn(sql, name)
    const namespaces = namespace === undefined ? path.names : [namespace]
    return known.find((one) => one.namespace === undefined || namespaces.includes(one.namespace))?.diagnostic
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

/** The part before the last of a qualified name. */
const qualifier = (text: string): string | undefined => unquoteNames(text).at(-2)
