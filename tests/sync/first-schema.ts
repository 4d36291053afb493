import {
  aCheck,
  aCollation,
  aColumn,
  aCompositeType,
  aDomain,
  aNamespace,
  anEventTrigger,
  anExclusion,
  anExtension,
  anIndex,
  anIndexElement,
  anOpaque,
  aPolicy,
  aPrimaryKey,
  aPublication,
  aRangeType,
  aRoutine,
  aRule,
  aSchema,
  aSequence,
  aStatistics,
  aTable,
  aTrigger,
  aUnique,
} from '#core/schema/index.ts'

const integer = (name: string, nullable = true) => aColumn({ name, type: 'integer', nullable })
const plpgsql = (name: string, returns: string) =>
  aRoutine({ name, returns, language: 'plpgsql', body: { kind: 'string', text: 'BEGIN END' } })

/** One object of every kind that people edit, so that from the first edit on there is something to change and delete. */
export const firstSchema = aSchema({
  namespaces: [aNamespace({ name: 'api' })],
  extensions: [anExtension({ name: 'pg_trgm' })],
  domains: [aDomain({ name: 'amount', type: 'integer' })],
  compositeTypes: [aCompositeType({ name: 'pair', attributes: [{ name: 'x', type: 'integer', collation: null, comment: null }] })],
  rangeTypes: [aRangeType({ name: 'span', subtype: 'integer' })],
  collations: [aCollation({ name: 'C1', provider: 'libc', locale: 'C' })],
  sequences: [aSequence({ name: 'counter' })],
  routines: [plpgsql('f', 'trigger'), plpgsql('ev', 'event_trigger')],
  eventTriggers: [anEventTrigger({ name: 'watch', event: 'sql_drop', function: { namespace: 'public', name: 'ev' } })],
  statistics: [aStatistics({ name: 'things_stats', elements: ['a', 'b'], table: { namespace: 'public', name: 'things' } })],
  publications: [aPublication({ name: 'first' })],
  opaque: [anOpaque({ sql: 'SELECT 1', reason: 'call', position: { statement: 1, line: 1 } })],
  tables: [
    aTable({
      name: 'things',
      columns: [integer('a', false), integer('b'), integer('c')],
      constraints: [
        aPrimaryKey({ name: 'things_pkey', columns: ['a'] }),
        aUnique({ name: 'things_b_key', columns: ['b'] }),
        aCheck({ name: 'things_c_check', expression: 'c IS NOT NULL' }),
        anExclusion({
          name: 'things_c_excl',
          elements: [{ element: anIndexElement({ column: 'c' }), operator: '=' }],
        }),
      ],
      indexes: [anIndex({ name: 'things_c_idx', elements: [anIndexElement({ column: 'c' })], predicate: 'b IS NOT NULL' })],
      triggers: [
        aTrigger({
          name: 'touch',
          timing: 'before',
          events: [{ kind: 'update', columns: ['b'] }],
          forEach: 'row',
          function: { namespace: 'public', name: 'f' },
        }),
      ],
      policies: [aPolicy({ name: 'own', using: 'b IS NOT NULL' })],
      rules: [aRule({ name: 'quiet', event: 'delete', instead: true, commands: 'NOTHING' })],
    }),
  ],
})
