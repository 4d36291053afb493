import { z } from 'zod'
import { quoteLiteral } from '../dialects/postgres-names.ts'
import type { Diagnostic } from '../diagnostic.ts'
import { nextOrder } from '../project/edits/keys.ts'
import { renameEnum } from '../project/edits/renaming.ts'
import { MAX_NAME_BYTES, relationNamed, typeNamed, utf8Length } from '../project/names.ts'
import type { Draft, EnumRow, Id } from '../project/rows.ts'
import { without } from '../project/without.ts'
import { anEnum, DEFAULT_NAMESPACE, displayName, type ObjectName } from '../schema/index.ts'
import { id, name, projectId, text } from './arguments.ts'
import { mutation } from './mutation.ts'
import { ensureNamespace } from './tables.ts'
import { existing, quoted, refuse, requireFreeId, requireGoodName, warning, wordFor } from './trouble.ts'
import { columnsOfType, requireUnusedType } from './type-users.ts'

const values = z.array(name).max(10_000)

/** `enumTypes.create`. */
export const createEnumType = mutation({
  name: 'enumTypes.create',
  role: 'editor',
  args: z.strictObject({ id, projectId, name, namespace: name.default(DEFAULT_NAMESPACE), values, comment: text.nullable().default(null) }),
  apply(draft, wanted) {
    requireFreeId(draft, 'enumType', wanted.id)
    requireFreeTypeName(draft, wanted)
    requireGoodValues(wanted.values)
    ensureNamespace(draft, wanted.namespace, wanted.id)
    draft.insert('enumType', { ...anEnum(without(wanted, 'id', 'projectId')), id: wanted.id, order: nextOrder(draft.all('enumType')) })
    return []
  },
})

/** `enumTypes.update`: name, namespace, the whole list of values, or one value's name. Columns, casts and defaults follow. */
export const updateEnumType = mutation({
  name: 'enumTypes.update',
  role: 'editor',
  args: z.strictObject({
    id,
    projectId,
    name: name.optional(),
    namespace: name.optional(),
    values: values.optional(),
    /** Renames one value, before `values` is looked at. */
    renameValue: z.strictObject({ from: name, to: name }).optional(),
    comment: text.nullable().optional(),
  }),
  apply(draft, wanted) {
    const type = existing(draft, 'enumType', wanted.id)
    const to = { namespace: wanted.namespace ?? type.namespace, name: wanted.name ?? type.name }
    const diagnostics: Diagnostic[] = []
    if (wanted.renameValue) renameValue(draft, type, wanted.renameValue)
    if (wanted.values) diagnostics.push(...changeValues(draft, existing(draft, 'enumType', type.id), wanted.values))
    if (to.name !== type.name || to.namespace !== type.namespace) {
      requireFreeTypeName(draft, to, type.id)
      ensureNamespace(draft, to.namespace, type.id)
      diagnostics.push(...renameEnum(draft, type, to))
    }
    if (wanted.comment !== undefined) draft.update('enumType', type.id, { comment: wanted.comment || null })
    return diagnostics
  },
})

/** `enumTypes.delete`: refused while anything is of this type. */
export const deleteEnumType = mutation({
  name: 'enumTypes.delete',
  role: 'editor',
  args: z.strictObject({ id, projectId }),
  apply(draft, wanted) {
    const type = existing(draft, 'enumType', wanted.id)
    requireUnusedType(draft, 'enum', type)
    draft.delete('enumType', type.id)
    return []
  },
})

function requireFreeTypeName(draft: Draft, wanted: ObjectName, except?: Id): void {
  requireGoodName(wanted.name, 'enumType')
  const taken = typeNamed(draft, wanted) ?? relationNamed(draft, wanted)
  const isRival =
    taken && taken.id !== except && ['enumType', 'domain', 'compositeType', 'rangeType', 'table', 'view', 'sequence'].includes(taken.kind)
  if (isRival) refuse('duplicate-name', `There is a ${wordFor(taken.kind)} ${quoted(wanted)} already.`, 'Choose another name.')
}

function requireGoodValues(wanted: readonly string[]): void {
  const seen = new Set<string>()
  for (const value of wanted) {
    if (seen.has(value)) refuse('duplicate-value', `The value "${value}" is there twice.`, 'Each value of an enum is there once.')
    seen.add(value)
    const bytes = utf8Length(value)
    if (bytes > MAX_NAME_BYTES)
      refuse('name-too-long', `The value "${value}" has ${bytes} bytes, but PostgreSQL keeps only ${MAX_NAME_BYTES}.`)
    if (bytes === 0) refuse('empty-name', 'A value of an enum needs a name.')
  }
}

function changeValues(draft: Draft, type: EnumRow, wanted: readonly string[]): readonly Diagnostic[] {
  requireGoodValues(wanted)
  draft.update('enumType', type.id, { values: wanted })
  const lost = type.values.filter((value) => !wanted.includes(value))
  const columns = lost.length > 0 ? columnsOfType(draft, type) : []
  const broken = columns.find(({ default: sql }) => sql !== null && lost.some((value) => isLiteral(sql, value)))
  if (broken) {
    const table = draft.get('table', broken.tableId)
    refuse(
      'value-in-use',
      `A removed value is the default of "${table ? displayName(table) : ''}.${broken.name}": ${broken.default}.`,
      'Change the default first.',
    )
  }
  if (columns.length === 0) return []
  const said = lost.map((value) => `"${value}"`).join(', ')
  return [
    warning(
      'value-removed',
      `${said} of ${quoted(type)} cannot be removed from a live database while rows hold it.`,
      'PostgreSQL needs a new type for that.',
    ),
  ]
}

function renameValue(draft: Draft, type: EnumRow, { from, to }: { readonly from: string; readonly to: string }): void {
  if (!type.values.includes(from)) refuse('not-found', `The enum ${quoted(type)} has no value "${from}".`)
  const renamed = type.values.map((value) => (value === from ? to : value))
  requireGoodValues(renamed)
  draft.update('enumType', type.id, { values: renamed })
  for (const column of columnsOfType(draft, type)) {
    if (column.default === null || !isLiteral(column.default, from)) continue
    draft.update('column', column.id, { default: `${quoteLiteral(to)}${column.default.slice(quoteLiteral(from).length)}` })
  }
}

/** Whether a default is just this value, with or without a cast. */
const isLiteral = (sql: string, value: string): boolean => sql === quoteLiteral(value) || sql.startsWith(`${quoteLiteral(value)}::`)
