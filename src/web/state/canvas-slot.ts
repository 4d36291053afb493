/** What can be asked of the canvas besides moving the camera: the palette's and the menus' commands. Each does nothing where it makes no sense. */
export interface CanvasCommands {
  /** A new table in the middle of what is seen, its name in edit. */
  addTable(): void
  /** Everything, or the selection when it is more than one table. */
  autoLayout(): void
  duplicateSelection(): void
  deleteSelection(): void
  renameSelection(): void
  selectAll(): void
}

/** Commands that work once their canvas is there. */
export interface CanvasSlot extends CanvasCommands {
  /** Called by the canvas; returns how to leave. */
  connect(commands: CanvasCommands): () => void
}

export function createCanvasSlot(): CanvasSlot {
  let commands: CanvasCommands | null = null
  return {
    addTable: () => commands?.addTable(),
    autoLayout: () => commands?.autoLayout(),
    duplicateSelection: () => commands?.duplicateSelection(),
    deleteSelection: () => commands?.deleteSelection(),
    renameSelection: () => commands?.renameSelection(),
    selectAll: () => commands?.selectAll(),
    connect(next) {
      commands = next
      return () => {
        if (commands === next) commands = null
      }
    },
  }
}
