import { writeFile } from 'node:fs/promises'
import { ExitCode, wrongUse } from '../exit-code.ts'
import { readInput } from '../input.ts'
import { printDiagnostics } from '../print.ts'
import { importMended } from '../read-schema.ts'
import { writeFiles } from '../write-files.ts'
import type { AddCommand } from '../command.ts'

interface Options {
  readonly from?: string
  readonly out?: string
  readonly write?: boolean
}

/** `schemaflow fix FILE…`: a copy of the files in which everything is mended that we know how to mend. */
export const fix: AddCommand = (program, io, end) =>
  program
    .command('fix')
    .description('mend files: carry out the repairs that convert and inspect offer, and write the result')
    .argument('<file...>', 'files, directories or - for standard input')
    .option('--from <format>', 'the format; found out from name and content when missing')
    .option('--out <file>', 'write here instead of standard output (a directory for several files)')
    .option('--write', 'change the files themselves')
    .action(async (files: string[], options: Options) => {
      if (options.write && options.out !== undefined) throw wrongUse('--write and --out cannot be used together')
      const input = await readInput(files, options.from, io)
      const { sources, result, mended } = await importMended(input, {}, true)
      const before = new Map(input.sources.map(({ file, text }) => [file, text]))
      const changed = sources.filter(({ file, text }) => before.get(file) !== text)
      if (options.write) await overwrite(changed)
      else if (options.out !== undefined)
        await writeFiles(
          sources.map(({ file, text }) => ({ path: relative(file), text })),
          options.out,
        )
      else {
        if (sources.length > 1)
          throw wrongUse(
            `there are ${sources.length} files`,
            'Name a directory for the mended copies with --out, or change the files with --write.',
          )
        for (const { text } of sources) io.out(text)
      }
      printDiagnostics([...mended, ...result.diagnostics], io)
      end(result.diagnostics.some(({ severity }) => severity === 'error') ? ExitCode.problem : ExitCode.fine)
    })

async function overwrite(sources: readonly { readonly file: string; readonly text: string }[]): Promise<void> {
  for (const { file, text } of sources) {
    if (file === '<stdin>') throw wrongUse('--write cannot change standard input', 'Leave it out: the mended text goes to standard output.')
    await writeFile(file, text).catch((error: unknown) => {
      throw wrongUse(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`)
    })
  }
}

/** Where a file goes inside the directory: never out of it. */
const relative = (file: string): string =>
  file
    .split(/[\\/]/)
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/')
