import { anIndexElement, type IndexElement } from '#core/schema/index.ts'
import type { IndexElem, Node, PartitionElem } from 'libpg-query'
import { all, as, kindOf, strings } from './ast.ts'
import { storedName } from './naming.ts'
import { collationText } from './type-names.ts'
import type { Statement } from './statement.ts'
import { quotedParts, valueText } from './values.ts'

/** The keys of an index: the bracketed list opens at token `open`, which is looked for only when there are expressions. */
export function indexElements(st: Statement, params: readonly Node[] | undefined, open: () => number): IndexElement[] {
  const elements = all(params, 'IndexElem')
  const ranges = elements.some(({ name }) => !name) ? st.tokens.elements(open()) : []
  return elements.map((element, n) => indexElement(st, element, ranges[n]?.[0] ?? 0, ranges[n]?.[1] ?? 0))
}

export function indexElement(st: Statement, element: IndexElem, from: number, to: number): IndexElement {
  const plain =
    element.name &&
    !element.collation &&
    !element.opclass &&
    element.ordering === 'SORTBY_DEFAULT' &&
    element.nulls_ordering === 'SORTBY_NULLS_DEFAULT'
  if (plain && element.name)
    return { column: storedName(element.name), expression: null, collation: null, opclass: null, order: null, nulls: null }
  const parameters = all(element.opclassopts, 'DefElem').map(({ defname, arg }) => `${defname ?? ''}=${optionValue(arg)}`)
  const descending = element.ordering === 'SORTBY_DESC'
  const nulls = element.nulls_ordering === 'SORTBY_NULLS_FIRST' ? 'first' : element.nulls_ordering === 'SORTBY_NULLS_LAST' ? 'last' : null
  return anIndexElement({
    ...key(st, element, from, to),
    opclass: element.opclass ? `${quotedParts(element.opclass)}${parameters.length > 0 ? `(${parameters.join(', ')})` : ''}` : null,
    order: descending ? 'desc' : null,
    // What the order already says is left out.
    nulls: nulls === (descending ? 'first' : 'last') ? null : nulls,
  })
}

/** The keys of `PARTITION BY … (…)`. */
export function partitionKeys(st: Statement, params: readonly Node[] | undefined, open: number): readonly IndexElement[] {
  const ranges = st.tokens.elements(open)
  return all(params, 'PartitionElem').map((element, n) =>
    anIndexElement({
      ...key(st, element, ranges[n]?.[0] ?? open, ranges[n]?.[1] ?? open),
      opclass: element.opclass ? quotedParts(element.opclass) : null,
    }),
  )
}

function key(
  st: Statement,
  element: IndexElem | PartitionElem,
  from: number,
  to: number,
): { column: string | null; expression: string | null; collation: string | null } {
  const collation = element.collation ? collationText(st, element.collation) : null
  if (element.name) return { column: storedName(element.name), expression: null, collation }
  return { column: null, expression: keyExpression(st, from, to), collation }
}

/** `(a || b)` without its brackets, or a function call; what follows (collation, operator class, order) is not part of it. */
function keyExpression(st: Statement, from: number, to: number): string {
  const { tokens } = st
  if (tokens.word(from) === '(') return st.text(from + 1, tokens.close(from))
  const open = tokens.find('(', from, to)
  return open < 0 ? st.text(from, from + 1) : st.text(from, tokens.close(open) + 1)
}

const optionValue = (node: Node | undefined): string => {
  const text = valueText(node)
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`
}

/** The name PostgreSQL gives an index's column that is an expression (FigureColname in its parse_target.c); null for `expr`. */
export function figureColumnName(node: Node | undefined): string | null {
  return figure(node)?.name ?? null
}

function figure(node: Node | undefined): { readonly name: string; readonly strength: 1 | 2 } | undefined {
  if (node === undefined) return undefined
  const firm = (name: string | undefined) => (name === undefined ? undefined : ({ name, strength: 2 } as const))
  const kind = kindOf(node)
  switch (kind) {
    case 'ColumnRef':
      return firm(strings(as(node, kind)?.fields).at(-1))
    case 'A_Indirection':
      return firm(strings(as(node, kind)?.indirection).at(-1)) ?? figure(as(node, kind)?.arg)
    case 'FuncCall':
      return firm(strings(as(node, kind)?.funcname).at(-1))
    case 'A_Expr':
      return as(node, kind)?.kind === 'AEXPR_NULLIF' ? firm('nullif') : undefined
    case 'TypeCast': {
      const inner = figure(as(node, kind)?.arg)
      const type = strings(as(node, kind)?.typeName?.names).at(-1)
      return inner?.strength === 2 || type === undefined ? inner : { name: type, strength: 1 }
    }
    case 'CollateClause':
      return figure(as(node, kind)?.arg)
    case 'CaseExpr': {
      const inner = figure(as(node, kind)?.defresult)
      return inner?.strength === 2 ? inner : { name: 'case', strength: 1 }
    }
    case 'A_ArrayExpr':
      return firm('array')
    case 'RowExpr':
      return firm('row')
    case 'CoalesceExpr':
      return firm('coalesce')
    case 'MinMaxExpr':
      return firm(as(node, kind)?.op === 'IS_GREATEST' ? 'greatest' : 'least')
    case 'SQLValueFunction':
      return firm(
        as(node, kind)
          ?.op?.replace(/^SVFOP_|_N$/g, '')
          .toLowerCase(),
      )
    case 'XmlSerialize':
      return firm('xmlserialize')
    default:
      return undefined
  }
}
