import { main } from './main.ts'

/** Runs the command line as a person would, with what it writes. `input` is standard input. */
export async function runCli(args: readonly string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const io = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    interactive: false,
    stdin: async () => new TextEncoder().encode(input),
  }
  const code = await main(args, io)
  return { code, out, err }
}
