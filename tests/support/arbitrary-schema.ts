import fc from 'fast-check'
import { quoteLiteral, quoteName, quoteQualified } from '#core/dialects/postgres.ts'
import {
  aCheck,
  aColumn,
  aCompositeType,
  aDomain,
  aForeignKey,
  aGenerated,
  anArgument,
  anEnum,
  anEventTrigger,
  anIdentity,
  anIndex,
  anIndexElement,
  aNamespace,
  aPolicy,
  aPrimaryKey,
  aRoutine,
  aRule,
  aSchema,
  aSequence,
  aSequenceOptions,
  aStatistics,
  aTable,
  aTrigger,
  aUnique,
  aView,
  type Column,
  type CompositeType,
  type Constraint,
  type Domain,
  type Enum,
  type Index,
  type ObjectName,
  type Routine,
  type Schema,
  type Sequence,
  type Statistics,
  type Table,
  type View,
} from '#core/schema/index.ts'

import {
  collation,
  equality,
  extending,
  foreignData,
  ownType,
  publications,
  rangeType,
  strayOperators,
  textSearch,
} from './arbitrary-objects.ts'
import { bytes, Chooser, hostile } from './chooser.ts'

type Values = fc.GeneratorValue

/**
 * A schema that PostgreSQL accepts, in the form in which the importer gives it (identity sequences named, types as `format_type` spells them).
 * For use inside a property: `fc.property(fc.gen(), (g) => { const schema = arbitrarySchema(g) … })`. One seed decides nearly all of it, which is a
 * hundred times faster than asking fast-check for every name; what shrinks is the number of tables. `everything`: with the kinds that few schemas
 * have: own types, operators, foreign tables, text search, publications …
 */
export function arbitrarySchema(g: Values, { everything = false } = {}): Schema {
  const maker = new Maker(g(fc.nat))
  const count = g(fc.integer, { min: 0, max: 5 })
  const namespaces = maker.times(0, 2, () => aNamespace({ name: maker.namespaceName(), comment: maker.comment() }))
  maker.namespaces = ['public', ...namespaces.map(({ name }) => name)]
  const rare = everything ? maker.rareObjects() : aSchema({})
  const enums = maker.times(0, 2, () => maker.enumType())
  const compositeTypes = maker.times(0, 1, () => maker.compositeType())
  const domains = maker.times(0, 2, () => maker.domain())
  const sequences = maker.times(0, 2, () => maker.sequence())
  const routines = [...rare.routines, ...maker.times(0, 3, () => maker.routine())]
  const foreign = rare.foreignServers.flatMap((server) => maker.times(0, 1, () => maker.foreignTable(server.name)))
  const tables = [...maker.tables(count, sequences), ...foreign]
  const views = maker.times(0, 2, () => maker.view(tables)).filter((view) => view !== undefined)
  const statistics = maker.times(0, 1, () => maker.statistics(tables)).filter((each) => each !== undefined)
  return {
    ...rare,
    namespaces,
    enums,
    compositeTypes,
    domains,
    sequences,
    routines,
    tables,
    views,
    statistics,
    publications: everything ? publications(maker, tables) : [],
    eventTriggers: maker.eventTriggers(),
  }
}

class Maker extends Chooser {
  private readonly userTypes: string[] = []
  private trigger: ObjectName | undefined
  private eventFunction: ObjectName | undefined
  private readonly collations: string[] = []
  private readonly sortable = new Set<string>()
  private tableMethods: readonly string[] = []

  /** Names with `pg_` are PostgreSQL's own. */
  namespaceName(): string {
    const name = this.name()
    return name.startsWith('pg_') || name === 'public' ? this.namespaceName() : name
  }

  /** Kinds that few schemas have, remembered so that tables use them. */
  rareObjects(): Schema {
    const collations = this.times(0, 2, () => collation(this))
    this.collations.push(...collations.map((each) => quoteQualified(each)))
    const own = this.times(0, 2, () => ownType(this))
    for (const { type } of own) {
      this.userTypes.push(quoteQualified(type))
      this.sortable.add(quoteQualified(type))
    }
    const ranges = this.times(0, 1, () => rangeType(this, this.pick(['integer', 'text', ...this.sortable])))
    for (const range of ranges) this.userTypes.push(quoteQualified(range))
    const equal = this.chance() ? [equality(this)] : []
    const server = extending(this, own[0] && quoteQualified(own[0].type))
    this.tableMethods = server.accessMethods.filter(({ kind }) => kind === 'table').map(({ name }) => name)
    return aSchema({
      ...server,
      ...foreignData(this),
      collations,
      baseTypes: own.map(({ type }) => type),
      rangeTypes: ranges,
      routines: [...own.flatMap(({ routines }) => routines), ...equal, ...server.routines],
      operators: [...own.flatMap(({ operators }) => operators), ...equal.flatMap((routine) => strayOperators(this, routine))],
      operatorFamilies: own.flatMap(({ families }) => families),
      operatorClasses: own.flatMap(({ classes }) => classes),
      casts: own.flatMap(({ casts }) => casts),
      textSearch: this.chance() ? textSearch(this) : [],
    })
  }

  foreignTable(server: string): Table {
    const columns = this.names(this.integer(1, 3)).map((name) =>
      aColumn({
        name,
        type: this.plainType(),
        nullable: this.chance(),
        foreignOptions: this.chance() ? { [this.pick(hostile)]: this.pick(["it's", 'x', '']) } : {},
        comment: this.comment(),
      }),
    )
    return aTable({
      ...this.objectName(),
      columns,
      foreign: { server, options: { [this.pick(hostile)]: "it's" } },
      comment: this.comment(),
    })
  }

  enumType(): Enum {
    const type = anEnum({
      ...this.objectName(),
      values: this.times(0, 4, (n) => `${this.pick(['', 'a b', "it's", 'É', 'x'])}${n}`),
      comment: this.comment(),
    })
    if (type.values.length > 0) this.userTypes.push(quoteQualified(type))
    return type
  }

  compositeType(): CompositeType {
    const names = this.names(this.integer(1, 3))
    const type = aCompositeType({
      ...this.objectName(),
      attributes: names.map((name) => ({ name, type: this.plainType(), collation: null, comment: this.comment() })),
      comment: this.comment(),
    })
    this.userTypes.push(quoteQualified(type))
    return type
  }

  domain(): Domain {
    const constraints = this.times(0, 2, () => ({
      name: this.name(),
      expression: "VALUE <> 'x'::text",
      validated: true,
      comment: this.comment(),
    }))
    const domain = aDomain({
      ...this.objectName(),
      type: 'text',
      default: this.chance() ? "'d'::text" : null,
      nullable: !this.chance(),
      constraints,
      comment: this.comment(),
    })
    this.userTypes.push(quoteQualified(domain))
    return domain
  }

  sequence(): Sequence {
    const options = this.chance()
      ? { start: '1000', increment: '5', cache: '3', cycle: true }
      : this.chance()
        ? { min: '-5', start: '7', max: '90' }
        : {}
    return aSequence({ ...this.objectName(), type: this.pick(['bigint', 'integer', 'smallint']), ...options, comment: this.comment() })
  }

  routine(): Routine {
    if (!this.trigger) return this.triggerFunction()
    const name = this.objectName()
    const names = this.names(this.integer(0, 3))
    const out = names.length > 0 && this.chance()
    return aRoutine({
      ...name,
      arguments: names.map((each, n) =>
        anArgument({ name: this.chance(0.8) ? each : null, type: this.plainType(), mode: out && n === names.length - 1 ? 'out' : 'in' }),
      ),
      returns: out ? null : this.pick(['integer', 'text[]']),
      ...this.routineProperties(),
      comment: this.comment(),
    })
  }

  private triggerFunction(): Routine {
    const name = this.objectName()
    this.trigger = name
    const text = this.pick(['\nBEGIN\n  RETURN NEW;\nEND;\n', " BEGIN RETURN NULL; -- $$ it's\n END "])
    return aRoutine({
      ...name,
      returns: 'trigger',
      language: 'plpgsql',
      body: { kind: 'string', text },
      comment: this.comment(),
      settings: this.chance() ? { search_path: "'public'" } : {},
    })
  }

  private routineProperties() {
    const body = { kind: 'string', text: this.pick(['SELECT 1', "SELECT '$$'", 'SELECT 1 -- end']) } as const
    return {
      language: 'plpgsql',
      body: { ...body, text: `BEGIN ${body.text}; END` },
      volatility: this.pick(['volatile', 'stable', 'immutable'] as const),
      strict: this.chance(),
      securityDefiner: this.chance(),
      parallel: this.pick(['unsafe', 'safe'] as const),
      cost: this.chance() ? '7' : null,
    }
  }

  plainType(): string {
    const types = [
      'integer',
      'bigint',
      'smallint',
      'text',
      'character varying(20)',
      'character varying',
      'character(3)',
      'bpchar',
      'boolean',
      'uuid',
      'jsonb',
      'bytea',
      'date',
      'numeric(12,2)',
      'numeric',
      'double precision',
      'timestamp with time zone',
      'timestamp(3) without time zone',
      'time(0) with time zone',
      'interval',
      'interval day to second(3)',
      'inet',
      'int4range',
      'tsvector',
      'bit(3)',
      'bit varying(5)',
      '"char"',
      'text[]',
      'integer[][]',
      'timestamp with time zone[]',
    ]
    return this.pick(types)
  }

  tables(count: number, sequences: Sequence[]): Table[] {
    const names = Array.from({ length: count }, () => this.objectName())
    const tables: Table[] = []
    for (const name of names) tables.push(this.table(name, tables, sequences))
    // A foreign key to a table that comes later.
    const [first] = tables
    const key = tables.at(-1)?.constraints.find((constraint) => constraint.kind === 'primaryKey')
    const last = tables.at(-1)
    if (first && last && first !== last && key?.kind === 'primaryKey' && this.chance(0.7)) {
      const column = aColumn({
        name: `fk ${this.used.size}`,
        type: last.columns.find(({ name }) => name === key.columns[0])?.type ?? 'integer',
      })
      const foreign = aForeignKey({
        name: this.name(),
        columns: [column.name],
        references: { namespace: last.namespace, table: last.name, columns: key.columns.slice(0, 1) },
      })
      if (key.columns.length === 1)
        tables[0] = { ...first, columns: [...first.columns, column], constraints: [...first.constraints, foreign] }
    }
    return tables
  }

  private table(name: ObjectName, before: readonly Table[], sequences: Sequence[]): Table {
    const names = this.names(this.integer(1, 6))
    const columns = names.map((each) => this.column(name, each, sequences))
    const constraints: Constraint[] = []
    if (this.chance(0.7)) {
      const key = columns.findIndex(({ type, generated }) => keyTypes.has(type) && !generated)
      const column = columns[key]
      if (column) {
        columns[key] = { ...column, nullable: false }
        constraints.push(aPrimaryKey({ name: this.constraintName(name, 'pkey'), columns: [column.name], comment: this.comment() }))
      }
    }
    const plain = columns.filter(({ type }) => keyTypes.has(type))
    const [a, b] = plain
    if (a && b && this.chance())
      constraints.push(
        aUnique({
          name: this.name(),
          columns: [a.name, b.name],
          nullsNotDistinct: false,
          deferrable: this.chance(),
          comment: this.comment(),
        }),
      )
    if (a && this.chance(0.5))
      constraints.push(
        aCheck({ name: this.name(), expression: `${quoteName(a.name)} > 0`, noInherit: this.chance(), comment: this.comment() }),
      )
    const unvalidated =
      a && this.chance(0.1) ? [aCheck({ name: this.name(), expression: `${quoteName(a.name)} < 100`, validated: false })] : []
    for (const target of before) {
      const key = target.constraints.find((each) => each.kind === 'primaryKey')
      const type = target.columns.find(({ name: each }) => key?.kind === 'primaryKey' && each === key.columns[0])?.type
      const column = columns.find((each) => each.type === type && !each.generated)
      if (!key || key.kind !== 'primaryKey' || !column || !this.chance(0.6)) continue
      const actions = ['noAction', 'restrict', 'cascade', 'setNull', 'setDefault'] as const
      const references = { namespace: target.namespace, table: target.name, columns: key.columns }
      constraints.push(
        aForeignKey({
          name: this.name(),
          columns: [column.name],
          references,
          onDelete: this.pick(actions),
          onUpdate: this.pick(actions),
          match: this.pick(['simple', 'full']),
          ...this.deferral(),
          comment: this.comment(),
        }),
      )
    }
    const table = aTable({
      ...name,
      columns,
      constraints: [...constraints, ...unvalidated],
      unlogged: false,
      accessMethod: this.tableMethods.length > 0 && this.chance() ? this.pick(this.tableMethods) : null,
      comment: this.comment(),
      options: this.chance(0.2) ? { fillfactor: '70', 'toast.autovacuum_enabled': 'false' } : {},
    })
    return { ...table, indexes: this.indexes(table), ...this.hanging(table) }
  }

  private deferral() {
    const deferrable = this.chance()
    return { deferrable, initiallyDeferred: deferrable && this.chance() }
  }

  private constraintName(table: ObjectName, label: string): string {
    const generated = `${table.name}_${label}`
    if (bytes(generated) > 63 || this.used.has(generated) || this.chance()) return this.name()
    this.used.add(generated)
    return generated
  }

  private column(table: ObjectName, name: string, sequences: Sequence[]): Column {
    const kind = this.integer(0, 9)
    if (kind === 0) {
      const sequenceName = this.name()
      const sequence = this.chance() ? aSequenceOptions({ start: '10', increment: '2' }) : aSequenceOptions({})
      return aColumn({
        name,
        type: this.pick(['integer', 'bigint']),
        nullable: false,
        identity: anIdentity({ kind: this.pick(['always', 'byDefault']), sequenceName, sequence }),
      })
    }
    if (kind === 1) {
      const sequence = aSequence({
        namespace: table.namespace,
        name: this.name(),
        type: 'integer',
        ownedBy: { namespace: table.namespace, table: table.name, column: name },
      })
      sequences.push(sequence)
      return aColumn({ name, type: 'integer', nullable: false, default: `nextval(${quoteLiteral(quoteQualified(sequence))}::regclass)` })
    }
    if (kind === 2)
      return aColumn({ name, type: 'text', generated: aGenerated({ expression: "'a'::text || 'b'::text" }), comment: this.comment() })
    if (kind === 3 && this.userTypes.length > 0) return aColumn({ name, type: this.pick(this.userTypes), comment: this.comment() })
    const type = this.plainType()
    const storage = type === 'text' && this.chance() ? this.pick(['plain', 'external', 'main'] as const) : null
    return aColumn({
      name,
      type,
      nullable: this.chance(0.6),
      default: this.defaultOf(type),
      storage,
      collation: type === 'text' && this.chance(0.2) ? this.pick(['"C"', ...this.collations]) : null,
      statistics: this.chance(0.1) ? 500 : null,
      comment: this.comment(),
    })
  }

  private defaultOf(type: string): string | null {
    if (this.chance(0.6)) return null
    if (type === 'integer' || type === 'bigint' || type === 'smallint') return this.pick(['0', '-1', '1 + 2', "'5'::integer"])
    if (type === 'text') return this.pick(["'it''s'::text", "'a' || 'b'", 'CURRENT_USER', "'--'"])
    return type === 'boolean' ? this.pick(['true', 'NOT false', '1 IN (1, 2)']) : null
  }

  private indexes(table: Table): Index[] {
    const keyed = table.columns.filter(({ type }) => keyTypes.has(type) || type === 'text' || this.sortable.has(type))
    if (keyed.length === 0) return []
    return this.times(0, 2, () => {
      const column = this.pick(keyed)
      const expression = column.type === 'text' ? `lower(${quoteName(column.name)})` : `${quoteName(column.name)} + 1`
      const element =
        this.chance() && !this.sortable.has(column.type)
          ? anIndexElement({ expression })
          : anIndexElement({ column: column.name, order: this.chance() ? 'desc' : null, nulls: this.chance(0.2) ? 'last' : null })
      return anIndex({
        name: this.name(),
        unique: this.chance(),
        elements: [element.order === null && element.nulls === 'last' ? { ...element, nulls: null } : element],
        predicate: this.chance() ? `${quoteName(column.name)} IS NOT NULL` : null,
        options: this.chance(0.2) ? { fillfactor: '90' } : {},
        comment: this.comment(),
      })
    })
  }

  private hanging(table: Table): Pick<Table, 'triggers' | 'policies' | 'rules' | 'rowSecurity'> {
    const { trigger } = this
    const [column] = table.columns
    const triggers =
      trigger && column
        ? this.times(0, 1, () =>
            aTrigger({
              name: this.pick(hostile),
              timing: this.pick(['before', 'after']),
              events: [
                { kind: 'insert', columns: [] },
                { kind: 'update', columns: this.chance() ? [column.name] : [] },
              ],
              forEach: 'row',
              function: trigger,
              arguments: this.chance() ? ["it's", ''] : [],
              enabled: this.pick(['origin', 'disabled', 'always', 'replica']),
              comment: this.comment(),
            }),
          )
        : []
    const policies = this.times(0, 1, () =>
      aPolicy({
        name: this.pick(hostile),
        permissive: this.chance(),
        command: 'select',
        using: 'true',
        roles: this.chance() ? ['postgres'] : [],
        comment: this.comment(),
      }),
    )
    const rules = this.times(0, 1, () =>
      aRule({ name: this.pick(hostile), event: 'delete', instead: this.chance(), commands: 'NOTHING', comment: this.comment() }),
    )
    return { triggers, policies, rules, rowSecurity: this.chance() }
  }

  view(all: readonly Table[]): View | undefined {
    // Nobody answers for a foreign table.
    const tables = all.filter(({ foreign }) => !foreign)
    if (tables.length === 0) return undefined
    const table = this.pick(tables)
    const [column] = table.columns
    const materialized = this.chance()
    return aView({
      ...this.objectName(),
      materialized,
      definition: `SELECT t.${quoteName(column?.name ?? '')} AS a FROM ${quoteQualified(table)} AS t`,
      columns: this.chance() ? [{ name: 'a', default: null, comment: 'é' }] : [],
      withData: !materialized || this.chance(),
      comment: this.comment(),
      options: !materialized && this.chance() ? { security_barrier: 'true' } : {},
    })
  }

  statistics(tables: readonly Table[]): Statistics | undefined {
    const table = tables.find(({ columns }) => columns.filter(({ type }) => keyTypes.has(type)).length > 1)
    if (!table) return undefined
    const elements = table.columns
      .filter(({ type }) => keyTypes.has(type))
      .slice(0, 2)
      .map(({ name }) => quoteName(name))
    return aStatistics({
      ...this.objectName(),
      kinds: this.chance() ? ['dependencies'] : [],
      elements,
      table: { namespace: table.namespace, name: table.name },
      target: this.chance() ? 100 : null,
      comment: this.comment(),
    })
  }

  eventTriggers(): Schema['eventTriggers'] {
    const { eventFunction } = this
    return eventFunction ? [anEventTrigger({ name: this.name(), event: 'ddl_command_start', function: eventFunction })] : []
  }
}

const keyTypes = new Set(['integer', 'bigint', 'smallint'])
