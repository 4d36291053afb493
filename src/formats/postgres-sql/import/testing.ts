import type { Schema, Table } from '#core/schema/index.ts'
import type { ImportOptions, ImportResult } from '../../format.ts'
import { importer } from './importer.ts'

// For tests: reads a script and finds what it made.

export const read = (text: string, options?: ImportOptions): Promise<ImportResult> => importer([{ file: 'test.sql', text }], options)

/** The schema of a script that must be taken in without a complaint. */
export async function schemaOf(text: string): Promise<Schema> {
  const { schema, diagnostics } = await read(text)
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics))
  return schema
}

export function tableOf(schema: Schema, name: string): Table {
  const table = schema.tables.find((candidate) => candidate.name === name)
  if (!table) throw new Error(`no table ${name}`)
  return table
}

/** The only table of a script. */
export async function table(text: string): Promise<Table> {
  const { tables } = await schemaOf(text)
  const [first] = tables
  if (!first || tables.length > 1) throw new Error(`${tables.length} tables`)
  return first
}

export const names = (list: readonly { readonly name: string }[]): readonly string[] => list.map(({ name }) => name)
export const outcomes = ({ statements }: ImportResult): readonly string[] => statements.map(({ outcome }) => outcome)
