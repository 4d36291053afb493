import type { Diagnostic } from '../diagnostic.ts'
import type { DiagnosticCode } from '../diagnostic-codes.ts'
import { MAX_NAME_BYTES, utf8Length } from '../project/names.ts'
import type { Draft, Id, Row, RowKind } from '../project/rows.ts'
import { displayName, type ObjectName } from '../schema/names.ts'

/** Thrown inside a mutation to refuse it: `runMutation` takes back what was done and reports the diagnostics. */
export class Refusal extends Error {
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ message }) => message).join(' '))
    this.diagnostics = diagnostics
  }
}

/** Ends the mutation: what stands in the way, and what to do about it. */
export function refuse(code: DiagnosticCode, message: string, hint?: string): never {
  throw new Refusal([{ code, severity: 'error', message, ...(hint === undefined ? {} : { hint }) }])
}

/** Something the person should look at although the mutation goes through. */
export function warning(code: DiagnosticCode, message: string, hint?: string): Diagnostic {
  return { code, severity: 'warning', message, ...(hint === undefined ? {} : { hint }) }
}

const words: { readonly [K in RowKind]: string } = {
  namespace: 'schema',
  extension: 'extension',
  enumType: 'enum',
  domain: 'domain',
  compositeType: 'composite type',
  rangeType: 'range type',
  baseType: 'base type',
  collation: 'collation',
  routine: 'routine',
  table: 'table',
  column: 'column',
  sequence: 'sequence',
  constraint: 'constraint',
  view: 'view',
  index: 'index',
  trigger: 'trigger',
  rule: 'rule',
  policy: 'policy',
  eventTrigger: 'event trigger',
  statistics: 'statistics object',
  operator: 'operator',
  operatorFamily: 'operator family',
  operatorClass: 'operator class',
  cast: 'cast',
  textSearch: 'text search object',
  language: 'language',
  transform: 'transform',
  conversion: 'conversion',
  accessMethod: 'access method',
  foreignDataWrapper: 'foreign data wrapper',
  foreignServer: 'foreign server',
  userMapping: 'user mapping',
  publication: 'publication',
  privilege: 'privilege',
  opaque: 'statement',
}
/** What people call a kind of row. */
export const wordFor = (kind: RowKind): string => words[kind]

/** The row, or the mutation ends: somebody else may have deleted it meanwhile. */
export function existing<K extends RowKind>(draft: Draft, kind: K, id: Id): Row<K> {
  return draft.get(kind, id) ?? refuse('not-found', `This ${wordFor(kind)} is not there any more.`, 'Somebody may have deleted it.')
}

/** Ends the mutation when the id is in use. */
export function requireFreeId(draft: Draft, kind: RowKind, id: Id): void {
  if (draft.get(kind, id)) refuse('duplicate-id', `There is a ${wordFor(kind)} with this id already.`)
}

/** Ends the mutation when PostgreSQL would not take the name as it is. */
export function requireGoodName(name: string, kind: RowKind): void {
  if (name.trim() === '') refuse('empty-name', `A ${wordFor(kind)} needs a name.`)
  const bytes = utf8Length(name)
  if (bytes > MAX_NAME_BYTES) {
    refuse('name-too-long', `The name "${name}" has ${bytes} bytes, but PostgreSQL keeps only ${MAX_NAME_BYTES}.`, 'Choose a shorter name.')
  }
}

/** An object's name between quotes, for messages. */
export const quoted = (name: ObjectName): string => `"${displayName(name)}"`
