import type { ForeignKey, ObjectName } from '#core/schema/index.ts'
import type { Reading } from '../reading.ts'
import { joinIds } from '../sql.ts'
import { columnName } from './column-name.ts'
import type { ColumnRows } from './columns.ts'

/** The table that a foreign key points to, with its columns by number. */
export type Targets = (relation: number, columns: readonly number[]) => ForeignKey['references']

/** Targets of foreign keys; those outside what is read are asked for by themselves. */
export async function readTargets({ query, relations }: Reading, columns: ColumnRows, targets: readonly number[]): Promise<Targets> {
  const outside = [...new Set(targets.filter((oid) => !relations.has(oid)))]
  const rows =
    outside.length === 0
      ? []
      : await query<ObjectName & { readonly relation: number; readonly number: number; readonly column: string }>(
          `SELECT a.attrelid AS relation, n.nspname::text AS namespace, c.relname::text AS name, a.attnum AS number, a.attname::text AS column
           FROM pg_attribute a ${joinIds('a.attrelid')} JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE a.attnum > 0`,
          [outside],
        )
  return (relation, numbers) => {
    const known = relations.get(relation)
    if (known) {
      const own = columns.get(relation) ?? []
      return { namespace: known.namespace, table: known.name, columns: numbers.map((number) => columnName(own, number)) }
    }
    const own = rows.filter((row) => row.relation === relation)
    const names = numbers.map((number) => own.find((row) => row.number === number)?.column ?? '')
    return { namespace: own[0]?.namespace ?? '', table: own[0]?.name ?? '', columns: names }
  }
}
