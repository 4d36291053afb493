import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arbitrarySchema } from '#tests/support/arbitrary-schema.ts'
import { schemaLists, type Schema } from '#core/schema/index.ts'
import { exportPostgresSql } from './exporter.ts'

const url = process.env['SCHEMAFLOW_TEST_PG']
if (!url) process.stderr.write('exporter.pg.test.ts: skipped, SCHEMAFLOW_TEST_PG names no PostgreSQL server\n')

let client: pg.Client
beforeAll(async () => {
  if (!url) return
  client = new pg.Client(url)
  await client.connect()
})
afterAll(() => (url ? client.end() : undefined))

/** Loads SQL in a transaction that is taken back, and tells what the catalogs then hold. */
async function namesAfter(sql: string, namespaces: readonly string[]): Promise<readonly string[]> {
  await client.query('BEGIN')
  try {
    const before = new Set((await client.query<{ name: string }>(rareObjects)).rows.map(({ name }) => name))
    await client.query(sql)
    const { rows } = await client.query<{ name: string }>(
      `WITH n AS (SELECT oid, nspname FROM pg_namespace WHERE nspname = ANY ($1))
       SELECT 'relation ' || relkind::text || ' ' || nspname || ' ' || relname AS name FROM pg_class c JOIN n ON n.oid = relnamespace WHERE relkind IN ('r', 'f', 'v', 'm', 'S')
       UNION ALL SELECT 'column ' || nspname || ' ' || relname || ' ' || attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid JOIN n ON n.oid = relnamespace
         WHERE relkind IN ('r', 'f') AND attnum > 0 AND atttypid < 16384
       UNION ALL SELECT 'constraint ' || nspname || ' ' || relname || ' ' || conname || ' ' || contype::text FROM pg_constraint k JOIN pg_class c ON c.oid = conrelid JOIN n ON n.oid = relnamespace
       UNION ALL SELECT 'trigger ' || nspname || ' ' || relname || ' ' || tgname || ' ' || tgenabled::text FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid JOIN n ON n.oid = relnamespace WHERE NOT tgisinternal
       UNION ALL SELECT 'comment ' || description FROM pg_description WHERE objoid >= 16384`,
      [namespaces],
    )
    const rare = (await client.query<{ name: string }>(rareObjects)).rows.map(({ name }) => name)
    return [...rows.map(({ name }) => name), ...rare.filter((name) => !before.has(name))].sort()
  } finally {
    await client.query('ROLLBACK')
  }
}

/** The kinds that few schemas have, by their names and what makes them what they are. */
const rareObjects = `
  WITH n AS (SELECT oid, nspname FROM pg_namespace)
  SELECT 'type ' || nspname || ' ' || typname AS name FROM pg_type JOIN n ON n.oid = typnamespace WHERE typtype = 'b' AND typisdefined AND typelem = 0 AND nspname <> 'pg_catalog'
  UNION ALL SELECT 'range ' || nspname || ' ' || typname FROM pg_type JOIN n ON n.oid = typnamespace WHERE typtype = 'r' AND nspname <> 'pg_catalog'
  UNION ALL SELECT 'collation ' || nspname || ' ' || collname FROM pg_collation JOIN n ON n.oid = collnamespace WHERE nspname <> 'pg_catalog'
  UNION ALL SELECT 'operator ' || nspname || ' ' || oprname || ' ' || (oprcode <> 0) || ' ' || (oprcom <> 0) || ' ' || (oprnegate <> 0) || ' ' || oprcanmerge || ' ' || oprcanhash
    FROM pg_operator JOIN n ON n.oid = oprnamespace WHERE nspname <> 'pg_catalog'
  UNION ALL SELECT 'opclass ' || nspname || ' ' || opcname || ' ' || opcdefault FROM pg_opclass JOIN n ON n.oid = opcnamespace WHERE nspname <> 'pg_catalog'
  UNION ALL SELECT 'opfamily ' || nspname || ' ' || opfname || ' ' || (SELECT count(*) FROM pg_amop WHERE amopfamily = f.oid) || ' ' || (SELECT count(*) FROM pg_amproc WHERE amprocfamily = f.oid)
    FROM pg_opfamily f JOIN n ON n.oid = opfnamespace WHERE nspname <> 'pg_catalog'
  UNION ALL SELECT 'cast ' || castcontext::text || ' ' || castmethod::text || ' ' || row_number() OVER (PARTITION BY castcontext, castmethod) FROM pg_cast c WHERE oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_cast'::regclass AND objid = c.oid AND deptype = 'i')
  UNION ALL SELECT 'parser ' || nspname || ' ' || prsname FROM pg_ts_parser JOIN n ON n.oid = prsnamespace WHERE nspname <> 'pg_catalog'
  UNION ALL SELECT 'template ' || nspname || ' ' || tmplname FROM pg_ts_template JOIN n ON n.oid = tmplnamespace WHERE nspname <> 'pg_catalog'
  UNION ALL SELECT 'dictionary ' || nspname || ' ' || dictname FROM pg_ts_dict JOIN n ON n.oid = dictnamespace WHERE nspname <> 'pg_catalog'
  UNION ALL SELECT 'configuration ' || nspname || ' ' || cfgname || ' ' || (SELECT count(*) FROM pg_ts_config_map WHERE mapcfg = c.oid)
    FROM pg_ts_config c JOIN n ON n.oid = cfgnamespace WHERE nspname <> 'pg_catalog'
  UNION ALL SELECT 'language ' || lanname || ' ' || lanpltrusted FROM pg_language
  UNION ALL SELECT 'transform ' || lanname FROM pg_transform JOIN pg_language l ON l.oid = trflang
  UNION ALL SELECT 'conversion ' || nspname || ' ' || conname || ' ' || condefault FROM pg_conversion JOIN n ON n.oid = connamespace WHERE nspname <> 'pg_catalog'
  UNION ALL SELECT 'method ' || amname || ' ' || amtype::text FROM pg_am
  UNION ALL SELECT 'wrapper ' || fdwname || ' ' || coalesce(cardinality(fdwoptions), 0) FROM pg_foreign_data_wrapper
  UNION ALL SELECT 'server ' || srvname || ' ' || coalesce(cardinality(srvoptions), 0) FROM pg_foreign_server
  UNION ALL SELECT 'mapping ' || srvname || ' ' || coalesce(cardinality(umoptions), 0) FROM pg_user_mappings
  UNION ALL SELECT 'foreign table ' || relname || ' ' || srvname FROM pg_foreign_table JOIN pg_class c ON c.oid = ftrelid JOIN pg_foreign_server s ON s.oid = ftserver
  UNION ALL SELECT 'publication ' || pubname || ' ' || puballtables || ' ' || (SELECT count(*) FROM pg_publication_rel WHERE prpubid = p.oid) FROM pg_publication p`

function rareNamesOf(schema: Schema): readonly string[] {
  const qualified = (kind: string, { namespace, name }: { readonly namespace: string; readonly name: string }) =>
    `${kind} ${namespace} ${name}`
  const elements = (lists: readonly (readonly { readonly kind: string }[])[], kind: string) =>
    lists.flat().filter((each) => each.kind === kind).length
  const families = [
    ...schema.operatorFamilies.map((family) => ({
      family,
      lists: [
        family.elements,
        ...schema.operatorClasses
          .filter((each) => each.family?.name === family.name && each.family.namespace === family.namespace)
          .map((each) => each.elements),
      ],
    })),
    ...schema.operatorClasses.filter(({ family }) => family === null).map((each) => ({ family: each, lists: [each.elements] })),
  ]
  const seen = new Map<string, number>()
  const casts = schema.casts.map(({ context, method }) => {
    const key = `${{ explicit: 'e', assignment: 'a', implicit: 'i' }[context]} ${{ function: 'f', inout: 'i', binary: 'b' }[method]}`
    seen.set(key, (seen.get(key) ?? 0) + 1)
    return `cast ${key} ${seen.get(key)}`
  })
  const count = (options: Readonly<Record<string, string>>) => Object.keys(options).length
  return [
    ...schema.baseTypes.map((type) => qualified('type', type)),
    ...schema.rangeTypes.map((type) => qualified('range', type)),
    ...schema.collations.map((each) => qualified('collation', each)),
    ...schema.operators.map((each) =>
      [qualified('operator', each), 'true', each.commutator !== null, each.negator !== null, each.merges, each.hashes].join(' '),
    ),
    ...schema.operatorClasses.map((each) => `${qualified('opclass', each)} ${each.isDefault}`),
    ...families.map(
      ({ family, lists }) => `${qualified('opfamily', family)} ${elements(lists, 'operator')} ${elements(lists, 'function')}`,
    ),
    ...casts,
    ...schema.textSearch.map(
      (each) =>
        `${qualified(each.kind, each)}${each.kind === 'configuration' ? ` ${each.mappings.reduce((sum, { dictionaries }) => sum + dictionaries.length, 0)}` : ''}`,
    ),
    ...schema.languages.map((each) => `language ${each.name} ${each.trusted}`),
    ...schema.transforms.map((each) => `transform ${each.language}`),
    ...schema.conversions.map((each) => `${qualified('conversion', each)} ${each.isDefault}`),
    ...schema.accessMethods.map((each) => `method ${each.name} ${each.kind === 'index' ? 'i' : 't'}`),
    ...schema.foreignDataWrappers.map((each) => `wrapper ${each.name} ${count(each.options)}`),
    ...schema.foreignServers.map((each) => `server ${each.name} ${count(each.options)}`),
    ...schema.userMappings.map((each) => `mapping ${each.server} ${count(each.options)}`),
    ...schema.tables.flatMap(({ name, foreign }) => (foreign ? [`foreign table ${name} ${foreign.server}`] : [])),
    ...schema.publications.map((each) => `publication ${each.name} ${each.allTables} ${each.tables.length}`),
  ]
}

function namesOf(schema: Schema): readonly string[] {
  const relations = [
    ...schema.tables.map((table) => [table.foreign ? 'f' : 'r', table] as const),
    ...schema.views.map((view) => [view.materialized ? 'm' : 'v', view] as const),
    ...schema.sequences.map((sequence) => ['S', sequence] as const),
    ...schema.tables.flatMap(({ namespace, columns }) =>
      columns.flatMap(({ identity }) => (identity ? [['S', { namespace, name: identity.sequenceName ?? '' }] as const] : [])),
    ),
  ]
  const kinds = { primaryKey: 'p', unique: 'u', foreignKey: 'f', check: 'c', exclusion: 'x' } as const
  const fire = { origin: 'O', disabled: 'D', replica: 'R', always: 'A' } as const
  const own = new Set(
    [...schema.enums, ...schema.domains, ...schema.compositeTypes, ...schema.baseTypes, ...schema.rangeTypes].map(({ name }) => name),
  )
  return [
    ...relations.map(([kind, { namespace, name }]) => `relation ${kind} ${namespace} ${name}`),
    ...schema.tables.flatMap(({ namespace, name, columns, constraints, triggers }) => [
      ...columns
        .filter(({ type }) => /^[^".]+$|^"char"$/.test(type) && !own.has(type))
        .map((column) => `column ${namespace} ${name} ${column.name} ${column.type.replace(/(\[\])+$/, '[]')}`),
      ...constraints.map((constraint) => `constraint ${namespace} ${name} ${constraint.name} ${kinds[constraint.kind]}`),
      ...triggers.map((trigger) => `trigger ${namespace} ${name} ${trigger.name} ${fire[trigger.enabled]}`),
    ]),
    ...commentsIn(schema).map((comment) => `comment ${comment}`),
    ...rareNamesOf(schema),
  ].sort()
}

const shuffled = <T>(g: fc.GeneratorValue, items: readonly T[]): readonly T[] =>
  g(() => fc.shuffledSubarray([...items], { minLength: items.length }))

/** Every comment anywhere in the model. */
function commentsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (key === 'comment' && typeof inner === 'string' ? [inner] : commentsIn(inner)))
}

test.skipIf(!url)('the order of the lists does not matter for loading', async () => {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      const schema = arbitrarySchema(g, { everything: true })
      const lists = schemaLists.map((list) => [list, shuffled<unknown>(g, schema[list])])
      const mixed = { ...schema, ...Object.fromEntries(lists) } as Schema
      const sql = exportPostgresSql(mixed).files[0]?.text ?? ''
      const names = await namesAfter(sql, ['public', ...schema.namespaces.map(({ name }) => name)]).catch((error: Error) => {
        throw new Error(`${error.message}\n${sql}`)
      })
      expect(names).toEqual(namesOf(schema))
    }),
    { numRuns: Number(process.env['SCHEMAFLOW_TEST_RUNS'] ?? 60), endOnFailure: true },
  )
})

test.skipIf(!url)('any schema loads in PostgreSQL, with every name, type and comment in it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      const schema = arbitrarySchema(g, { everything: true })
      const sql = exportPostgresSql(schema).files[0]?.text ?? ''
      const names = await namesAfter(sql, ['public', ...schema.namespaces.map(({ name }) => name)]).catch((error: Error) => {
        throw new Error(`${error.message}\n${sql}`)
      })
      expect(names).toEqual(namesOf(schema))
    }),
    { numRuns: Number(process.env['SCHEMAFLOW_TEST_RUNS'] ?? 60), endOnFailure: true },
  )
})
