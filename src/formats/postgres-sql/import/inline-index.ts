import { quoteName, quoteQualified } from '#core/dialects/postgres.ts'
import { anIndex } from '#core/schema/index.ts'
import type { ColumnDef, CreateStmt, Node } from 'libpg-query'
import { as, kindOf, strings } from './ast.ts'
import type { IndexDraft, TableDraft } from './draft.ts'
import { storedName } from './naming.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'

/** `INDEX name (columns)` inside CREATE TABLE, which PostgreSQL's grammar takes for a column named "index" of type `name(columns)`. */
interface InlineIndex {
  readonly def: ColumnDef
  readonly name: string
  readonly columns: readonly string[]
}

/** The elements without inline indexes, and how to make them once the table is there. Undefined when there are none. */
export function repairInlineIndexes(
  st: Statement,
  node: CreateStmt,
): { readonly rest: readonly Node[]; readonly apply: (table: TableDraft) => Handled } | undefined {
  const found: InlineIndex[] = []
  const rest = (node.tableElts ?? []).filter((element) => {
    const inline = inlineIndex(as(element, 'ColumnDef'))
    if (inline) found.push(inline)
    return !inline
  })
  const [first] = found
  if (!first) return undefined
  if (st.session.strict) {
    throw new Refusal(
      'inline-index',
      `INDEX inside CREATE TABLE is not PostgreSQL: it reads as a column named "${first.def.colname ?? ''}" of type "${first.name}"`,
      {
        location: first.def.location,
        hint: `Write CREATE INDEX ${quoteName(first.name)} … after the table.`,
      },
    )
  }
  return { rest, apply: (table) => makeIndexes(st, table, found) }
}

function inlineIndex(def: ColumnDef | undefined): InlineIndex | undefined {
  if (!def || !/^(index|key|fulltext|spatial)$/i.test(def.colname ?? '') || def.constraints) return undefined
  const names = strings(def.typeName?.names)
  const modifiers = def.typeName?.typmods ?? []
  if (names.length !== 1 || modifiers.length === 0) return undefined
  const columns = modifiers.map(columnName)
  return columns.every((column) => column !== undefined)
    ? { def, name: storedName(names[0] ?? ''), columns: columns.map(storedName) }
    : undefined
}

/** `a`, or MySQL's prefix `a(10)`, which reads as a function call. */
function columnName(node: Node): string | undefined {
  if (kindOf(node) === 'ColumnRef') return strings(as(node, 'ColumnRef')?.fields).at(-1)
  return kindOf(node) === 'FuncCall' ? strings(as(node, 'FuncCall')?.funcname).at(-1) : undefined
}

function makeIndexes(st: Statement, table: TableDraft, found: readonly InlineIndex[]): Handled {
  for (const { def, name, columns } of found) {
    const free = st.catalog.relation({ namespace: table.namespace, name }) === undefined
    const index = anIndex({
      name: free ? name : st.catalog.chooseRelationName(table.namespace, [table.name, columns.join('_'), 'idx']),
      elements: columns.map((column) => ({ column, expression: null, collation: null, opclass: null, order: null, nulls: null })),
    })
    st.catalog.addIndex(table, index as IndexDraft)
    const create = `CREATE INDEX ${quoteName(index.name)} ON ${quoteQualified(table)} (${columns.map(quoteName).join(', ')});`
    st.tell('warning', 'inline-index', 'INDEX inside CREATE TABLE is not PostgreSQL: an index is a statement of its own.', {
      location: def.location,
      hint: `Write instead, after the table: ${create}`,
      fix: fix(st, def, create),
    })
  }
  return 'repaired'
}

/** Takes the element out, with the comma before or after it, and writes CREATE INDEX behind the statement. */
function fix(st: Statement, def: ColumnDef, create: string): { title: string; edits: { start: number; end: number; text: string }[] } {
  const { tokens } = st
  const from = st.token(def.location)
  const to = tokens.elementEnd(from)
  const before = tokens.word(from - 1) === ','
  const first = tokens.list[before ? from - 1 : from]
  const last = tokens.list[!before && tokens.word(to) === ',' ? to : to - 1]
  const end = st.base + st.sql.length
  return {
    title: 'Move the index out of CREATE TABLE',
    edits: [
      { start: st.base + (first?.start ?? 0), end: st.base + (last?.end ?? 0), text: '' },
      { start: end, end, text: `;\n${create.slice(0, -1)}` },
    ],
  }
}
