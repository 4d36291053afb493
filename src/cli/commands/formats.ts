import { formats as all } from '#formats/all.ts'
import { ExitCode } from '../exit-code.ts'
import type { AddCommand } from '../command.ts'

/** `schemaflow formats`: what can be read and written. */
export const formats: AddCommand = (program, io, end) =>
  program
    .command('formats')
    .description('list the formats that can be read and written')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) => {
      const rows = all.map(({ id, title, extension, reads, writes }) => ({ id, title, extension, reads, writes }))
      if (json) io.out(`${JSON.stringify({ formats: rows }, null, 2)}\n`)
      else for (const row of rows) io.out(`${row.id.padEnd(14)} ${use(row).padEnd(12)} .${row.extension.padEnd(8)} ${row.title}\n`)
      end(ExitCode.fine)
    })

const use = ({ reads, writes }: { reads: boolean; writes: boolean }): string =>
  [reads && 'read', writes && 'write'].filter(Boolean).join(', ')
