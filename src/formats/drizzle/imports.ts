import { braces, layOut } from '../shared/code/layout.ts'

const fromOrm = ['relations', 'sql'] as const
const fromCore = [
  ...['bigint', 'bigserial', 'bit', 'boolean', 'char', 'check', 'cidr', 'customType', 'date', 'doublePrecision', 'foreignKey', 'halfvec'],
  ...['index', 'inet', 'integer', 'interval', 'json', 'jsonb', 'line', 'macaddr', 'macaddr8', 'numeric', 'pgEnum', 'pgMaterializedView'],
  ...[
    'pgPolicy',
    'pgRole',
    'pgSchema',
    'pgSequence',
    'pgTable',
    'pgView',
    'point',
    'primaryKey',
    'real',
    'serial',
    'smallint',
    'smallserial',
  ],
  ...['sparsevec', 'text', 'time', 'timestamp', 'unique', 'uniqueIndex', 'uuid', 'varchar', 'vector', 'PgTableExtraConfigValue'],
]

/** Every name the generated module may import: nothing it exports is called so. */
export const importable: readonly string[] = [...fromOrm, ...fromCore]

/** Collects what the generated code uses. */
export class Imports {
  private readonly used = new Set<string>()

  /** Notes the use of a name and gives it back. */
  use(name: string): string {
    this.used.add(name)
    return name
  }

  /** The import statements, one name per line where there are many. */
  lines(): readonly string[] {
    const orm = fromOrm.filter((name) => this.used.has(name))
    const core = fromCore.filter((name) => this.used.has(name)).map((name) => (/^[A-Z]/.test(name) ? `type ${name}` : name))
    return [...(orm.length > 0 ? [imported(orm, 'drizzle-orm')] : []), ...(core.length > 0 ? [imported(core, 'drizzle-orm/pg-core')] : [])]
  }
}

const imported = (names: readonly string[], from: string): string => layOut('import ', braces(names), ` from '${from}';`)
