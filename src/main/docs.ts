import { jsonSchemaOfSchema } from '#core/schema/json.ts'
import { aSchema } from '#core/schema/index.ts'
import { formats } from '#formats/all.ts'
import { diagnosticsPage } from './diagnostics-page.ts'

/** The pages of `docs/` that are drawn from the code, by file name. `npm run docs` writes them, `npm run check` compares. */
export function generatedDocs(): Readonly<Record<string, string>> {
  return {
    'diagnostics.md': diagnosticsPage(),
    'formats.md': formatsPage(),
    'schemaflow-v1.schema.json': `${JSON.stringify(jsonSchemaOfSchema(), null, 2)}\n`,
  }
}

function formatsPage(): string {
  const rows = formats.map(
    ({ id, title, extension, reads, writes }) => `| \`${id}\` | ${title} | ${yes(reads)} | ${yes(writes)} | \`.${extension}\` |`,
  )
  return [
    '# Formats',
    '',
    '<!-- Written by `npm run docs` from src/formats/all.ts. -->',
    '',
    '| id | format | read | written | files |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    'What a format cannot hold is reported each time it is written: by `schemaflow convert` on standard error, by `schemaflow inspect` as counts, in the app below the code.',
    '',
    '## JSON version 1',
    '',
    'The whole model as one object, described by [schemaflow-v1.schema.json](schemaflow-v1.schema.json). What equals its default is left out. An empty schema of the dialect',
    `\`${aSchema({}).dialect}\` is \`{ "format": "schemaflow", "version": 1, "dialect": "${aSchema({}).dialect}" }\`.`,
    '',
  ].join('\n')
}

const yes = (can: boolean): string => (can ? 'yes' : '')
