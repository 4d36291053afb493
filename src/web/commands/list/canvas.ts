import { Maximize, MousePointer2, Scan, Sparkles, Spline, ZoomIn, ZoomOut } from 'lucide-react'
import { command } from '../command.ts'

export const zoomIn = command({
  id: 'canvas.zoomIn',
  title: 'Zoom in',
  group: 'Canvas',
  icon: ZoomIn,
  keys: ['+', '='],
  run: ({ editor }) => editor.camera.zoomIn(),
})
export const zoomOut = command({
  id: 'canvas.zoomOut',
  title: 'Zoom out',
  group: 'Canvas',
  icon: ZoomOut,
  keys: ['-'],
  run: ({ editor }) => editor.camera.zoomOut(),
})
export const zoomReset = command({
  id: 'canvas.zoomReset',
  title: 'Zoom to 100 %',
  group: 'Canvas',
  icon: Scan,
  keys: ['0'],
  words: 'reset',
  run: ({ editor }) => editor.camera.zoomTo(1),
})
export const fit = command({
  id: 'canvas.fit',
  title: 'Fit everything',
  group: 'Canvas',
  icon: Maximize,
  keys: ['F'],
  words: 'zoom all view',
  run: ({ editor }) => editor.camera.fit(),
})
export const fitSelection = command({
  id: 'canvas.fitSelection',
  title: 'Fit the selection',
  group: 'Canvas',
  icon: Maximize,
  keys: ['shift+F'],
  isPossible: ({ editor }) => editor.selection.get().tableIds.size > 0,
  run: ({ editor }) => editor.camera.fit([...editor.selection.get().tableIds]),
})
export const autoLayout = command({
  id: 'canvas.layout',
  title: 'Arrange tables',
  group: 'Canvas',
  icon: Sparkles,
  keys: ['L'],
  words: 'auto layout tidy',
  isPossible: ({ editor }) => editor.canEdit && editor.replica.view.all('table').length > 0,
  run: ({ editor }) => editor.canvas.autoLayout(),
})
export const drawRelationship = command({
  id: 'canvas.relationship',
  title: 'Draw a relationship',
  group: 'Schema',
  icon: Spline,
  keys: ['R'],
  words: 'foreign key connect line reference',
  isPossible: ({ editor }) => editor.canEdit && editor.replica.view.all('table').length > 0,
  run: ({ editor }) => editor.ui.patch({ tool: 'relationship' }),
})
export const selectTool = command({
  id: 'canvas.select',
  title: 'Select and move',
  group: 'Canvas',
  icon: MousePointer2,
  keys: ['V'],
  words: 'tool pointer',
  run: ({ editor }) => editor.ui.patch({ tool: 'select' }),
})
