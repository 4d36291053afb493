import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Diagnostic } from '#core/diagnostic.ts'
import type { ExportResult, Loss } from '#formats/format.ts'
import { ExitCode, wrongUse } from '../exit-code.ts'
import { readInput, requireFormat } from '../input.ts'
import { lossDiagnostic, printDiagnostics } from '../print.ts'
import { progress } from '../terminal.ts'
import type { AddCommand } from '../command.ts'

interface Options {
  readonly from?: string
  readonly to: string
  readonly out?: string
  readonly privileges?: boolean
  readonly fix?: boolean
  readonly json?: boolean
}

/** `schemaflow convert FILE… --to F`: reads any format, writes any other, and says what the target cannot hold. */
export const convert: AddCommand = (program, io, end) =>
  program
    .command('convert')
    .description('read a schema in one format and write it in another')
    .argument('<file...>', 'files, directories (read in name order) or - for standard input; several are read as one schema')
    .option('--from <format>', 'the format to read; found out from name and content when missing')
    .requiredOption('--to <format>', 'the format to write')
    .option('--out <file>', 'write here instead of standard output (a directory when the format has several files)')
    .option('--privileges', 'keep owners, grants and default privileges')
    .option('--fix', 'mend what the source database would refuse, where we know how, and say what was mended')
    .option('--json', 'print the result and the diagnostics as one JSON object')
    .action(async (files: string[], options: Options) => {
      const target = requireFormat(options.to, 'writes')
      const input = await readInput(files, options.from, io)
      const bar = progress(io, 'Reading')
      const privileges = options.privileges === true
      // Without --fix the result is what the database itself would make of the files, refused statements left out.
      const imported = await input.importer(input.sources, { privileges, strict: options.fix !== true, onProgress: bar.report })
      bar.done()
      const { format } = await target.load()
      if (!format.exporter) throw wrongUse(`the format ${target.id} cannot be written yet`)
      const exported = format.exporter(imported.schema, { privileges })
      const diagnostics = [...input.diagnostics, ...imported.diagnostics, ...exported.losses.map((loss) => lossDiagnostic(loss, target.id))]
      await deliver(exported, diagnostics, options, io.out)
      if (!options.json) printDiagnostics(diagnostics, io)
      end(diagnostics.some((diagnostic) => diagnostic.severity === 'error') ? ExitCode.problem : ExitCode.fine)
    })

async function deliver(
  exported: ExportResult,
  diagnostics: readonly Diagnostic[],
  options: Options,
  out: (text: string) => void,
): Promise<void> {
  const { files, losses } = exported
  if (options.out !== undefined) await writeFiles(files, options.out)
  if (options.json) {
    const result: { files: typeof files; losses: readonly Loss[]; diagnostics: readonly Diagnostic[] } = { files, losses, diagnostics }
    out(`${JSON.stringify(result, null, 2)}\n`)
  } else if (options.out === undefined) {
    if (files.length > 1) throw wrongUse(`${options.to} writes ${files.length} files`, 'Name a directory for them with --out.')
    for (const file of files) out(file.text)
  }
}

async function writeFiles(files: ExportResult['files'], out: string): Promise<void> {
  const [only] = files
  try {
    if (only && files.length === 1) return await writeFile(out, only.text)
    for (const file of files) {
      const target = path.join(out, file.path)
      await mkdir(path.dirname(target), { recursive: true })
      await writeFile(target, file.text)
    }
  } catch (error) {
    throw wrongUse(`cannot write ${out}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
