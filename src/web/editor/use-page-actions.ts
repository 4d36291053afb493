import { useMemo } from 'react'
import type { PageActions } from '../commands/command.ts'
import { isBoolean, useRemembered } from './remembered.ts'
import { usePanelOpen, usePatchSearch } from './use-canvas-search.ts'
import type { Files } from './use-files.ts'

/** What is open round the canvas, and what opens and closes it. */
export function usePageActions({ open: openFiles }: Pick<Files, 'open'>) {
  const patchSearch = usePatchSearch()
  const panelOpen = usePanelOpen()
  const [outlineOpen, setOutlineOpen] = useRemembered('outline-open', true, isBoolean)
  const page = useMemo<PageActions>(
    () => ({
      openImport: () => openFiles([]),
      showPanel: (panel) => patchSearch({ panel, panelOpen: undefined }),
      togglePanel: () => patchSearch((before) => ({ panelOpen: before.panelOpen === false ? undefined : false })),
      toggleOutline: () => setOutlineOpen((before) => !before),
    }),
    [openFiles, patchSearch, setOutlineOpen],
  )
  return { page, outlineOpen, panelOpen }
}
