import type { Command } from './command.ts'
import { autoLayout, drawRelationship, fit, fitSelection, selectTool, zoomIn, zoomOut, zoomReset } from './list/canvas.ts'
import { inspect, showCode, togglePanel } from './list/code.ts'
import { addObject } from './list/objects.ts'
import { filterOutline, openHelp, openPalette, toggleOutline } from './list/page.ts'
import { addEnum, addTable, importSource } from './list/schema.ts'
import { clearSelection, deleteSelection, duplicateSelection, renameSelection, selectAll } from './list/selection.ts'

/** Every command, one line each, in the order in which the palette offers them. */
export const commands: readonly Command[] = [
  addTable,
  drawRelationship,
  addEnum,
  ...addObject,
  importSource,
  renameSelection,
  duplicateSelection,
  deleteSelection,
  inspect,
  selectAll,
  clearSelection,
  selectTool,
  autoLayout,
  fit,
  fitSelection,
  zoomIn,
  zoomOut,
  zoomReset,
  ...showCode,
  togglePanel,
  toggleOutline,
  filterOutline,
  openPalette,
  openHelp,
]

export const findCommand = (id: string): Command | undefined => commands.find((one) => one.id === id)
