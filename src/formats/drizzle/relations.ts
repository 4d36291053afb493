import { nameKey } from '#core/schema/index.ts'
import type { Table } from '#core/schema/index.ts'
import { array, arrow, call, layOut, object, tallObject, type Code } from '../shared/code/layout.ts'
import { tsString } from '../shared/code/literals.ts'
import type { CodeWriter } from '../shared/code/writer.ts'
import { nameRelationships, relationshipsOf, type Relationship, type RelationshipNames } from '../shared/orm/relationships.ts'
import type { Context } from './context.ts'
import { alphabet, reservedFields } from './naming.ts'

interface End {
  readonly name: string
  readonly kind: 'one' | 'many'
  readonly value: Code
}

interface Labelled {
  readonly names: RelationshipNames | undefined
  readonly label: string | undefined
}

/** `relations()` for every table that a foreign key begins or ends at. */
export function writeRelations(context: Context, code: CodeWriter): void {
  // Drizzle's `one` takes a relationName only together with fields: where several must be told apart, the far end is `many`.
  const relationships = relationshipsOf(context.catalog).map((one) => (one.isAmbiguous ? { ...one, isOneToOne: false } : one))
  const names = nameRelationships(relationships, {
    table: context.id,
    fields: (table) => table.columns.map((column) => context.field(table, column.name)),
    reserved: reservedFields,
    alphabet,
  })
  const labels = relationLabels(relationships)
  const byTable = new Map<Table, Relationship[]>(context.tables.map((table) => [table, []]))
  for (const one of relationships) for (const table of new Set([one.from, one.to])) byTable.get(table)?.push(one)
  for (const [table, own] of byTable) {
    const ends = own.flatMap((one) => endsAt(context, table, one, { names: names.get(one), label: labels.get(one) }))
    if (ends.length > 0) writeTable(context, code, table, ends)
  }
}

function writeTable(context: Context, code: CodeWriter, table: Table, ends: readonly End[]): void {
  const id = context.id(table)
  const helpers = (['one', 'many'] as const).filter((helper) => ends.some(({ kind }) => kind === helper))
  const name = context.exported.take(`${id}Relations`)
  const body = tallObject(
    ends.map((end) => ({ key: `${end.name}:`, value: end.value })),
    true,
  )
  const value = call(context.imports.use('relations'), id, arrow(`({ ${helpers.join(', ')} })`, body))
  code.gap().line(layOut(`export const ${name} = `, value, ';'))
}

/** What a table's `relations()` says of one relationship: both ends when it leads back to its own table. */
function endsAt(context: Context, table: Table, one: Relationship, { names, label }: Labelled): readonly End[] {
  if (!names) return []
  const ends: End[] = []
  const labelCode = label === undefined ? {} : { relationName: tsString(label) }
  if (one.from === table) {
    const near = one.foreignKey.columns.map((column) => `${context.id(table)}.${context.field(table, column)}`)
    const far = one.foreignKey.references.columns.map((column) => `${context.id(one.to)}.${context.field(one.to, column)}`)
    const options = object({ fields: array(near), references: array(far), ...labelCode })
    ends.push({ name: names.forward, kind: 'one', value: call('one', context.id(one.to), options) })
  }
  if (one.to === table) {
    const kind = one.isOneToOne ? 'one' : 'many'
    ends.push({ name: names.backward, kind, value: call(kind, context.id(one.from), ...(label === undefined ? [] : [object(labelCode)])) })
  }
  return ends
}

/** Names that tell apart several relationships between the same two tables: the names of their foreign keys, made different. */
function relationLabels(relationships: readonly Relationship[]): ReadonlyMap<Relationship, string> {
  const taken = new Set<string>()
  return new Map(
    relationships
      .filter(({ isAmbiguous }) => isAmbiguous)
      .map((one) => {
        const pair = [nameKey(one.from), nameKey(one.to)].sort().join('\u0001')
        let label = one.foreignKey.name
        for (let n = 2; taken.has(`${pair}\u0001${label}`); n += 1) label = `${one.foreignKey.name}_${n}`
        taken.add(`${pair}\u0001${label}`)
        return [one, label]
      }),
  )
}
