import type { Id, ProjectView } from '#core/project/rows.ts'
import {
  listColumns,
  listEnumTypes,
  listRelationships,
  listTables,
  type ColumnSummary,
  type EnumTypeSummary,
  type RelationshipSummary,
  type TableSummary,
} from '#core/project/queries.ts'
import type { Rooms } from '../realtime/rooms.ts'
import { notFound } from '../failure.ts'
import { requireRole } from './access.ts'
import type { Author } from './projects.ts'
import type { Database } from '../storage/database.ts'

interface OfProject {
  readonly projectId: Id
}

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
      listByProject: (author: Author, { projectId }: OfProject): Promise<readonly TableSummary[]> =>
        look(author, projectId, (view) => listTables(view, projectId)),
    },
    columns: {
      listByTable: (author: Author, { projectId, tableId }: OfProject & { readonly tableId: Id }): Promise<readonly ColumnSummary[]> =>
        look(author, projectId, (view) => listColumns(view, tableId)),
    },
    relationships: {
      listByProject: (author: Author, { projectId }: OfProject): Promise<readonly RelationshipSummary[]> =>
        look(author, projectId, (view) => listRelationships(view, projectId)),
    },
    enumTypes: {
      listByProject: (author: Author, { projectId }: OfProject): Promise<readonly EnumTypeSummary[]> =>
        look(author, projectId, (view) => listEnumTypes(view, projectId)),
    },
  }
}
export type Queries = ReturnType<typeof createQueries>
