import { expect, test } from 'vitest'
import type { Loss } from '#formats/format.ts'
import { judgeLosses, type Difference } from './loss-judge.ts'

const loss = (code: Loss['code'], object: string): Loss => ({ code, kind: 'any', object, message: 'said' })
const changed = (kind: string, id: string, attribute: string): Difference => ({
  change: 'changed',
  kind,
  id,
  attributes: { [attribute]: { expected: 'a', actual: 'b' } },
})
const missing = (kind: string, id: string, expected: Difference['expected'] = {}): Difference => ({ change: 'missing', kind, id, expected })

test('a difference needs a loss of its object that may explain it', () => {
  const judge = (difference: Difference, ...losses: readonly Loss[]) => judgeLosses([difference], losses).unexplained
  expect(judge(changed('column', 'public."A.b".c', 'collation'), loss('collation', 'public.A.b.c'))).toEqual([])
  expect(judge(changed('column', 'public.a.c', 'collation'), loss('collation', 'public.a.d'))).toHaveLength(1)
  expect(judge(changed('column', 'public.a.c', 'type'), loss('collation', 'public.a.c'))).toHaveLength(1)
  expect(judge(missing('column', 'public.p.c'), loss('partition', 'public.p'))).toEqual([])
  expect(judge(missing('column', 'public.p.c'), loss('comment', 'public.p'))).toHaveLength(1)
  const definition = { definition: 'CREATE INDEX i ON ONLY public.t USING btree (a)' }
  expect(judge(missing('index', 'public.i', definition), loss('index', 'public.t.i'))).toEqual([])
})

test('a loss needs a difference, unless it must be there before', () => {
  expect(judgeLosses([], [loss('trigger', 'public.t.x')]).unfounded).toHaveLength(1)
  expect(judgeLosses([missing('trigger', 'public.t.x')], [loss('trigger', 'public.t.x')]).unfounded).toEqual([])
  expect(judgeLosses([], [{ ...loss('routine', 'public.f(text)'), hint: 'Put it before its tables.' }]).unfounded).toEqual([])
})
