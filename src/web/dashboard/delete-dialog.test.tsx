// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import type { ProjectSummary } from '../bridge/types.ts'
import { DeleteDialog } from './delete-dialog.tsx'

afterEach(cleanup)

const project: ProjectSummary = { id: '1', name: 'Shop', tables: 14, updatedAt: '2026-01-01T00:00:00Z', owner: 'Ada' }

test('a project is deleted only when its name has been typed', () => {
  const onDelete = vi.fn<(project: ProjectSummary) => void>()
  render(<DeleteDialog project={project} onClose={() => {}} onDelete={onDelete} />)
  const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Delete the project' })
  const field = screen.getByLabelText(/Type the project/)
  expect(button.disabled).toBe(true)
  fireEvent.change(field, { target: { value: 'shop' } })
  expect(button.disabled).toBe(true)
  fireEvent.change(field, { target: { value: 'Shop' } })
  expect(button.disabled).toBe(false)
  fireEvent.submit(field)
  expect(onDelete).toHaveBeenCalledWith(project)
})

test('it says what goes', () => {
  render(<DeleteDialog project={project} onClose={() => {}} onDelete={() => {}} />)
  expect(screen.getByText(/Its 14 tables and its history go with it/)).toBeTruthy()
})
