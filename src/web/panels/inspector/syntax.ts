import type { FromSyntax, ToSyntax } from '../../workers/syntax/protocol.ts'

/** What a text is part of: what stands before and after it when the grammar looks at it. */
export type Frame = 'expression' | 'query' | 'commands' | 'statement' | 'none'

const frames: Readonly<Record<Frame, readonly [before: string, after: string] | null>> = {
  expression: ['SELECT (', '\n)'],
  query: ['', ''],
  commands: ['CREATE RULE r AS ON UPDATE TO t DO ALSO ', ''],
  statement: ['', ''],
  /** A body in another language than SQL: only PostgreSQL itself can say something about it. */
  none: null,
}

/** Something wrong in a text, and where in it (UTF-16). */
export interface TextProblem {
  readonly message: string
  readonly from: number
  readonly to: number
}

type Answer = (error: FromSyntax['error']) => void

let worker: Worker | null = null
const waiting = new Map<number, Answer>()
let requests = 0

/** Whether a text is SQL, by PostgreSQL's grammar, in a worker. Null = it is, or nothing can be said. */
export async function syntaxProblem(text: string, frame: Frame): Promise<TextProblem | null> {
  const around = frames[frame]
  if (!around || text.trim() === '') return null
  const [before, after] = around
  const error = await ask(`${before}${text}${after}`)
  if (!error) return null
  const at = Math.max(0, Math.min(error.at - before.length, text.length))
  const isEnd = error.at - before.length >= text.trimEnd().length
  const word = /^(?:[\w$]+|"[^"]*"|'[^']*'|.)/u.exec(text.slice(at))?.[0].length ?? 0
  return {
    message: isEnd ? 'Something is missing at the end.' : error.message,
    from: isEnd ? Math.max(0, text.trimEnd().length - 1) : at,
    to: isEnd ? text.length : at + word,
  }
}

function ask(sql: string): Promise<FromSyntax['error']> {
  worker ??= start()
  requests += 1
  const message: ToSyntax = { request: requests, sql }
  worker.postMessage(message)
  return new Promise((resolve) => waiting.set(message.request, resolve))
}

function start(): Worker {
  const started = new Worker(new URL('../../workers/syntax/syntax-worker.ts', import.meta.url), { type: 'module', name: 'syntax' })
  started.addEventListener('message', ({ data }: MessageEvent<FromSyntax>) => {
    waiting.get(data.request)?.(data.error)
    waiting.delete(data.request)
  })
  // Without the worker nothing is said about syntax; the server still looks at everything.
  started.addEventListener('error', () => {
    for (const answer of waiting.values()) answer(null)
    waiting.clear()
  })
  return started
}
