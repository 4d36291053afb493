import { expect, test } from 'vitest'
import { schemaToRows } from '#core/project/schema.ts'
import { ProjectStore } from '#core/project/store.ts'
import { aColumn, aSchema, aTable } from '#core/schema/index.ts'
import { RowFeed, type Portion } from './row-feed.ts'

const rowsOf = (tables: number) => {
  let id = 0
  const many = Array.from({ length: tables }, (_, at) =>
    aTable({ name: `t${at}`, columns: [aColumn({ name: 'id', type: 'int' }), aColumn({ name: 'n', type: 'text' })] }),
  )
  return schemaToRows(aSchema({ tables: many }), () => `id-${++id}`)
}

/** A project, a copy of it fed in portions, and what happens between two portions. */
function feeding(tables: number, between: () => void = () => {}) {
  const project = ProjectStore.from(rowsOf(tables))
  const copy = new ProjectStore()
  const sent: Portion[] = []
  const feed = new RowFeed(
    project,
    (portion) => {
      sent.push(portion)
      if (portion.kind === 'clear') copy.load({})
      else copy.apply(portion.changes)
    },
    async () => between(),
  )
  const rename = (id: string, name: string) => {
    const recording = project.record()
    project.update('table', id, { name })
    feed.note({ reset: false, changes: recording.keep() })
  }
  return { project, copy, sent, feed, rename }
}

test('the copy gets everything, a large project in portions', async () => {
  const { project, copy, sent, feed } = feeding(400)
  await feed.catchUp()
  expect(copy.rows()).toEqual(project.rows())
  expect(sent.length).toBe(4)
})

test('after that, only what changes is sent', async () => {
  const { project, copy, sent, feed, rename } = feeding(3)
  await feed.catchUp()
  rename('id-1', 'renamed')
  await feed.catchUp()
  await feed.catchUp()
  expect(copy.rows()).toEqual(project.rows())
  expect(sent.length).toBe(3)
})

test('edits between two portions arrive, and starting over in between starts over', async () => {
  let times = 0
  const { project, copy, feed, rename } = feeding(400, () => {
    if (++times === 1) rename('id-1', 'while it was sent')
    if (times === 2) {
      project.load(rowsOf(500))
      feed.note({ reset: true, changes: [] })
    }
  })
  await feed.catchUp()
  expect(copy.rows()).toEqual(project.rows())
})
