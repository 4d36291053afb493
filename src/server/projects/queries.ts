import type { ColumnRow, Id, ProjectView, Row, TableRow } from '#core/project/rows.ts'
import type { Rooms } from '../realtime/rooms.ts'
import { notFound } from '../failure.ts'
import { requireRole } from './access.ts'
import type { Author } from './projects.ts'
import type { Database } from '../storage/database.ts'

/** The queries of S0 §4.2 on what is in a project. The project comes first and is checked; other ids are only looked for inside it. */
export function createQueries({ database, rooms }: { readonly database: Database; readonly rooms: Rooms }) {
  async function look<T>(author: Author, projectId: Id, read: (view: ProjectView) => T): Promise<T> {
    await requireRole(database.sql, projectId, author.id)
    const opened = await rooms.open(projectId)
    if (!opened) throw notFound()
    return opened.room.read((view) => read(view))
  }
  return {
    tables: {
      listByProject: (author: Author, { projectId }: { projectId: Id }): Promise<readonly TableRow[]> =>
        look(author, projectId, (view) => view.all('table')),
    },
    columns: {
      listByTable: (author: Author, { projectId, tableId }: { projectId: Id; tableId: Id }): Promise<readonly ColumnRow[]> =>
        look(author, projectId, (view) => view.childrenOf('column', tableId)),
    },
    relationships: {
      listByProject: (author: Author, { projectId }: { projectId: Id }): Promise<readonly Relationship[]> =>
        look(author, projectId, (view) =>
          view
            .all('constraint')
            .filter((row) => row.kind === 'foreignKey')
            .map((row) => relationship(view, row)),
        ),
    },
    enumTypes: {
      listByProject: (author: Author, { projectId }: { projectId: Id }): Promise<readonly Row<'enumType'>[]> =>
        look(author, projectId, (view) => view.all('enumType')),
    },
  }
}
export type Queries = ReturnType<typeof createQueries>

type ForeignKey = Extract<Row<'constraint'>, { kind: 'foreignKey' }>

/** A foreign key as the line that is drawn for it: the child is the source. */
export interface Relationship {
  readonly id: Id
  readonly sourceTableId: Id
  readonly sourceColumnIds: readonly Id[]
  readonly targetTableId: Id
  readonly targetColumnIds: readonly Id[]
  /** `one-to-one` when the child's columns are unique. Many to many is two of these and a junction table. */
  readonly relationType: 'one-to-one' | 'one-to-many'
}

function relationship(view: ProjectView, row: ForeignKey): Relationship {
  return {
    id: row.id,
    sourceTableId: row.tableId,
    sourceColumnIds: row.columnIds,
    targetTableId: row.references.tableId,
    targetColumnIds: row.references.columnIds,
    relationType: isUnique(view, row) ? 'one-to-one' : 'one-to-many',
  }
}

function isUnique(view: ProjectView, { tableId, columnIds }: ForeignKey): boolean {
  const key = new Set(columnIds)
  return view.childrenOf('constraint', tableId).some((row) => {
    return (row.kind === 'primaryKey' || row.kind === 'unique') && row.columnIds.length > 0 && row.columnIds.every((id) => key.has(id))
  })
}
