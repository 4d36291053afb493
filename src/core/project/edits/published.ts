import type { ObjectName } from '../../schema/names.ts'
import type { Draft, Row } from '../rows.ts'
import { mentionsName, type ColumnRename } from './expression-rename.ts'
import { revise } from './texts.ts'

// Publications and privileges know tables and their columns by name.

type Publication = Row<'publication'>
const isSame = (a: { readonly namespace: string | null; readonly name: string }, b: ObjectName): boolean =>
  a.namespace === b.namespace && a.name === b.name

/** Renames a column in what publications and privileges list of a table, and rewrites row filters. */
export function renamePublishedColumn(draft: Draft, { table, from, to }: ColumnRename, rewrite: (sql: string) => string): void {
  const columnsOf = (columns: readonly string[]) => columns.map((name) => (name === from ? to : name))
  changeEntries(draft, table, (one) => ({
    ...one,
    columns: columnsOf(one.columns),
    where: one.where === null ? null : rewrite(one.where),
  }))
  for (const privilege of privilegesOn(draft, table)) {
    const privileges = privilege.privileges.map((one) => ({ ...one, columns: columnsOf(one.columns) }))
    revise(draft, 'privilege', privilege.id, { privileges })
  }
}

/** Rewrites the row filters of a table in publications. */
export function rewriteFilters(draft: Draft, table: ObjectName, rewrite: (sql: string) => string): void {
  changeEntries(draft, table, (one) => ({ ...one, where: one.where === null ? null : rewrite(one.where) }))
}

/** Takes a table that goes out of all publications, and forgets the privileges on it alone. */
export function unpublish(draft: Draft, table: ObjectName): void {
  for (const { id, tables } of publicationsOf(draft, table))
    draft.update('publication', id, { tables: tables.filter((one) => !isSame(one.table, table)) })
  for (const privilege of privilegesOn(draft, table)) {
    const objects = privilege.objects.filter((object) => !isSame(object, table))
    if (objects.length === 0) draft.delete('privilege', privilege.id)
    else draft.update('privilege', privilege.id, { objects })
  }
}

/** Takes a column that goes out of publications and privileges. Tells which row filters still name it. */
export function unpublishColumn(draft: Draft, table: ObjectName, column: string): readonly string[] {
  for (const privilege of privilegesOn(draft, table)) {
    const kept = privilege.privileges
      .map((one) => ({ ...one, columns: one.columns.filter((name) => name !== column), hadColumns: one.columns.length > 0 }))
      .filter(({ columns, hadColumns }) => !hadColumns || columns.length > 0)
    // No privileges at all would mean all of them.
    if (kept.length === 0 && privilege.privileges.length > 0) draft.delete('privilege', privilege.id)
    else revise(draft, 'privilege', privilege.id, { privileges: kept.map(({ name, columns }) => ({ name, columns })) })
  }
  return publicationsOf(draft, table).flatMap((publication) => {
    const { id, name } = publication
    const tables = publication.tables
      .map((one) => (isSame(one.table, table) ? { ...one, columns: one.columns.filter((each) => each !== column) } : one))
      // A list that held only this column must not become all columns.
      .filter((one, n) => one.columns.length > 0 || publication.tables[n]?.columns.length === 0)
    revise(draft, 'publication', id, { tables })
    const isNamed = tables.some((one) => isSame(one.table, table) && one.where !== null && mentionsName(one.where, column))
    return isNamed ? [`the row filter of the publication "${name}"`] : []
  })
}

type Entry = Publication['tables'][number]

function changeEntries(draft: Draft, table: ObjectName, change: (entry: Entry) => Entry): void {
  for (const { id, tables } of publicationsOf(draft, table))
    revise(draft, 'publication', id, { tables: tables.map((one) => (isSame(one.table, table) ? change(one) : one)) })
}

const publicationsOf = (draft: Draft, table: ObjectName): readonly Publication[] =>
  draft.all('publication').filter(({ tables }) => tables.some((one) => isSame(one.table, table)))

const privilegesOn = (draft: Draft, table: ObjectName): readonly Row<'privilege'>[] =>
  draft.all('privilege').filter(({ on, objects }) => on === 'table' && objects.some((object) => isSame(object, table)))
