// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { InlineEdit } from './inline-edit.tsx'

afterEach(cleanup)

function edit(value: string) {
  const onChange = vi.fn<(value: string) => void>()
  const onDone = vi.fn<() => void>()
  render(<InlineEdit value="shop" label="Project name" maxLength={40} onChange={onChange} onDone={onDone} />)
  const field = screen.getByLabelText('Project name')
  fireEvent.change(field, { target: { value } })
  return { field, onChange, onDone }
}

test('Enter takes the new name, without the spaces round it', () => {
  const { field, onChange, onDone } = edit('  clinic ')
  fireEvent.keyDown(field, { key: 'Enter' })
  expect(onChange).toHaveBeenCalledExactlyOnceWith('clinic')
  expect(onDone).toHaveBeenCalled()
})

test('Escape leaves the old one', () => {
  const { field, onChange, onDone } = edit('clinic')
  fireEvent.keyDown(field, { key: 'Escape' })
  expect(onChange).not.toHaveBeenCalled()
  expect(onDone).toHaveBeenCalled()
})

test('an empty name is no name', () => {
  const { field, onChange } = edit('   ')
  fireEvent.blur(field)
  expect(onChange).not.toHaveBeenCalled()
})
