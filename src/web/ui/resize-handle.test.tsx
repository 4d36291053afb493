// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { ResizeHandle } from './resize-handle.tsx'

afterEach(cleanup)

function handle(width: number) {
  const onResize = vi.fn<(width: number) => void>()
  render(<ResizeHandle label="code panel" panel="right" width={width} min={280} max={900} onResize={onResize} />)
  return { onResize, separator: screen.getByRole('separator', { name: 'Resize the code panel' }) }
}

test('the arrow towards the canvas widens a panel at the right', () => {
  const { onResize, separator } = handle(400)
  fireEvent.keyDown(separator, { key: 'ArrowLeft' })
  expect(onResize).toHaveBeenCalledWith(416)
})

test('it stops at its limits', () => {
  const { onResize, separator } = handle(285)
  fireEvent.keyDown(separator, { key: 'ArrowRight' })
  expect(onResize).toHaveBeenCalledWith(280)
})
