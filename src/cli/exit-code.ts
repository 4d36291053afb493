/** What the command's exit code says: the contract that scripts and CI rely on. */
export const ExitCode = { fine: 0, problem: 1, wrongUse: 2 } as const
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]

/** The command was called in a way that cannot work: told without a stack, exit code 2. */
class WrongUse extends Error {
  readonly hint: string | undefined
  constructor(message: string, hint?: string) {
    super(message)
    this.hint = hint
  }
}

/** Makes the error that ends a command with exit code 2. */
export const wrongUse = (message: string, hint?: string): Error => new WrongUse(message, hint)
export const isWrongUse = (error: unknown): error is WrongUse => error instanceof WrongUse
