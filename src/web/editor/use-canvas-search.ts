import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { CanvasSearch } from './search.ts'

const route = '/project/$projectId'

// The place in the project, as the address has it (S0 §5), part by part: each renders again only when its part differs.
export const usePanel = (): CanvasSearch['panel'] => useSearch({ from: route, select: (search) => search.panel })
export const usePanelOpen = (): boolean => useSearch({ from: route, select: (search) => search.panelOpen ?? true })

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
