import type { Command } from 'commander'
import type { ExitCode } from './exit-code.ts'
import type { Terminal } from './terminal.ts'

/** Adds a command to the program; its action tells how it ended through `end`. */
export type AddCommand = (program: Command, io: Terminal, end: (code: ExitCode) => void) => Command
