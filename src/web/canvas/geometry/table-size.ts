import { DEFAULT_NAMESPACE, type Table, type View } from '#core/schema/index.ts'
import { shortType } from '#core/dialects/postgres.ts'
import { monoWidth, sansWidth } from './text-width.ts'

// The measures of a table on the canvas, in CSS pixels at zoom 1. canvas.css draws exactly these.
export const HEADER = 34
export const ROW = 26
export const FOOT = 24
/** Where a table without foot ends below its last row. */
export const FOOTLESS = 4
export const MIN_WIDTH = 244
/** Longer names end in an ellipsis. */
export const MAX_WIDTH = 420
export const NAME_FONT = 12
export const TYPE_FONT = 11.5
export const TITLE_FONT = 13

export interface Size {
  readonly width: number
  readonly height: number
}

/** What decides a table's size. `type` is the short spelling that is shown. */
export interface TableFace {
  readonly namespace: string
  readonly name: string
  readonly rows: readonly { readonly name: string; readonly type: string; readonly nullable: boolean }[]
  /** What else hangs on the table; empty = no foot line. */
  readonly foot: string
}

/** The size of whatever looks like a table. Never measured: the same everywhere. */
export function faceSize({ namespace, name, rows, foot }: TableFace): Size {
  const prefix = namespace === DEFAULT_NAMESPACE ? 0 : sansWidth(`${namespace}.`, TYPE_FONT)
  // Padding, colour bar, name, the menu's place.
  let width = 10 + 3 + 8 + prefix + sansWidth(name, TITLE_FONT) + 12 + 24
  for (const row of rows) {
    // Padding, key icon, name, question mark, air, type, padding.
    const needed = 10 + 14 + 8 + monoWidth(row.name, NAME_FONT) + (row.nullable ? 16 : 0) + 16 + monoWidth(row.type, TYPE_FONT) + 10
    if (needed > width) width = needed
  }
  return {
    width: Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Math.ceil(width / 4) * 4)),
    height: HEADER + rows.length * ROW + (foot ? FOOT : FOOTLESS),
  }
}

/** The size that a table of a schema will have on the canvas, before it has rows: for laying out an import. */
export function tableSize(table: Table): Size {
  const of = (kind: string): number => table.constraints.filter((constraint) => constraint.kind === kind).length
  return faceSize({
    namespace: table.namespace,
    name: table.name,
    rows: table.columns.map((column) => ({ name: column.name, type: shortType(column.type), nullable: column.nullable })),
    foot: footText({
      indexes: table.indexes.length,
      uniques: table.constraints.filter((constraint) => constraint.kind === 'unique' && constraint.columns.length > 1).length,
      checks: of('check'),
      exclusions: of('exclusion'),
      triggers: table.triggers.length,
      policies: table.policies.length,
      rules: table.rules.length,
      partitionBy: table.partitionBy?.strategy ?? null,
      isPartition: table.partitionOf !== null,
      isForeign: table.foreign !== null,
      inherits: table.inherits.length,
    }),
  })
}

/** The size that a view of a schema will have on the canvas. */
export function viewSize(view: View): Size {
  return faceSize({ namespace: view.namespace, name: view.name, rows: [], foot: viewFoot(view.materialized) })
}
export const viewFoot = (materialized: boolean): string => (materialized ? 'materialized view' : 'view')

/** What hangs on a table besides its columns and simple keys. */
export interface FootFacts {
  readonly indexes: number
  /** Unique constraints of several columns; those of one show at their column. */
  readonly uniques: number
  readonly checks: number
  readonly exclusions: number
  readonly triggers: number
  readonly policies: number
  readonly rules: number
  readonly partitionBy: string | null
  readonly isPartition: boolean
  readonly isForeign: boolean
  readonly inherits: number
}

/** The foot line: `2 indexes · 1 check · 1 trigger`. */
export function footText(facts: FootFacts): string {
  return [
    facts.isForeign && 'foreign',
    facts.isPartition && 'partition',
    facts.inherits > 0 && 'inherits',
    facts.partitionBy && `by ${facts.partitionBy}`,
    count(facts.indexes, 'index', 'indexes'),
    count(facts.uniques, 'unique', 'unique'),
    count(facts.checks, 'check', 'checks'),
    count(facts.exclusions, 'exclusion', 'exclusions'),
    count(facts.triggers, 'trigger', 'triggers'),
    count(facts.policies, 'policy', 'policies'),
    count(facts.rules, 'rule', 'rules'),
  ]
    .filter(Boolean)
    .join(' · ')
}

const count = (many: number, one: string, several: string): string => (many > 0 ? `${many} ${many === 1 ? one : several}` : '')
