import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { CanvasSearch } from './search.ts'

/** The place in the project, as the address has it (S0 §5). Changes replace the address: they are no steps to go back by. */
export function useCanvasSearch() {
  const search = useSearch({ from: '/project/$projectId' })
  const navigate = useNavigate({ from: '/project/$projectId' })
  const patchSearch = useCallback(
    (patch: Partial<CanvasSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...patch }), replace: true, resetScroll: false, viewTransition: false }),
    [navigate],
  )
  return { search, patchSearch }
}
