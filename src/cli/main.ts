import { Command, CommanderError } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { commands } from './commands/all.ts'
import { ExitCode, isWrongUse } from './exit-code.ts'
import { terminal, type Terminal } from './terminal.ts'

/** Runs the command line and returns its exit code: 0 fine, 1 problem found, 2 wrong use. Never throws, never exits by itself. */
export async function main(args: readonly string[], io: Terminal = terminal()): Promise<ExitCode> {
  let code: ExitCode = ExitCode.fine
  const program = new Command('schemaflow')
    .description('Reads, converts and inspects database schemas. Nothing is lost, or it says what and where.')
    .version(packageJson.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .showHelpAfterError('(schemaflow --help shows what there is)')
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) })
    .exitOverride()
  for (const add of commands) {
    const command = add(program, io, (result) => {
      code = result
    })
    command.exitOverride().configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) })
  }
  try {
    if (args.length === 0) {
      io.err(program.helpInformation())
      return ExitCode.wrongUse
    }
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.fine : ExitCode.wrongUse
    if (isWrongUse(error)) {
      io.err(`schemaflow: ${error.message}\n${error.hint ? `  ${error.hint}\n` : ''}`)
      return ExitCode.wrongUse
    }
    io.err(
      `schemaflow: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n  This is a bug of ours; nothing was written. Please report it.\n`,
    )
    return ExitCode.problem
  }
}
