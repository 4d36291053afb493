import { expect, test } from 'vitest'
import { groupLosses } from './group-losses.ts'

test('losses of one sort are said once, with the first objects and the hint they share', () => {
  const losses = Array.from({ length: 7 }, (_, at) => ({
    code: 'check' as const,
    kind: 'check',
    object: `t${at}.c`,
    message: `Prisma has no CHECK (a > ${at}).`,
    hint: 'Keep it in a migration.',
  }))
  const [group, ...others] = groupLosses([...losses, { code: 'view-query', kind: 'view', object: 'v', message: 'Prisma has no views.' }])
  expect(group).toMatchObject({
    message: 'Prisma has no CHECK (a > …).',
    count: 7,
    hint: 'Keep it in a migration.',
    objects: ['t0.c', 't1.c', 't2.c', 't3.c', 't4.c'],
  })
  expect(others).toMatchObject([{ count: 1, hint: null, objects: ['v'] }])
})
