import { Maximize, MousePointer2, Spline, Table2, WandSparkles, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useEditor, useUi } from '#web/state/editor.tsx'
import { Tooltip } from '#web/ui/tooltip.tsx'
import { autoLayout } from '../actions/arrange.ts'
import { newTable } from '../input/keyboard.ts'
import { useCanvas } from '../kit.ts'

/** The floating tool bar. */
export function Toolbar(): ReactNode {
  const kit = useCanvas()
  const { ui, camera, canEdit } = useEditor()
  const tool = useUi((it) => it.tool)
  return (
    <div
      role="toolbar"
      aria-label="Canvas tools"
      data-chrome
      className="absolute bottom-4 left-1/2 z-10 flex -translate-x-1/2 gap-0.5 rounded-xl border border-line bg-surface p-1 shadow-lg"
    >
      <Tool
        icon={MousePointer2}
        label="Select and move"
        shortcut="V"
        pressed={tool === 'select'}
        onClick={() => ui.patch({ tool: 'select' })}
      />
      {canEdit && (
        <>
          <Tool icon={Table2} label="Add a table" shortcut="T" onClick={() => newTable(kit)} />
          <Tool
            icon={Spline}
            label="Draw a relationship: drag from column to column"
            name="Draw a relationship"
            shortcut="R"
            pressed={tool === 'relationship'}
            onClick={() => ui.patch({ tool: tool === 'relationship' ? 'select' : 'relationship' })}
          />
          <i className="mx-1 my-[5px] w-px bg-line" />
          <Tool icon={WandSparkles} label="Arrange automatically" shortcut="L" onClick={() => void autoLayout(kit.editor, kit.scene)} />
        </>
      )}
      <Tool icon={Maximize} label="Show everything" shortcut="F" onClick={() => camera.fit()} />
    </div>
  )
}

interface ToolProps {
  readonly icon: LucideIcon
  readonly label: string
  /** For those who hear it, where the label is long. */
  readonly name?: string
  readonly shortcut: string
  readonly pressed?: boolean
  readonly onClick: () => void
}
function Tool({ icon: Icon, label, name = label, shortcut, pressed, onClick }: ToolProps): ReactNode {
  return (
    <Tooltip text={label} shortcut={shortcut} side="top">
      <button
        type="button"
        aria-label={name}
        aria-keyshortcuts={shortcut}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        className="grid h-8 w-[34px] place-items-center rounded-md text-muted transition-colors hover:bg-hover hover:text-fg aria-pressed:bg-blue/18 aria-pressed:text-blue"
        onClick={onClick}
      >
        <Icon className="size-4" aria-hidden="true" />
      </button>
    </Tooltip>
  )
}
