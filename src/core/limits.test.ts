import { expect, test } from 'vitest'
import { limitProfiles, limitsFrom, limitVariable } from './limits.ts'

test('a server of one’s own has the generous figures, a hosted one those of the sources', () => {
  expect(limitsFrom({})).toEqual({ limits: limitProfiles.default, problems: [] })
  expect(limitsFrom({ SCHEMAFLOW_LIMITS: 'hosted' }).limits).toMatchObject({
    tablesPerProject: 50,
    columnsPerTable: 100,
    membersPerProject: 5,
    mutationsPerMinute: 100,
  })
})

test('every figure can be set by a variable of its own', () => {
  for (const field of Object.keys(limitProfiles.default)) {
    expect(limitsFrom({ [limitVariable(field)]: '7' }).limits).toEqual({ ...limitProfiles.default, [field]: 7 })
  }
  expect(limitVariable('tablesPerProject')).toBe('SCHEMAFLOW_LIMIT_TABLES_PER_PROJECT')
})

test.each(['0', '-1', '1.5', '1e9', 'many', '99999999999'])('a figure of %s is reported, and the profile holds', (value) => {
  const { limits, problems } = limitsFrom({ SCHEMAFLOW_LIMITS: 'toString', SCHEMAFLOW_LIMIT_UNDO_DEPTH: value })
  expect(limits).toEqual(limitProfiles.default)
  expect(problems).toHaveLength(2)
})
