import type { Diagnostic } from '#core/diagnostic.ts'
import type { ExportResult, Loss } from '#formats/format.ts'
import { ExitCode, wrongUse } from '../exit-code.ts'
import { requireFormat } from '../input.ts'
import { lossDiagnostic, printDiagnostics, printTruth } from '../print.ts'
import { readSchema, type Truth } from '../read-schema.ts'
import { addSourceOptions, SOURCE_ARGUMENT, type SourceOptions } from '../source-options.ts'
import { writeFiles } from '../write-files.ts'
import type { AddCommand } from '../command.ts'

interface Options extends SourceOptions {
  readonly to: string
  readonly out?: string
  readonly fix?: boolean
  readonly json?: boolean
}

/** `schemaflow convert SOURCE… --to F`: reads any format or a live database, writes any format, and says what the target cannot hold. */
export const convert: AddCommand = (program, io, end) =>
  addSourceOptions(program.command('convert').description('read a schema from files or a live database and write it in another format'))
    .argument(...SOURCE_ARGUMENT)
    .requiredOption('--to <format>', 'the format to write')
    .option('--out <file>', 'write here instead of standard output (a directory when the format has several files)')
    .option('--fix', 'files: mend what PostgreSQL would refuse, where we know how, and say what was mended; the files stay as they are')
    .option('--json', 'print the result and the diagnostics as one JSON object')
    .action(async (sources: string[], options: Options) => {
      const target = requireFormat(options.to, 'writes')
      // Without --fix the result is what the database itself would make of the files, refused statements left out.
      const read = await readSchema(sources, { ...options, strict: options.fix !== true }, io)
      const { format } = await target.load()
      if (!format.exporter) throw wrongUse(`the format ${target.id} cannot be written yet`)
      const exported = format.exporter(read.schema, { privileges: options.privileges === true })
      const diagnostics = [...read.diagnostics, ...exported.losses.map((loss) => lossDiagnostic(loss, target.id))]
      await deliver({ exported, diagnostics, ...(read.truth && { truth: read.truth }) }, options, io.out)
      if (!options.json) {
        printDiagnostics(diagnostics, io)
        if (read.truth) printTruth(read.truth, io)
      }
      end(diagnostics.some((diagnostic) => diagnostic.severity === 'error') ? ExitCode.problem : ExitCode.fine)
    })

interface Delivery {
  readonly exported: ExportResult
  readonly diagnostics: readonly Diagnostic[]
  readonly truth?: Truth
}

async function deliver({ exported, diagnostics, truth }: Delivery, options: Options, out: (text: string) => void): Promise<void> {
  const { files, losses } = exported
  if (options.out !== undefined) await writeFiles(files, options.out)
  if (options.json) {
    const result: { files: typeof files; losses: readonly Loss[]; diagnostics: readonly Diagnostic[]; truth?: Truth } = {
      files,
      losses,
      diagnostics,
      ...(truth && { truth }),
    }
    out(`${JSON.stringify(result, null, 2)}\n`)
  } else if (options.out === undefined) {
    if (files.length > 1) throw wrongUse(`${options.to} writes ${files.length} files`, 'Name a directory for them with --out.')
    for (const file of files) out(file.text)
  }
}
