import type { Paint } from '../scene/far-painter.ts'
import { palette, type PaletteName } from '../scene/palette.ts'

/** The theme's colours and faces as an element has them. */
export function readPaint(element: HTMLElement): Paint {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  return {
    surface: token('--bg-secondary'),
    border: token('--border-default'),
    borderMuted: token('--border-muted'),
    text: token('--text-primary'),
    textMuted: token('--text-secondary'),
    edge: token('--edge'),
    palette: Object.fromEntries(palette.map((name) => [name, token(`--accent-${name}`)])) as Record<PaletteName, string>,
    sans: token('--font-sans') || 'sans-serif',
    mono: token('--font-mono') || 'monospace',
  }
}
