import { z } from 'zod'
import { derivedIds } from '../project/ids.ts'
import { mergeRows } from '../project/merge.ts'
import type { Draft, ForeignKeyRow } from '../project/rows.ts'
import { schemaToRows, type Placing } from '../project/schema-to-rows.ts'
import { nameKey, schemaShape, type Schema } from '../schema/index.ts'
import { displayName } from '../schema/names.ts'
import { coordinate, id, isStorable, projectId } from './arguments.ts'
import { referenceProblems } from './foreign-key-checks.ts'
import { mutation } from './mutation.ts'
import { refuse } from './trouble.ts'

/**
 * `schema.import`: a whole schema in one edit. All new ids follow from `idSeed`. `merge` matches by name, adds what is new, changes what differs and
 * removes nothing; `replace` leaves exactly the given schema. `positions` say where new tables and views go; those without stand in a grid.
 * Warns of foreign keys that PostgreSQL would refuse and that were not there, or not broken, before.
 */
export const importSchema = mutation({
  name: 'schema.import',
  role: 'editor',
  args: z.strictObject({
    projectId,
    schema: schemaShape,
    idSeed: id,
    mode: z.enum(['merge', 'replace']).default('merge'),
    positions: z
      .array(z.strictObject({ namespace: z.string(), name: z.string(), x: coordinate, y: coordinate }))
      .max(50_000)
      .optional(),
  }),
  apply(draft, { schema, idSeed, mode, positions }, { limits }) {
    if (!isStorable(schema)) refuse('bad-text', 'The schema contains a character that cannot be stored (NUL, or half a surrogate pair).')
    const places = new Map((positions ?? []).map((place) => [nameKey(place), place]))
    const broken = new Set(foreignKeys(draft).flatMap((key) => (referenceProblems(draft, key).length > 0 ? [key.id] : [])))
    const elsewhere = grid(draft, schema)
    const incoming = schemaToRows(schema, derivedIds(idSeed), (name) => places.get(nameKey(name)) ?? elsewhere(name))
    const names = mergeRows(draft, incoming, mode)
    const tables = draft.all('table')
    if (tables.length > limits.tablesPerProject) {
      refuse('too-many-tables', `With these there would be ${tables.length} tables; ${limits.tablesPerProject} are allowed in a project.`)
    }
    const wide = tables.find((table) => draft.childrenOf('column', table.id).length > limits.columnsPerTable)
    if (wide) {
      const count = draft.childrenOf('column', wide.id).length
      refuse('too-many-columns', `"${displayName(wide)}" would have ${count} columns; ${limits.columnsPerTable} are allowed.`)
    }
    const warnings = foreignKeys(draft).flatMap((key) => (broken.has(key.id) ? [] : referenceProblems(draft, key)))
    return [...names, ...warnings].slice(0, MAX_WARNINGS)
  },
})

const MAX_WARNINGS = 100

const foreignKeys = (draft: Draft): readonly ForeignKeyRow[] =>
  draft.all('constraint').filter((constraint) => constraint.kind === 'foreignKey')

/** Where things go that nobody has laid out: in rows below what is there, far enough apart for tables of usual size. */
function grid(draft: Draft, schema: Schema): Placing {
  const present = [...draft.all('table'), ...draft.all('view')]
  const top = present.length === 0 ? 0 : present.reduce((lowest, { positionY }) => Math.max(lowest, positionY), 0) + 600
  const perRow = Math.ceil(Math.sqrt(schema.tables.length + schema.views.length))
  let next = 0
  return () => {
    const place = { x: (next % perRow) * 320, y: top + Math.floor(next / perRow) * 480 }
    next += 1
    return place
  }
}
