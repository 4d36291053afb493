import type { Constraint, Exclusion, ForeignKey, ReferentialAction } from '#core/schema/index.ts'
import { quoteLiteral } from '#core/dialects/postgres.ts'
import { Tokens } from '#formats/shared/sql/tokens.ts'
import { keyBetween } from '../definitions/keys.ts'
import { fullName } from '../names.ts'
import { optionsOf } from '../options.ts'
import { keep, type Reading } from '../reading.ts'
import type { ConstraintRow, ForeignRow } from './constraint-rows.ts'
import { columnName } from './column-name.ts'
import { keyColumns, type IndexRow, type IndexRows } from './indexes.ts'
import { grouped, type ColumnRows, type NotNulls } from './columns.ts'
import { readNotNulls } from './not-null.ts'
import type { Relation } from './relation.ts'
import { readTargets, type Targets } from './targets.ts'
import { printed } from '../definitions/printed.ts'

export interface Constraints {
  readonly of: (table: Relation, columns: ColumnRows, indexes: IndexRows) => Constraint[]
  readonly notNulls: NotNulls
}

/** All constraints of the tables that are read. What partitions have only because their parent has it is left out, as in dumps. */
export async function constraintsOf(reading: Reading, columns: ColumnRows, rows: readonly ConstraintRow[]): Promise<Constraints> {
  const targets = await readTargets(
    reading,
    columns,
    rows.flatMap(({ foreign }) => (foreign ? [foreign.relation] : [])),
  )
  const byTable = grouped(rows, ({ relation }) => relation)
  return {
    notNulls: readNotNulls(reading, rows, columns),
    of: (table, columnRows, indexes) =>
      (byTable.get(table.oid) ?? []).flatMap((row): Constraint[] => {
        const constraint = constraintOf(reading, table, row, { columns: columnRows, index: indexes.byOid.get(row.index), targets })
        return constraint ? [constraint] : []
      }),
  }
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = { a: 'noAction', r: 'restrict', c: 'cascade', n: 'setNull', d: 'setDefault' }

function constraintOf(
  reading: Reading,
  table: Relation,
  row: ConstraintRow,
  { columns, index, targets }: { readonly columns: ColumnRows; readonly index: IndexRow | undefined; readonly targets: Targets },
): Constraint | undefined {
  const own = columns.get(table.oid) ?? []
  const names = (numbers: readonly number[] | null): string[] => (numbers ?? []).map((number) => columnName(own, number))
  // Written out below where there are many of a kind: objects that begin as copies of others grow slowly.
  const { name, deferrable, deferred: initiallyDeferred } = row
  const comment = reading.comments('pg_constraint', row.oid)
  const common = { name, deferrable, initiallyDeferred, comment }
  switch (row.kind) {
    case 'p':
      return { kind: 'primaryKey', ...common, ...keyParts(row, names), ...indexed(reading, table, columns, index) }
    case 'u':
      return {
        kind: 'unique',
        ...common,
        ...keyParts(row, names),
        nullsNotDistinct: index?.nullsNotDistinct === true,
        ...indexed(reading, table, columns, index),
      }
    case 'x':
      return { kind: 'exclusion', ...common, ...exclusionParts(row, columns, index), ...indexed(reading, table, columns, index) }
    case 'c':
      return {
        kind: 'check',
        name,
        deferrable,
        initiallyDeferred,
        comment,
        expression: printed(row.text ?? ''),
        noInherit: row.noInherit,
        inherited: !row.isLocal,
        validated: row.validated,
        enforced: row.enforced,
      }
    case 'f':
      return row.foreign ? foreignKey(row, row.foreign, { names, targets, comment }) : undefined
    case 'n':
      return undefined
  }
}

type Names = (numbers: readonly number[] | null) => string[]

const keyParts = (row: ConstraintRow, names: Names) => ({ columns: names(row.columns), withoutOverlaps: row.period })

const foreignKey = (
  row: ConstraintRow,
  foreign: ForeignRow,
  { names, targets, comment }: { readonly names: Names; readonly targets: Targets; readonly comment: string | null },
): ForeignKey => ({
  kind: 'foreignKey',
  name: row.name,
  deferrable: row.deferrable,
  initiallyDeferred: row.deferred,
  comment,
  columns: names(row.columns),
  references: targets(foreign.relation, foreign.columns),
  match: foreign.match === 'f' ? 'full' : foreign.match === 'p' ? 'partial' : 'simple',
  onDelete: ACTIONS[foreign.onDelete] ?? 'noAction',
  onUpdate: ACTIONS[foreign.onUpdate] ?? 'noAction',
  onDeleteColumns: names(foreign.deleteColumns),
  period: row.period,
  validated: row.validated,
  enforced: row.enforced,
  only: false,
})

/** What constraints that own an index have of it. */
function indexed(reading: Reading, table: Relation, columns: ColumnRows, index: IndexRow | undefined) {
  if (!index) return { include: [], options: {}, tablespace: null, only: false, attachedTo: null }
  const comment = reading.comments('pg_class', index.oid)
  if (comment !== null)
    keep(reading, `COMMENT ON INDEX ${fullName({ namespace: table.namespace, name: index.name })} IS ${quoteLiteral(comment)}`, 'COMMENT')
  return {
    include: keyColumns(index, columns.get(table.oid) ?? []).include.map((name) => name ?? ''),
    options: optionsOf(index.options),
    tablespace: index.tablespace,
    only: index.isPartitioned,
    attachedTo: index.parent,
  }
}

/** `EXCLUDE USING gist (key WITH operator, …) … WHERE (…)`, as `pg_get_constraintdef` prints it. */
function exclusionParts(
  { text }: ConstraintRow,
  columns: ColumnRows,
  index: IndexRow | undefined,
): Pick<Exclusion, 'method' | 'elements' | 'predicate'> {
  const tokens = new Tokens(printed(text ?? ''))
  const open = tokens.find('(', 0)
  const keys = index ? keyColumns(index, columns.get(index.relation) ?? []).keys : []
  const elements = tokens.elements(open).map(([from, to], n) => {
    let separator = from
    for (let at = tokens.find('with', from, to); at >= 0; at = tokens.find('with', at + 1, to)) separator = at
    return { element: keyBetween(tokens, [from, separator], keys[n] ?? null), operator: tokens.slice(separator + 1, to) }
  })
  const where = tokens.find('where', tokens.close(open))
  const predicate = where < 0 ? null : tokens.slice(where + 2, tokens.close(where + 1))
  return { method: index?.method ?? null, elements, predicate }
}
