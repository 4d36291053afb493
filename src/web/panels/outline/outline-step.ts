import type { OutlineItem } from './outline-items.ts'

/** What a key means in the outline. `move` counts lines; `go` and `add` are about the line the keys are at. */
export type OutlineStep =
  | { readonly kind: 'move'; readonly to: number }
  | { readonly kind: 'fold'; readonly isOpen: boolean }
  | { readonly kind: 'go' | 'add' }

/** The keys of a tree (WAI-ARIA): arrows move, Right opens a section, Left folds it or goes up to it. `page` is in lines. */
export function outlineStep(key: string, items: readonly OutlineItem[], at: number, page: number): OutlineStep | null {
  const item = items[at]
  switch (key) {
    case 'ArrowDown':
      return { kind: 'move', to: at + 1 }
    case 'ArrowUp':
      return { kind: 'move', to: at - 1 }
    case 'PageDown':
      return { kind: 'move', to: at + page }
    case 'PageUp':
      return { kind: 'move', to: at - page }
    case 'Home':
      return { kind: 'move', to: 0 }
    case 'End':
      return { kind: 'move', to: items.length - 1 }
    case 'Enter':
      return { kind: 'go' }
    case ' ':
      return { kind: 'add' }
    case 'ArrowRight':
      return item?.kind === 'section' ? { kind: 'fold', isOpen: true } : null
    case 'ArrowLeft':
      return item?.kind === 'section' ? { kind: 'fold', isOpen: false } : { kind: 'move', to: sectionOf(items, at) }
    default:
      return null
  }
}

const sectionOf = (items: readonly OutlineItem[], at: number): number =>
  items.findLastIndex(({ kind }, line) => line < at && kind === 'section')
