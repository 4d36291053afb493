import type { Diagnostic, Span } from '#core/diagnostic.ts'
import { aSchema, schemaLists, type Schema } from '#core/schema/index.ts'
import { expandSchema, JSON_FORMAT, JSON_VERSION, type JsonIssue } from '#core/schema/json.ts'
import type { Importer, Source, StatementRecord } from '../format.ts'
import { locateJson, type Located } from './locate.ts'

/** Reads JSON documents of version 1. A document that does not fit is reported field by field and not taken over in part. */
export const importJson: Importer = async (sources, options = {}) => {
  const schemas: Schema[] = []
  const statements: StatementRecord[] = []
  const diagnostics: Diagnostic[] = []
  for (const [n, source] of sources.entries()) {
    if (options.signal?.aborted) throw options.signal.reason ?? new Error('The import was cancelled.')
    const read = readDocument(source)
    diagnostics.push(...read.diagnostics)
    if (read.schema) schemas.push(read.schema)
    statements.push({
      outcome: read.schema ? 'modelled' : 'rejected',
      kind: 'JSON document',
      file: source.file,
      span: spanOf(source.text, 0, source.text.length),
    })
    options.onProgress?.((n + 1) / sources.length)
  }
  return { schema: joined(schemas), statements, diagnostics }
}

function readDocument(source: Source): { readonly schema?: Schema; readonly diagnostics: readonly Diagnostic[] } {
  let document: unknown
  try {
    document = JSON.parse(source.text.replace(/^\uFEFF/, ''))
  } catch {
    return { diagnostics: [syntaxError(source)] }
  }
  const wrong = notOurs(document)
  if (wrong) return { diagnostics: [{ ...wrong, severity: 'error', file: source.file, span: spanOf(source.text, 0, 0) }] }
  const result = expandSchema(document)
  if ('schema' in result) return { schema: result.schema, diagnostics: [] }
  const located = locateJson(source.text)
  return { diagnostics: result.issues.map((issue) => toDiagnostic(source, located, issue)) }
}

function syntaxError({ file, text }: Source): Diagnostic {
  const located = locateJson(text)
  const { at, expected } = 'error' in located ? located.error : { at: 0, expected: 'a JSON document' }
  const found = at >= text.length ? 'the text ends' : `found ${JSON.stringify(text.slice(at, at + 12).split(/\s/)[0] || text[at])}`
  return {
    code: 'json-syntax',
    severity: 'error',
    message: `This is not JSON: expected ${expected}, but ${found}.`,
    hint: 'Check commas, brackets and quotes there; JSON has no comments and no comma after the last entry.',
    file,
    span: spanOf(text, at, Math.min(at + 1, text.length)),
  }
}

/** Tells another sort of JSON from a damaged document of ours. */
function notOurs(document: unknown): Pick<Diagnostic, 'code' | 'message' | 'hint'> | undefined {
  const { format, version } = (typeof document === 'object' && document !== null ? document : {}) as {
    readonly format?: unknown
    readonly version?: unknown
  }
  if (format !== JSON_FORMAT) {
    return {
      code: 'json-not-a-schema',
      message: `This JSON is not a SchemaFlow schema: "format" is not "${JSON_FORMAT}".`,
      hint: 'Export a project as JSON to see the form, or see docs/schemaflow-v1.schema.json.',
    }
  }
  if (version === JSON_VERSION) return undefined
  return {
    code: 'json-version',
    message: `This document has version ${JSON.stringify(version) ?? 'unknown'}; this program reads version ${JSON_VERSION}.`,
    hint: typeof version === 'number' && version > JSON_VERSION ? 'Update SchemaFlow to read it.' : `Set "version" to ${JSON_VERSION}.`,
  }
}

function toDiagnostic({ file, text }: Source, located: Located, issue: JsonIssue): Diagnostic {
  const [unknown] = issue.unknownKeys ?? []
  const { start, end } =
    'find' in located ? located.find(unknown === undefined ? issue.path : [...issue.path, unknown]) : { start: 0, end: 0 }
  const near = unknown === undefined ? undefined : nearest(unknown, issue.knownKeys ?? [])
  return {
    code: unknown === undefined ? 'json-field' : 'json-unknown-field',
    severity: 'error',
    message: `${showPath(issue.path)}: ${issue.message}.`,
    hint: near ? `Did you mean ${near}?` : unknown === undefined ? undefined : `Known here: ${(issue.knownKeys ?? []).join(', ')}.`,
    file,
    span: spanOf(text, start, end),
  }
}

/** `tables[3].columns[0].type`, as JavaScript would write it. */
function showPath(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'The document'
  return path.map((step, n) => (typeof step === 'number' ? `[${step}]` : `${n > 0 ? '.' : ''}${step}`)).join('')
}

/** The known word that a misspelt one most likely means: at most a third of its letters differ. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const scored = known.map((each) => ({ each, distance: editDistance(word.toLowerCase(), each.toLowerCase()) }))
  const [best] = scored.sort((a, b) => a.distance - b.distance)
  return best && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.each : undefined
}

function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 8) return 99
  let row = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

function spanOf(text: string, start: number, end: number): Span {
  const before = text.slice(0, start)
  const newline = before.lastIndexOf('\n')
  return { start, end, line: before.split('\n').length, column: start - newline }
}

/** Several documents are one schema: their lists follow each other. */
function joined(schemas: readonly Schema[]): Schema {
  const lists = schemaLists.map((list) => [list, schemas.flatMap((schema): readonly unknown[] => schema[list])])
  // Each list is made of lists of the same name.
  return { ...(schemas[0] ?? aSchema({})), ...(Object.fromEntries(lists) as Partial<Schema>) }
}
