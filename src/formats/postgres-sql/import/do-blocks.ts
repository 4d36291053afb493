import type { DoStmt, Node } from 'libpg-query'
import { splitScript } from '../../shared/sql/split.ts'
import { Tokens } from '../../shared/sql/tokens.ts'
import { all, as, kindOf } from './ast.ts'

/** A statement written out inside a DO block. */
export interface BlockStatement {
  readonly sql: string
  /** Where it begins, counted from the block's own statement. */
  readonly at: number
  readonly node: Node
}

export interface StaticBlock {
  readonly statements: readonly BlockStatement[]
  /** What is there already is passed over: `IF NOT EXISTS (…) THEN`, `EXCEPTION WHEN duplicate_object THEN NULL`. */
  readonly guarded: boolean
}

/**
 * The statements of a DO block that only carries them out, perhaps unless they are done already: the common way to write CREATE TYPE IF NOT
 * EXISTS. Undefined for a block that computes: what it does is known to PostgreSQL only.
 */
export function staticBlock(sql: string, node: DoStmt, parse: (sql: string) => readonly Node[]): StaticBlock | undefined {
  const options = all(node.args, 'DefElem')
  const language = as(options.find(({ defname }) => defname === 'language')?.arg, 'String')?.sval ?? 'plpgsql'
  const outer = new Tokens(sql)
  const quoted = outer.list.find(({ kind }) => kind === 'dollar')
  if (language !== 'plpgsql' || !quoted) return undefined
  const mark = sql.indexOf('$', quoted.start + 1) + 1 - quoted.start
  const from = quoted.start + mark
  const body = sql.slice(from, quoted.end - mark)
  const inner = bodyOf(new Tokens(body))
  if (!inner) return undefined
  let { guarded } = inner
  const statements: BlockStatement[] = []
  for (const piece of splitScript(body.slice(inner.start, inner.end))) {
    const text = body.slice(inner.start + piece.start, inner.start + piece.end)
    const opened = guardEnd(text)
    if (opened !== undefined) guarded = true
    const rest = text.slice(opened ?? 0)
    if (harmless.test(rest)) continue
    const nodes = definition.test(rest) ? parse(rest) : []
    const [only] = nodes
    if (!only || nodes.length > 1 || kindOf(only) === 'DoStmt') return undefined
    statements.push({ sql: rest, at: from + inner.start + piece.start + (opened ?? 0), node: only })
  }
  return statements.length > 0 ? { statements, guarded } : undefined
}

const definition = /^(?:create|alter|drop|comment)\b/i
const harmless = /^(?:null|end\s+if|raise\s+(?:notice|info|debug|log|warning)\b[^]*)$/i

/** `BEGIN … [EXCEPTION WHEN … THEN NULL;] END`, without declarations: where its statements stand. */
function bodyOf(tokens: Tokens): { start: number; end: number; guarded: boolean } | undefined {
  if (tokens.word(0) !== 'begin') return undefined
  let end = tokens.length - 1
  if (tokens.word(end) === ';') end -= 1
  if (tokens.word(end) !== 'end') return undefined
  let handler = -1
  for (let at = 1; at < end; at += 1) if (tokens.word(at) === 'exception' && tokens.word(at + 1) === 'when') handler = at
  const start = tokens.list[0]?.end ?? 0
  const stop = tokens.list[handler < 0 ? end : handler]?.start ?? 0
  const handled = tokens.text.slice(stop, tokens.list[end]?.start)
  // Whoever makes a schema may do so.
  if (/^exception\s+when\s+insufficient_privilege\s+then\b/i.test(handled)) return { start, end: stop, guarded: false }
  if (handler >= 0 && !/\bthen\s+(?:null|raise\s+notice\b[^;]*);\s*$/i.test(handled)) return undefined
  return { start, end: stop, guarded: handler >= 0 }
}

/** The end of `IF NOT EXISTS (…) THEN` at the beginning of a text. */
function guardEnd(text: string): number | undefined {
  if (!/^if\s+not\s+exists\s*\(/i.test(text)) return undefined
  const tokens = new Tokens(text)
  const then = tokens.close(tokens.find('(', 0)) + 1
  return tokens.word(then) === 'then' ? (tokens.list[then + 1]?.start ?? text.length) : undefined
}
