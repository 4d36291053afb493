import type { Choice, FormContext, Spec, Values } from '../fields.ts'
import { choices, field, joined, short } from './words.ts'

// Tables and views themselves: what is not drawn on the canvas.

const never = (): Values => ({})

/** Indexes and keys of the table, by name. */
function indexNames({ view, parent }: FormContext): readonly string[] {
  if (parent?.kind !== 'table') return []
  const keys = view
    .childrenOf('constraint', parent.id)
    .filter(({ kind }) => kind === 'primaryKey' || kind === 'unique' || kind === 'exclusion')
  return [...keys, ...view.childrenOf('index', parent.id)].map(({ name }) => name)
}

function identities(context: FormContext): readonly Choice[] {
  const indexes = indexNames(context).map((index) => ({ value: { kind: 'index', index }, label: `Index ${index}` }))
  return [
    { value: null, label: 'Default' },
    { value: { kind: 'full', index: null }, label: 'Full' },
    { value: { kind: 'nothing', index: null }, label: 'Nothing' },
    ...indexes,
  ]
}

const clusters = (context: FormContext): readonly Choice[] => [
  { value: null, label: 'Nothing' },
  ...indexNames(context).map((name) => ({ value: name, label: name })),
]

export const tableSettings: Spec = {
  id: 'tableSettings',
  kind: 'table',
  word: 'options',
  create: null,
  update: 'tables.configure',
  remove: null,
  blank: never,
  about: (row) =>
    joined(
      row['unlogged'] === true && 'unlogged',
      row['replicaIdentity'] !== null &&
        `replica identity ${String(field(row['replicaIdentity'], 'index') ?? field(row['replicaIdentity'], 'kind'))}`,
      row['clusteredOn'] !== null && `clustered on ${String(row['clusteredOn'])}`,
      ...Object.entries(row['options'] ?? {}).map(([key, value]) => `${key}=${String(value)}`),
    ) || 'as PostgreSQL has them',
  fields: [
    { key: 'rowSecurity', label: 'Row-level security', control: { kind: 'switch' } },
    {
      key: 'forceRowSecurity',
      label: 'Also for the owner',
      control: { kind: 'switch' },
      isShown: (values) => values['rowSecurity'] === true,
    },
    { key: 'unlogged', label: 'Unlogged', hint: 'Faster, and empty after a crash.', control: { kind: 'switch' } },
    { key: 'replicaIdentity', label: 'Replica identity', control: { kind: 'choice', choices: identities } },
    { key: 'clusteredOn', label: 'Clustered on', control: { kind: 'choice', choices: clusters } },
    { key: 'options', label: 'Storage', hint: 'One per line: fillfactor = 70', control: { kind: 'options' } },
    { key: 'tablespace', label: 'Tablespace', control: { kind: 'text', mono: true, isOptional: true } },
    { key: 'accessMethod', label: 'Access method', control: { kind: 'text', mono: true, isOptional: true, placeholder: 'heap' } },
  ],
}

const bound = (row: Values): string => short(field(row['partitionOf'], 'bound'))

export const partitionSettings: Spec = {
  id: 'partitionSettings',
  kind: 'table',
  word: 'partitioning',
  create: null,
  update: 'tables.configure',
  remove: null,
  blank: never,
  about: (row) => {
    const strategy = field(row['partitionBy'], 'strategy')
    const parents = Array.isArray(row['inherits']) ? row['inherits'].length : 0
    const text = joined(
      typeof strategy === 'string' && `partitioned by ${strategy}`,
      row['partitionOf'] !== null && `a partition ${bound(row)}`,
      parents > 0 && `inherits from ${parents}`,
    )
    return text || 'not partitioned'
  },
  fields: [
    { key: 'partitionBy', label: 'Partitioned by', control: { kind: 'partitionBy' } },
    { key: 'partitionOf', label: 'Partition of', control: { kind: 'partitionOf' } },
    { key: 'inherits', label: 'Inherits from', control: { kind: 'tables' } },
  ],
}

export const tableComment: Spec = {
  id: 'tableComment',
  kind: 'table',
  word: 'comment',
  create: null,
  update: 'tables.update',
  remove: null,
  blank: never,
  about: (row) => short(row['comment']) || 'none',
  fields: [{ key: 'comment', label: 'Comment', control: { kind: 'text', isOptional: true } }],
}

export const viewDefinition: Spec = {
  id: 'viewDefinition',
  kind: 'view',
  word: 'view',
  create: null,
  update: 'views.update',
  remove: null,
  blank: never,
  about: (row) => short(row['definition']),
  fields: [
    { key: 'definition', label: 'Query', control: { kind: 'code', frame: 'query', lines: 10 } },
    { key: 'materialized', label: 'Materialized', control: { kind: 'switch' } },
    { key: 'columnNames', label: 'Columns', control: { kind: 'words', placeholder: 'as the query names them' } },
    {
      key: 'checkOption',
      label: 'Check option',
      control: { kind: 'choice', choices: choices([null, 'None'], ['local', 'Local'], ['cascaded', 'Cascaded']) },
      isShown: (values) => values['materialized'] !== true,
    },
    { key: 'withData', label: 'With data', control: { kind: 'switch' }, isShown: (values) => values['materialized'] === true },
    { key: 'options', label: 'Options', control: { kind: 'options' } },
    { key: 'comment', label: 'Comment', control: { kind: 'text', isOptional: true } },
  ],
}

/** A view that is to be made, in the middle of what is seen. */
export const newView = (center: () => { readonly x: number; readonly y: number }): Spec => ({
  ...viewDefinition,
  create: 'views.create',
  blank: () => ({ name: '', definition: '', positionX: Math.round(center().x), positionY: Math.round(center().y) }),
  fields: [{ key: 'name', label: 'Name', control: { kind: 'text', mono: true } }, ...viewDefinition.fields],
})
