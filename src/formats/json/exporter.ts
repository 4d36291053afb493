import { DEFAULT_NAMESPACE, schemaLists, type Schema } from '#core/schema/index.ts'
import { compactSchema, type Json, type JsonObject } from '#core/schema/json.ts'
import type { Exporter, ExportResult } from '../format.ts'

/** Writes JSON version 1. Owners and privileges only when asked for; small objects stand on one line. */
export const exportJson: Exporter = (schema, options = {}) => {
  const document = compactSchema(options.privileges ? schema : withoutPrivileges(schema))
  const places: NonNullable<ExportResult['places']>[number][] = []
  let text = '{'
  for (const [n, [key, value]] of Object.entries(document).entries()) {
    text += `${n > 0 ? ',' : ''}\n  ${JSON.stringify(key)}: `
    if (key === 'tables' && Array.isArray(value) && value.length > 0) {
      text += '['
      for (const [m, table] of (value as readonly JsonObject[]).entries()) {
        text += `${m > 0 ? ',' : ''}\n    `
        const start = text.length
        text += print(table, 4)
        places.push({ namespace: String(table['namespace']), name: String(table['name']), start, end: text.length })
      }
      text += '\n  ]'
    } else text += print(value, 2)
  }
  return { files: [{ path: 'schema.json', text: `${text}\n}\n` }], losses: [], places }
}

const LINE = 120

/** A value that starts at `indent`: on one line when it fits, else one entry per line. Lists of objects always have a line per object, for diffs. */
function print(value: Json, indent: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const pad = ' '.repeat(indent + 2)
  const list = Array.isArray(value)
  const entries = list
    ? (value as readonly Json[]).map((item) => print(item, indent + 2))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${print(item, indent + 2)}`)
  if (entries.length === 0) return list ? '[]' : '{}'
  const length = entries.reduce((sum, entry) => sum + entry.length + 2, indent + 4)
  const several = list && (value as readonly Json[]).some((item) => typeof item === 'object')
  if (!several && length <= LINE && entries.every((entry) => !entry.includes('\n')))
    return list ? `[${entries.join(', ')}]` : `{ ${entries.join(', ')} }`
  return `${list ? '[' : '{'}\n${entries.map((entry) => pad + entry).join(',\n')}\n${' '.repeat(indent)}${list ? ']' : '}'}`
}

/** The schema as it is without its owners, grants and default privileges. */
function withoutPrivileges(schema: Schema): Schema {
  const lists = schemaLists.map((list) => [list, schema[list].map(ownerless)])
  // Each list holds what it held, but for the owners.
  const rest = { ...schema, ...(Object.fromEntries(lists) as Partial<Schema>), privileges: [] }
  // `public` is there without being said.
  return { ...rest, namespaces: rest.namespaces.filter(({ name, comment }) => name !== DEFAULT_NAMESPACE || comment !== null) }
}

const ownerless = <T extends object>(item: T): T => ('owner' in item && item.owner !== null ? { ...item, owner: null } : item)
