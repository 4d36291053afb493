import type { Id } from '#core/project/rows.ts'
import type { FormatId } from '#formats/all.ts'
import type { Loss } from '#formats/format.ts'
import type { CodeLine } from '../../panels/lines/code-line.ts'
import type { Portion } from './row-feed.ts'

/** Where a table's code is: lines from 0, `to` exclusive. A table may have several places. */
export interface TablePlace {
  readonly tableId: Id
  readonly from: number
  readonly to: number
}

/** A written schema as the panel shows it. Its text stays in the worker. */
export interface Written {
  readonly format: FormatId
  readonly lineCount: number
  /** Characters in the longest line, as shown. */
  readonly width: number
  readonly places: readonly TablePlace[]
  readonly losses: readonly Loss[]
  /** There is nothing in the schema yet: what is written is only the frame of a file. */
  readonly isEmpty: boolean
  /** Milliseconds that writing took. */
  readonly took: number
}

/** Page to worker. Messages are answered in order. */
export type ToWriter =
  | Portion
  | { readonly kind: 'write'; readonly request: number; readonly format: FormatId }
  | { readonly kind: 'lines'; readonly request: number; readonly from: number; readonly to: number }
  | { readonly kind: 'files'; readonly request: number }

/** Worker to page. */
export type FromWriter =
  | { readonly kind: 'written'; readonly request: number; readonly written: Written }
  | { readonly kind: 'lines'; readonly request: number; readonly lines: readonly CodeLine[] }
  | { readonly kind: 'files'; readonly request: number; readonly files: readonly { readonly path: string; readonly text: string }[] }
  | { readonly kind: 'failed'; readonly request: number; readonly message: string }
  /** The worker's rows no longer fit what it is told: send everything again. */
  | { readonly kind: 'lost' }
