import type { AlterTableCmd, ColumnDef } from 'libpg-query'
import { all, as } from './ast.ts'
import {
  addIdentitySequence,
  makeColumnSequences,
  readColumn,
  readIdentity,
  sequenceDefault,
  storageOf,
  withoutBrackets,
} from './columns.ts'
import { addConstraints, inheritedCopy } from './create-table.ts'
import type { ColumnDraft, TableDraft } from './draft.ts'
import { checkReferences } from './constraints.ts'
import { dropNotNull } from './not-null.ts'
import { family, inheritCheck } from './partitions.ts'
import { dropColumn } from './removal.ts'
import { mergeOptions } from './sequences.ts'
import { Refusal, type Statement } from './statement.ts'
import { freezeStars } from './view-texts.ts'
import { collationText, typeText } from './type-names.ts'
import { checkTypes } from './unknown-types.ts'
import { changedOptions, valueText } from './values.ts'

/** What one part of ALTER TABLE works on. `recurse` is false with ONLY. */
export interface Alteration {
  readonly st: Statement
  readonly table: TableDraft
  readonly cmd: AlterTableCmd
  readonly recurse: boolean
  /** The token the part begins at. Asked for only where a text is cut out: most parts need none. */
  readonly from: () => number
}

export function addColumn({ st, table, cmd, recurse }: Alteration): void {
  const def = as(cmd.def, 'ColumnDef') ?? {}
  if (table.columns.some(({ name }) => name === def.colname)) {
    if (cmd.missing_ok) return
    throw new Refusal('duplicate-column', `column "${def.colname ?? ''}" of "${table.name}" already exists`, { location: def.location })
  }
  checkReferences(st, all(def.constraints, 'Constraint'), table)
  const read = readColumn(st, def, table)
  checkTypes(st)
  freezeStars(st, table)
  table.columns.push(read.column)
  makeColumnSequences(st, table, read)
  addConstraints(st, table, read.constraints)
  if (!recurse) return
  for (const child of descendants(st, table)) {
    const own = child.columns.find(({ name }) => name === read.column.name)
    if (!own) child.columns.push(inheritedCopy(read.column))
    for (const { draft } of read.constraints) if (draft.kind === 'check' && !draft.noInherit) inheritCheck(st, child, draft)
  }
}

export function dropColumnCommand({ st, table, cmd, recurse }: Alteration): void {
  const name = cmd.name ?? ''
  if (!table.columns.some((column) => column.name === name)) {
    if (cmd.missing_ok) return
    throw unknownColumn(table, name)
  }
  for (const member of recurse ? [...family(st, table)] : [table]) {
    const column = member.columns.find((candidate) => candidate.name === name)
    if (column && (member === table || column.inherited)) dropColumn(st, member, name, cmd.behavior === 'DROP_CASCADE')
  }
}

export function setDefault(alteration: Alteration): void {
  const { st, cmd, from } = alteration
  let text: string | null = null
  if (cmd.def) {
    const { tokens } = st
    const keyword = tokens.find('default', from())
    text = sequenceDefault(st, withoutBrackets(st, keyword + 1, tokens.elementEnd(keyword + 1)))
  }
  // Child tables follow, as long as they have a column that came from here.
  forColumn(alteration, (column) => {
    column.default = text
  })
}

export function setNotNull(alteration: Alteration, nullable: boolean): void {
  forColumn(alteration, (column) => {
    if (nullable) dropNotNull(column)
    else Object.assign(column, { nullable: false, notNullNotValid: false })
  })
}

export function alterType(alteration: Alteration): void {
  const { st } = alteration
  const def: ColumnDef = as(alteration.cmd.def, 'ColumnDef') ?? {}
  const type = typeText(st, def.typeName)
  checkTypes(st)
  forColumn(alteration, (column) => {
    if (column.type !== type)
      Object.assign(column, { storage: null, compression: null, default: defaultOfOldType(column.default, column.type, type) })
    column.type = type
    column.collation = def.collClause ? collationText(st, def.collClause.collname) : null
  })
}

/** A plain string default was read as a value of the old type and stays one: `'1970-01-01'::timestamp without time zone`. */
function defaultOfOldType(text: string | null, from: string, to: string): string | null {
  const base = (type: string) => type.replace(/\([^)]*\)/, '')
  return text !== null && /^'(?:[^']|'')*'$/.test(text) && base(from) !== base(to) ? `${text}::${base(from)}` : text
}

export function setStatistics(alteration: Alteration): void {
  const target = Number(valueText(alteration.cmd.def))
  forColumn(alteration, (column) => {
    column.statistics = alteration.cmd.def === undefined || target < 0 ? null : target
  })
}

export function setColumnOptions(alteration: Alteration, reset: boolean): void {
  forColumn(alteration, (column) => {
    column.options = changedOptions(column.options, as(alteration.cmd.def, 'List')?.items, reset)
  })
}

export function setForeignColumnOptions(alteration: Alteration): void {
  forColumn(alteration, (column) => {
    column.foreignOptions = changedOptions(column.foreignOptions, as(alteration.cmd.def, 'List')?.items, false)
  })
}

export function setStorage(alteration: Alteration): void {
  forColumn(alteration, (column) => {
    column.storage = storageOf(valueText(alteration.cmd.def))
  })
}

export function setCompression(alteration: Alteration): void {
  const compression = valueText(alteration.cmd.def)
  forColumn(alteration, (column) => {
    column.compression = compression === 'default' ? null : compression
  })
}

export function addIdentity({ st, table, cmd }: Alteration): void {
  const column = ownColumn(table, cmd.name)
  const node = as(cmd.def, 'Constraint') ?? {}
  column.identity = readIdentity(node, column.type)
  addIdentitySequence(st, table, column)
}

export function setIdentity({ table, cmd }: Alteration): void {
  const column = ownColumn(table, cmd.name)
  if (!column.identity) throw new Refusal('not-identity', `column "${column.name}" of "${table.name}" is not an identity column`)
  const elements = all(as(cmd.def, 'List')?.items, 'DefElem')
  const generated = elements.find(({ defname }) => defname === 'generated')
  // The letters of ATTRIBUTE_IDENTITY_ALWAYS and _BY_DEFAULT, as a number.
  if (generated) column.identity.kind = valueText(generated.arg) === String('a'.charCodeAt(0)) ? 'always' : 'byDefault'
  column.identity.sequence = mergeOptions(column.identity.sequence, elements, column.type)
}

export function dropIdentity({ st, table, cmd }: Alteration): void {
  const column = ownColumn(table, cmd.name)
  if (!column.identity) {
    if (cmd.missing_ok) return
    throw new Refusal('not-identity', `column "${column.name}" of "${table.name}" is not an identity column`)
  }
  if (column.identity.sequenceName !== null) st.catalog.relations.delete(`${table.namespace}\u0000${column.identity.sequenceName}`)
  column.identity = null
}

export function setExpression(alteration: Alteration): void {
  const open = alteration.st.tokens.find('(', alteration.st.tokens.find('expression', alteration.from()))
  const expression = alteration.st.inside(open)
  forColumn(alteration, (column) => {
    if (column.generated) column.generated.expression = expression
  })
}

export function dropExpression(alteration: Alteration): void {
  forColumn(alteration, (column) => {
    column.generated = null
  })
}

/** Changes the column of that name in the table and, without ONLY, in all tables below it. */
export function forColumn({ st, table, cmd, recurse }: Alteration, change: (column: ColumnDraft) => void): void {
  change(ownColumn(table, cmd.name))
  if (!recurse) return
  for (const child of descendants(st, table)) {
    const column = child.columns.find(({ name }) => name === cmd.name)
    if (column) change(column)
  }
}

function* descendants(st: Statement, table: TableDraft): Generator<TableDraft> {
  for (const child of st.catalog.childrenOf(table)) yield* family(st, child)
}

export function ownColumn(table: TableDraft, name: string | undefined): ColumnDraft {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (!column) throw unknownColumn(table, name ?? '')
  return column
}

const unknownColumn = (table: TableDraft, name: string): Refusal =>
  new Refusal('unknown-column', `column "${name}" of relation "${table.name}" does not exist`, {
    candidates: table.columns.map((column) => column.name),
  })
