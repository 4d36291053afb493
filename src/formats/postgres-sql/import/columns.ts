import { anIdentity, type ObjectName } from '#core/schema/index.ts'
import { quoteLiteral, quoteQualified, unquoteNames } from '#core/dialects/postgres.ts'
import type { ColumnDef, Constraint as ConstraintNode, DefElem } from 'libpg-query'
import { Scanner } from '../../shared/sql/scanner.ts'
import { all, as, strings } from './ast.ts'
import { readConstraint, type ReadConstraint } from './constraints.ts'
import { type ColumnDraft, type Draft, newColumn, type TableDraft } from './draft.ts'
import type { Identity } from '#core/schema/index.ts'
import { storedName } from './naming.ts'
import { declareNotNull } from './not-null.ts'
import { addSequence, readOptions } from './sequences.ts'
import { Refusal, type Statement } from './statement.ts'
import { collationText, serialType, typeText } from './type-names.ts'
import { optionTexts } from './values.ts'
import { aSequence } from '#core/schema/index.ts'

/** A column as it is written, with the constraints written beside it. */
export interface ReadColumn {
  readonly column: ColumnDraft
  readonly constraints: readonly ReadConstraint[]
  /** `serial`: it gets a sequence of its own. */
  readonly serial: boolean
}

/** Reads a column definition. `table` is the table it will belong to. Changes nothing. */
export function readColumn(st: Statement, def: ColumnDef, table: ObjectName): ReadColumn {
  const serial = serialType(def.typeName)
  const column = newColumn(storedName(def.colname ?? ''), serial ?? typeText(st, def.typeName))
  if (serial) column.nullable = false
  if (def.collClause) column.collation = collationText(st, def.collClause.collname)
  if (def.storage_name) column.storage = storageOf(def.storage_name)
  if (def.compression) column.compression = def.compression
  if (def.fdwoptions) column.foreignOptions = optionTexts(def.fdwoptions)
  const constraints = readColumnConstraints(st, column, def, table)
  return { column, constraints, serial: serial !== undefined }
}

/** Applies what is written after a column's type to the column; gives back what belongs to the table. Used for domains' columns of `OF type` too. */
export function readColumnConstraints(st: Statement, column: ColumnDraft, def: ColumnDef, table: ObjectName): readonly ReadConstraint[] {
  const nodes = all(def.constraints, 'Constraint')
  const collate = def.collClause?.location
  if (nodes.length === 0) return []
  const constraints: ReadConstraint[] = []
  for (const node of nodes) {
    switch (node.contype) {
      case 'CONSTR_NOTNULL':
        declareNotNull(column, node)
        break
      case 'CONSTR_NULL':
        column.nullable = true
        break
      case 'CONSTR_DEFAULT':
        column.default = sequenceDefault(st, defaultText(st, node, nodes, collate))
        break
      case 'CONSTR_GENERATED': {
        const open = st.tokens.find('(', st.token(node.location))
        column.generated = { expression: st.inside(open), stored: node.generated_kind !== 'v' }
        break
      }
      case 'CONSTR_IDENTITY':
        column.identity = readIdentity(node, column.type)
        column.nullable = false
        break
      case 'CONSTR_ATTR_DEFERRABLE':
      case 'CONSTR_ATTR_NOT_DEFERRABLE':
      case 'CONSTR_ATTR_DEFERRED':
      case 'CONSTR_ATTR_IMMEDIATE':
      case 'CONSTR_ATTR_ENFORCED':
      case 'CONSTR_ATTR_NOT_ENFORCED':
        applyAttribute(constraints.at(-1), node.contype)
        break
      default: {
        const read = readConstraint(st, node, table, column.name)
        if (read) constraints.push(read)
        if (read?.draft.kind === 'primaryKey') column.nullable = false
      }
    }
  }
  return constraints
}

/** The default's text: from behind DEFAULT (or its CONSTRAINT name) to the next thing said of the column. */
function defaultText(st: Statement, node: ConstraintNode, nodes: readonly ConstraintNode[], collate: number | undefined): string {
  const own = node.location ?? 0
  let later = collate !== undefined && collate > own ? collate : Infinity
  for (const { location = 0 } of nodes) if (location > own && location < later) later = location
  const plain = plainDefault(st, own, later)
  if (plain !== undefined) return st.cut(plain)
  const { tokens } = st
  const next = later < Infinity ? st.token(later) : tokens.length
  const keyword = tokens.find('default', st.token(own))
  return withoutBrackets(st, keyword + 1, Math.min(tokens.elementEnd(keyword + 1, next), next))
}

/** The same for what is not in brackets and follows its keyword at once: the statement's other tokens are not looked at. */
function plainDefault(st: Statement, own: number, later: number): string | undefined {
  const scanner = new Scanner(st.sql, st.offset(own))
  if (!scanner.nextSignificant() || st.sql.slice(scanner.start, scanner.end).toLowerCase() !== 'default') return undefined
  const stop = later < Infinity ? st.offset(later) : Infinity
  let start = -1
  let end = -1
  let depth = 0
  while (scanner.nextSignificant() && (depth > 0 || scanner.start < stop)) {
    const code = scanner.kind === 'symbol' ? st.sql.charCodeAt(scanner.start) : 0
    if (code === 0x28 || code === 0x5b) {
      if (start < 0) return undefined
      depth += 1
    } else if (code === 0x29 || code === 0x5d || code === 0x2c) {
      if (depth === 0) break
      if (code !== 0x2c) depth -= 1
    }
    if (start < 0) start = scanner.start
    end = scanner.end
  }
  return st.sql.slice(start, end)
}

/** A default's brackets around the whole are the grammar's (and pg_dump's), not the expression's. */
export function withoutBrackets(st: Statement, from: number, to: number): string {
  return st.tokens.word(from) === '(' && st.tokens.close(from) === to - 1 ? st.text(from + 1, to - 1) : st.text(from, to)
}

export function readIdentity(node: ConstraintNode, type: string): Draft<Identity> {
  const options = all(node.options, 'DefElem')
  return anIdentity({
    kind: node.generated_when === 'd' ? 'byDefault' : 'always',
    sequenceName: sequenceName(options),
    sequence: readOptions(options, type),
  }) as Draft<Identity>
}

const sequenceName = (options: readonly DefElem[]): string | null =>
  strings(as(options.find(({ defname }) => defname === 'sequence_name')?.arg, 'List')?.items).at(-1) ?? null

function applyAttribute(read: ReadConstraint | undefined, attribute: ConstraintNode['contype']): void {
  if (!read) return
  const { draft } = read
  if (attribute === 'CONSTR_ATTR_DEFERRABLE') draft.deferrable = true
  else if (attribute === 'CONSTR_ATTR_NOT_DEFERRABLE') draft.deferrable = false
  else if (attribute === 'CONSTR_ATTR_DEFERRED') {
    draft.deferrable = true
    draft.initiallyDeferred = true
  } else if (attribute === 'CONSTR_ATTR_IMMEDIATE') draft.initiallyDeferred = false
  else if (draft.kind === 'foreignKey' || draft.kind === 'check') {
    draft.enforced = attribute === 'CONSTR_ATTR_ENFORCED'
    if (!draft.enforced) draft.validated = false
  }
}

export function storageOf(name: string): ColumnDraft['storage'] {
  const storage = name.toLowerCase()
  return storage === 'plain' || storage === 'external' || storage === 'extended' || storage === 'main' ? storage : null
}

/** Makes the sequences of `serial` and identity columns, named before the table exists, as PostgreSQL does. */
export function makeColumnSequences(st: Statement, table: TableDraft, { column, serial }: ReadColumn): void {
  const { catalog } = st
  if (serial) {
    const name = catalog.chooseRelationName(table.namespace, [table.name, column.name, 'seq'])
    const ownedBy = { namespace: table.namespace, table: table.name, column: column.name }
    addSequence(st, { ...aSequence({ namespace: table.namespace, name, type: column.type }), ownedBy, unlogged: table.unlogged })
    column.default = nextval({ namespace: table.namespace, name })
  }
  if (column.identity) addIdentitySequence(st, table, column)
}

/** The sequence behind an identity column takes a relation name. */
export function addIdentitySequence(st: Statement, table: TableDraft, column: ColumnDraft): void {
  if (!column.identity) return
  column.identity.sequenceName ??= st.catalog.chooseRelationName(table.namespace, [table.name, column.name, 'seq'])
  const name = { namespace: table.namespace, name: column.identity.sequenceName }
  if (st.catalog.relation(name)) throw new Refusal('duplicate-object', `"${name.name}" already exists`)
  st.catalog.addRelation(name, { kind: 'identity', table, column })
}

/** The default of a `serial` column. */
export const nextval = (sequence: ObjectName): string => `nextval(${quoteLiteral(quoteQualified(sequence))}::regclass)`

/** `nextval` of a sequence we know has one spelling, whatever the source's. */
export function sequenceDefault(st: Statement, text: string): string {
  if (!text.includes('(')) return text
  const literal = /^(?:pg_catalog\.)?nextval\s*\(\s*\(?\s*'((?:[^']|'')+)'\s*(?:::\s*(?:pg_catalog\.)?regclass\s*)?\)?\s*\)$/i.exec(
    text,
  )?.[1]
  if (literal === undefined) return text
  const parts = unquoteNames(literal.replaceAll("''", "'"))
  const name = parts.length > 2 ? undefined : st.findOf(parts)
  return name && st.catalog.relation(name)?.kind === 'sequence' ? nextval(name) : text
}
