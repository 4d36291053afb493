import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { Viewport } from '../state/camera.ts'
import { type CanvasSearch, canvasSearchShape } from './search.ts'

const route = '/project/$projectId'

// The place in the project, as the address has it (S0 §5), part by part: each renders again only when its part differs.
export const usePanel = (): CanvasSearch['panel'] => useSearch({ from: route, select: (search) => search.panel })
export const usePanelOpen = (): boolean => useSearch({ from: route, select: (search) => search.panelOpen ?? true })
export const useActiveTable = (): CanvasSearch['activeTable'] => useSearch({ from: route, select: (search) => search.activeTable })

/** The viewport that a search names. One coordinate is enough; the others are S0's: 0, 0, 1. Undefined = look at everything. */
export function viewportOf(search: unknown): Viewport | undefined {
  const { x, y, zoom } = canvasSearchShape.parse(search)
  return x === undefined && y === undefined && zoom === undefined ? undefined : { x: x ?? 0, y: y ?? 0, zoom: zoom ?? 1 }
}

type Patch = Partial<CanvasSearch> | ((before: CanvasSearch) => Partial<CanvasSearch>)

/** Changes the address of the place. The old one is replaced: a moved canvas is no step to go back by. The function is the same for life. */
export function usePatchSearch(): (patch: Patch) => void {
  const navigate = useNavigate({ from: route })
  return useCallback(
    (patch) => {
      const search = (before: CanvasSearch) => ({ ...before, ...(typeof patch === 'function' ? patch(before) : patch) })
      void navigate({ search, replace: true, resetScroll: false })
    },
    [navigate],
  )
}
