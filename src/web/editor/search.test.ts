import { expect, test } from 'vitest'
import { canvasSearchShape } from './search.ts'
import { viewportOf } from './use-canvas-search.ts'

test('a field that makes no sense is as good as missing', () => {
  expect(canvasSearchShape.parse({ x: 'left', zoom: 99, panel: 'cobol', panelOpen: 'yes', activeTable: 7 })).toEqual({})
})
test('what S0 §5 names is kept', () => {
  const search = { x: 450, y: 120, zoom: 1.5, activeTable: 'def456', panel: 'drizzle', panelOpen: true }
  expect(canvasSearchShape.parse(search)).toEqual(search)
})
test('one coordinate is enough for a viewport, none is no viewport', () => {
  expect(viewportOf({ x: 450 })).toEqual({ x: 450, y: 0, zoom: 1 })
  expect(viewportOf({ activeTable: 'a' })).toBeUndefined()
})
