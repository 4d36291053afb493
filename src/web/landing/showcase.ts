/** What the landing page shows: a schema that was really read from SQL, and what our exporters really wrote for it. Made by web/bridge. */
export interface Showcase {
  readonly tables: readonly ShowcaseTable[]
  readonly links: readonly ShowcaseLink[]
  readonly code: readonly ShowcaseCode[]
}

export interface ShowcaseTable {
  readonly name: string
  /** Null in the default namespace. */
  readonly namespace: string | null
  readonly color: ShowcaseColor
  /** Canvas coordinates in CSS pixels. */
  readonly x: number
  readonly y: number
  readonly columns: readonly ShowcaseColumn[]
  /** What else hangs there: "2 indexes · 1 check"; empty when nothing does. */
  readonly foot: string
}
export type ShowcaseColor = 'blue' | 'green' | 'purple' | 'yellow'

export interface ShowcaseColumn {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly nullable: boolean
  readonly primary: boolean
  readonly foreign: boolean
  readonly unique: boolean
}

/** A column by its id and the name it is to have. */
export interface Rename {
  readonly id: string
  readonly name: string
}

/** A drawn foreign key: from the column that refers to the column that is referred to. */
export interface ShowcaseLink {
  readonly table: string
  /** The id of a column, as `toColumn`. */
  readonly column: string
  readonly toTable: string
  readonly toColumn: string
  /** Several rows may refer to the same one. */
  readonly many: boolean
  /** The referring column may be null. */
  readonly optional: boolean
}

export interface ShowcaseCode {
  readonly id: string
  readonly title: string
  readonly lines: readonly ShowcaseLine[]
  /** First and last line of each table's text, from 0. */
  readonly places: Readonly<Record<string, readonly [first: number, last: number]>>
  /** What this format could not carry, in words. */
  readonly losses: readonly string[]
}

export interface ShowcaseLine {
  readonly text: string
  /** Lengths and kinds in turn, as web/panels/lines has them. */
  readonly runs: readonly number[]
}

/** Sizes of a table on the page, in CSS pixels. Shared by tables and lines, so that both agree. */
export const tableSize = { width: 224, head: 32, row: 24, foot: 23, gap: 5 } as const

export const tableHeight = (table: ShowcaseTable): number =>
  tableSize.head + table.columns.length * tableSize.row + (table.foot ? tableSize.foot : tableSize.gap)
