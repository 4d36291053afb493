import { aColumn, aForeignKey, anIndex, aPrimaryKey, aTable, type Column, type ForeignKey, type Table } from '#core/schema/index.ts'

const words = [
  'order',
  'user',
  'item',
  'price',
  'event',
  'stock',
  'audit',
  'label',
  'route',
  'batch',
  'claim',
  'asset',
  'quota',
  'token',
  'media',
]
const types = [
  'text',
  'bigint',
  'timestamp with time zone',
  'boolean',
  'numeric(12,2)',
  'jsonb',
  'uuid',
  'character varying(80)',
  'date',
  'integer',
]

/**
 * Tables like those of a grown application: modules whose tables refer to earlier ones of their module, some to other modules, and one hub
 * that every tenth refers to. The same seed gives the same tables.
 */
export function makeTables(count: number, columnsEach: number, seed: number): Table[] {
  const random = makeRandom(seed)
  const pick = <T>(list: readonly T[], fallback: T): T => list[Math.floor(random() * list.length)] ?? fallback
  const nameOf = (index: number): string =>
    `${words[index % words.length]}_${words[Math.floor(index / words.length) % words.length]}_${index}`
  return Array.from({ length: count }, (_, index) => {
    const module = Math.floor(index / 12) * 12
    const parents = new Set<number>()
    if (index % 10 === 9) parents.add(0)
    if (index > module) parents.add(module + Math.floor(random() * (index - module)))
    if (random() < 0.25 && index > 12) parents.add(Math.floor(random() * module))
    const columns: Column[] = [aColumn({ name: 'id', type: 'bigint', nullable: false })]
    const foreignKeys: ForeignKey[] = []
    for (const parent of parents) {
      const column = `${nameOf(parent)}_id`
      columns.push(aColumn({ name: column, type: 'bigint', nullable: random() < 0.3 }))
      const references = { namespace: 'public', table: nameOf(parent), columns: ['id'] }
      foreignKeys.push(aForeignKey({ name: `fk_${index}_${parent}`, columns: [column], references }))
    }
    while (columns.length < columnsEach) {
      columns.push(aColumn({ name: `${pick(words, 'a')}_${columns.length}`, type: pick(types, 'text'), nullable: random() < 0.4 }))
    }
    return aTable({
      name: nameOf(index),
      columns,
      constraints: [aPrimaryKey({ name: `pk_${index}`, columns: ['id'] }), ...foreignKeys],
      indexes: random() < 0.5 ? [anIndex({ name: `ix_${index}`, elements: [] })] : [],
    })
  })
}

/** A small seeded generator (mulberry32): numbers from 0 to below 1. */
function makeRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
