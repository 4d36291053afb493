import { z } from 'zod'
import { columnShape } from './column.ts'
import { constraintShape } from './constraint.ts'
import { indexElementShape } from './index-element.ts'
import { indexShape } from './index-shape.ts'
import { routineShape } from './routine.ts'
import { schemaShape, type Schema } from './schema.ts'
import { fieldsOf, shape } from './shape.ts'
import { sequenceOptionsShape, sequenceShape } from './sequence.ts'
import { tableShape } from './table.ts'
import { policyShape, ruleShape, triggerShape } from './trigger.ts'
import { viewShape } from './view.ts'

// JSON version 1: the model as plain data. What equals its default is left out, so that a file says what matters.

export const JSON_FORMAT = 'schemaflow'
export const JSON_VERSION = 1

const documentShape = shape({
  /** Where the JSON Schema is, for editors. Ignored. */
  $schema: z.string().optional(),
  format: z.literal(JSON_FORMAT),
  version: z.literal(JSON_VERSION),
  ...fieldsOf(schemaShape),
})

/** A JSON value, as `JSON.parse` makes them. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** What does not fit, and where: `path` leads from the document to the place, as keys and list indices. */
export interface JsonIssue {
  readonly path: readonly (string | number)[]
  readonly message: string
  /** The keys in question, when the issue is about keys that the format does not have. */
  readonly unknownKeys?: readonly string[]
  /** The keys that would be known in that place. */
  readonly knownKeys?: readonly string[]
}

/** A schema as a JSON document of version 1, without what equals its default. `expandSchema` gives the same schema back. */
export function compactSchema(schema: Schema): JsonObject {
  return { format: JSON_FORMAT, version: JSON_VERSION, ...(writerOf(schemaShape)(schema) as JsonObject) }
}

/** Reads a JSON document of version 1: checks every field and fills in the defaults. Never throws. */
export function expandSchema(document: unknown): { readonly schema: Schema } | { readonly issues: readonly JsonIssue[] } {
  const parsed = documentShape.safeParse(document, { reportInput: true })
  if (!parsed.success) return { issues: parsed.error.issues.map(toIssue) }
  const { $schema: _schema, format: _format, version: _version, ...schema } = parsed.data
  // The document's shape is the schema's plus the three fields taken off above; spreading computed fields hides that from the compiler.
  return { schema: schema as unknown as Schema }
}

/** The JSON Schema (draft 2020-12) of version 1, to be published beside the documentation. */
export function jsonSchemaOfSchema(): Record<string, unknown> {
  const names = z.registry<{ id: string }>()
  const named = {
    table: tableShape,
    column: columnShape,
    constraint: constraintShape,
    index: indexShape,
    indexElement: indexElementShape,
    trigger: triggerShape,
    policy: policyShape,
    rule: ruleShape,
    view: viewShape,
    routine: routineShape,
    sequence: sequenceShape,
    sequenceOptions: sequenceOptionsShape,
  }
  for (const [id, type] of Object.entries(named)) names.add(type, { id })
  const { $schema, ...rest } = z.toJSONSchema(documentShape, { io: 'input', metadata: names })
  return { $schema, title: 'SchemaFlow schema, version 1', ...rest }
}

/** Said even when they equal their default, because readers look for them first. */
const alwaysSaid = new Set(['namespace', 'nullable', 'kind', 'materialized'])
const alwaysListed = new Set(['columns', 'constraints', 'indexes'])
const isSaid = (type: z.ZodObject, key: string): boolean =>
  alwaysSaid.has(key) || type === schemaShape.unwrap() || (type === tableShape.unwrap() && alwaysListed.has(key))

type Writer = (value: unknown) => Json
const writers = new WeakMap<z.core.$ZodType, Writer>()

/** How a value of that type is written. Made once per type: large schemas have thousands of columns. */
function writerOf(type: z.core.$ZodType): Writer {
  const known = writers.get(type)
  if (known) return known
  const made = makeWriter(type)
  writers.set(type, made)
  return made
}

function makeWriter(type: z.core.$ZodType): Writer {
  if (type instanceof z.ZodReadonly || type instanceof z.ZodDefault) return writerOf(type.def.innerType)
  if (type instanceof z.ZodNullable) {
    const inner = writerOf(type.def.innerType)
    return (value) => (value === null ? null : inner(value))
  }
  if (type instanceof z.ZodArray) {
    const inner = writerOf(type.def.element)
    return (value) => (value as readonly unknown[]).map(inner)
  }
  if (type instanceof z.ZodObject) return objectWriter(type)
  if (type instanceof z.ZodDiscriminatedUnion) return unionWriter(type)
  return (value) => value as Json
}

function objectWriter(type: z.ZodObject): Writer {
  const fields = Object.entries(type.shape).map(([key, field]) => {
    const byDefault: unknown = field instanceof z.ZodDefault && !isSaid(type, key) ? field.def.defaultValue : undefined
    return { key, write: writerOf(field), byDefault }
  })
  return (value) => {
    const out: Record<string, Json> = {}
    for (const { key, write, byDefault } of fields) {
      const json = write((value as Record<string, unknown>)[key])
      if (json === byDefault || (typeof byDefault === 'object' && byDefault !== null && isEmpty(json))) continue
      out[key] = json
    }
    return out
  }
}

function unionWriter(type: z.ZodDiscriminatedUnion): Writer {
  const byKind = new Map<unknown, Writer>()
  for (const option of type.def.options) {
    const kind = option instanceof z.ZodObject ? option.shape['kind'] : undefined
    if (kind instanceof z.ZodLiteral) byKind.set(kind.value, writerOf(option))
  }
  return (value) => byKind.get((value as { readonly kind: unknown }).kind)?.(value) ?? null
}

const isEmpty = (json: Json): boolean => typeof json === 'object' && json !== null && Object.keys(json).length === 0

function toIssue(issue: z.core.$ZodIssue): JsonIssue {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
  const received = issue.code === 'invalid_type' ? `, found ${describe(issue.input)}` : ''
  const message = issue.message.replace(/^Invalid input: /, '').replace(/, received .*$/, '') + received
  if (issue.code !== 'unrecognized_keys') return { path, message }
  return {
    path,
    message: `unknown ${issue.keys.length > 1 ? 'fields' : 'field'} ${issue.keys.join(', ')}`,
    unknownKeys: issue.keys,
    knownKeys: keysAt(path, issue.input),
  }
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : `a${typeof value === 'object' ? 'n' : ''} ${typeof value}`
}

/** The keys that the format knows at a path. */
function keysAt(path: readonly (string | number)[], input: unknown): readonly string[] {
  let type: z.core.$ZodType | undefined = documentShape
  for (const step of path) type = stepInto(strip(type), step)
  const at = strip(type)
  if (at instanceof z.ZodObject) return Object.keys(at.shape)
  if (!(at instanceof z.ZodDiscriminatedUnion)) return []
  const kind = (input as { readonly kind?: unknown } | undefined)?.kind
  const option = at.def.options.find(
    (each) => each instanceof z.ZodObject && (each.shape['kind'] as z.ZodLiteral | undefined)?.value === kind,
  )
  return option instanceof z.ZodObject ? Object.keys(option.shape) : []
}

function stepInto(type: z.core.$ZodType | undefined, step: string | number): z.core.$ZodType | undefined {
  if (type instanceof z.ZodArray) return type.def.element
  return type instanceof z.ZodObject ? type.shape[step] : undefined
}

function strip(type: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  return type instanceof z.ZodReadonly || type instanceof z.ZodDefault || type instanceof z.ZodNullable ? strip(type.def.innerType) : type
}
