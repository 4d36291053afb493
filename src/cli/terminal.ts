/** Where a command writes: results to `out`, everything said to people to `err`. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** stderr is a terminal: progress may be drawn there. */
  readonly interactive: boolean
  readonly stdin: () => Promise<Uint8Array>
}

/** The real terminal. */
export const terminal = (): Terminal => ({
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  interactive: process.stderr.isTTY === true,
  stdin: async () => {
    const chunks: Buffer[] = []
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array))
    return Buffer.concat(chunks)
  },
})

/** Progress on stderr for work that takes over a second, and only where a person watches. Call the result's `done` to clear the line. */
export function progress(io: Terminal, what: string): { readonly report: (share: number) => void; readonly done: () => void } {
  const started = performance.now()
  let drawn = false
  return {
    report: (share) => {
      if (!io.interactive || performance.now() - started < 1000) return
      drawn = true
      io.err(`\r${what} ${Math.round(share * 100)} %`)
    },
    done: () => {
      if (drawn) io.err('\r\u001b[K')
    },
  }
}
