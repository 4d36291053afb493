import { aSequence, aSequenceOptions, nameKey, type ObjectName, type SequenceOptions } from '#core/schema/index.ts'
import type { AlterSeqStmt, CreateSeqStmt, DefElem, Node } from 'libpg-query'
import { all, as, strings } from './ast.ts'
import type { Draft, Item } from './draft.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { typeText } from './type-names.ts'
import { valueText } from './values.ts'

type OptionsDraft = Draft<SequenceOptions>

export function createSequence(st: Statement, node: CreateSeqStmt): Handled {
  const name = st.newName(node.sequence)
  if (st.catalog.relation(name)) {
    if (node.if_not_exists) return undefined
    throw new Refusal('duplicate-object', `"${name.name}" already exists`, { location: node.sequence?.location })
  }
  if (node.sequence?.relpersistence === 't') return 'ignored'
  const options = all(node.options, 'DefElem')
  const type = sequenceType(st, options) ?? 'bigint'
  const sequence: Item<'sequences'> = { ...aSequence({ ...name, type }), unlogged: node.sequence?.relpersistence === 'u' }
  Object.assign(sequence, readOptions(options, type))
  addSequence(st, sequence)
  ownBy(st, sequence, options)
  return undefined
}

export function addSequence(st: Statement, sequence: Item<'sequences'>): void {
  st.catalog.note(sequence)
  st.catalog.addRelation(sequence, { kind: 'sequence', sequence })
}

export function alterSequence(st: Statement, node: AlterSeqStmt): Handled {
  const name = st.find(node.sequence)
  const relation = name && st.catalog.relation(name)
  if (relation?.kind !== 'sequence' && relation?.kind !== 'identity') {
    if (node.missing_ok) return undefined
    throw new Refusal('unknown-sequence', `sequence "${node.sequence?.relname ?? ''}" does not exist`, {
      location: node.sequence?.location,
    })
  }
  const options = all(node.options, 'DefElem')
  if (relation.kind === 'identity') {
    const { column } = relation
    if (column.identity) column.identity.sequence = mergeOptions(column.identity.sequence, options, column.type)
    return undefined
  }
  const { sequence } = relation
  const type = sequenceType(st, options)
  if (type !== undefined && type !== sequence.type) retype(sequence, type)
  Object.assign(sequence, mergeOptions(sequence, options, sequence.type))
  ownBy(st, sequence, options)
  return undefined
}

/** A new type keeps bounds that were not the old type's own. */
function retype(sequence: Item<'sequences'>, type: string): void {
  sequence.type = type
}

/** Options over those there are; what equals the default of type and direction is left out. */
export function mergeOptions(old: OptionsDraft, elements: readonly DefElem[], type: string): OptionsDraft {
  return tidy({ ...pick(old), ...given(elements) }, type)
}

export const readOptions = (elements: readonly DefElem[], type: string): OptionsDraft =>
  tidy({ ...aSequenceOptions({}), ...given(elements) }, type)

const pick = ({ start, increment, min, max, cache, cycle }: OptionsDraft): OptionsDraft => ({ start, increment, min, max, cache, cycle })

function given(elements: readonly DefElem[]): Partial<OptionsDraft> {
  const options: Partial<OptionsDraft> = {}
  for (const element of elements) {
    const value = element.arg === undefined ? null : valueText(element.arg)
    if (element.defname === 'start') options.start = value
    else if (element.defname === 'increment') options.increment = value
    else if (element.defname === 'minvalue') options.min = value
    else if (element.defname === 'maxvalue') options.max = value
    else if (element.defname === 'cache') options.cache = value
    else if (element.defname === 'cycle') options.cycle = value !== 'false'
  }
  return options
}

const BOUNDS: Readonly<Record<string, readonly [min: string, max: string]>> = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
}

function tidy(options: OptionsDraft, type: string): OptionsDraft {
  const increment = options.increment === '1' ? null : options.increment
  const down = increment?.startsWith('-') === true
  const [lowest, highest] = BOUNDS[type] ?? BOUNDS['bigint'] ?? ['', '']
  const min = options.min === (down ? lowest : '1') ? null : options.min
  const max = options.max === (down ? '-1' : highest) ? null : options.max
  const first = down ? (max ?? '-1') : (min ?? '1')
  return {
    start: options.start === first ? null : options.start,
    increment,
    min,
    max,
    cache: options.cache === '1' ? null : options.cache,
    cycle: options.cycle,
  }
}

function sequenceType(st: Statement, elements: readonly DefElem[]): string | undefined {
  const type = as(elements.find((element) => element.defname === 'as')?.arg, 'TypeName')
  return type && typeText(st, type)
}

function ownBy(st: Statement, sequence: Item<'sequences'>, elements: readonly DefElem[]): void {
  const owner = elements.find((element) => element.defname === 'owned_by')
  if (!owner) return
  const parts = strings(as(owner.arg as Node | undefined, 'List')?.items)
  if (parts.length === 1) {
    sequence.ownedBy = null
    return
  }
  const table = st.findOf(parts.slice(0, -1))
  const column = parts.at(-1) ?? ''
  if (!table || st.catalog.table(table)?.columns.some(({ name }) => name === column) !== true) {
    throw new Refusal('unknown-column', `column "${parts.join('.')}" does not exist`, { location: owner.location })
  }
  sequence.ownedBy = { namespace: table.namespace, table: table.name, column }
}

/** Sequences that a column owns go with it. */
export function ownedSequences(st: Statement, table: ObjectName, column?: string): readonly Item<'sequences'>[] {
  const owned: Item<'sequences'>[] = []
  const key = nameKey(table)
  for (const sequence of st.catalog.relations.sequences) {
    const { ownedBy } = sequence
    if (
      ownedBy &&
      nameKey({ namespace: ownedBy.namespace, name: ownedBy.table }) === key &&
      (column === undefined || ownedBy.column === column)
    )
      owned.push(sequence)
  }
  return owned
}
