import { isNumberBetween, useRemembered } from './remembered.ts'

/** How wide the code panel may be, in CSS pixels. */
export const panelWidths = { initial: 408, min: 280, max: 900 } as const

const isWidth = isNumberBetween(panelWidths.min, panelWidths.max)

/** The width that this browser had last. */
export const usePanelWidth = () => useRemembered<number>('panel-width', panelWidths.initial, isWidth)
