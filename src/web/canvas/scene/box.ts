import type { Id } from '#core/project/rows.ts'
import type { Rect } from '../geometry/rect.ts'
import type { Face } from './face.ts'
import type { PaletteName } from './palette.ts'

/** A table or view on the canvas. The scene moves it; everyone else only reads. */
export interface Box extends Rect {
  readonly id: Id
  readonly face: Face
  readonly color: PaletteName
}
