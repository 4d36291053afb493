import { expect, test } from 'vitest'
import type { ProjectSummary } from '../bridge/types.ts'
import { listProjects } from './list-projects.ts'

const project = (name: string, tables = 0, day = 1): ProjectSummary => ({
  id: name,
  name,
  tables,
  owner: 'Ada',
  updatedAt: `2026-01-0${day}T00:00:00Z`,
})
const projects = [project('Shop 10', 3, 1), project('shop 2', 9, 3), project('Clinic', 9, 2)]
const names = (options: Partial<Parameters<typeof listProjects>[1]>) =>
  listProjects(projects, { search: '', sort: 'name', descending: false, ...options }).map(({ name }) => name)

test('names are sorted as people count: 2 before 10', () => {
  expect(names({})).toEqual(['Clinic', 'shop 2', 'Shop 10'])
})
test('the newest comes first when sorted by time, descending', () => {
  expect(names({ sort: 'updatedAt', descending: true })).toEqual(['shop 2', 'Clinic', 'Shop 10'])
})
test('equals are sorted by name', () => {
  expect(names({ sort: 'tables', descending: true })).toEqual(['Clinic', 'shop 2', 'Shop 10'])
})
test('every word must be in the name, in any case', () => {
  expect(names({ search: ' SHOP  1' })).toEqual(['Shop 10'])
})
