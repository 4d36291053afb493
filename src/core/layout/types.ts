/** Something to place: a table with its computed size in CSS pixels at zoom 1. */
export interface LayoutNode {
  readonly id: string
  readonly width: number
  readonly height: number
}

/** A foreign key as the layout sees it: from the table that has it to the table it points at. */
export interface LayoutLink {
  readonly from: string
  readonly to: string
}

/** Where the top left corner goes. */
export interface Position {
  readonly x: number
  readonly y: number
}

/** Positions by node id. */
export type Positions = ReadonlyMap<string, Position>

/** A way to place connected nodes. The origin does not matter; overlaps are removed afterwards. */
export type LayoutEngine = (nodes: readonly LayoutNode[], links: readonly LayoutLink[]) => Positions

/** Least free space between two placed nodes, in CSS pixels. */
export const GAP = 48
