import { unreachable } from '#core/unreachable.ts'
import { isEqual } from '#core/project/equal.ts'
import { displayName, type Column, type Constraint, type Index, type Table, type View } from '#core/schema/index.ts'
import type { Differences } from './differences.ts'
import { joinLists } from './join-lists.ts'
import type { Witness } from './witness.ts'

/** What the parts of a joining share. */
export interface Joint {
  readonly witness: Witness
  readonly differences: Differences
  /** Names of types that only stand for an extension's. */
  readonly standIns: ReadonlySet<string>
}

type Relation = Table | View

/** A table that both readings have: PostgreSQL's, with what it refused as the grammar read it. */
export function joinTables(grammar: Table, truth: Table, joint: Joint): Table {
  const part = parts(grammar, joint, 'tables')
  // With USING INDEX, an index becomes a constraint: the one of that name on the other side is the same thing.
  const indexed = new Set(truth.constraints.filter(hasIndex).map(({ name }) => name))
  const indexes = new Set(truth.indexes.map(({ name }) => name))
  const constraints = grammar.constraints.filter((item) => !hasIndex(item) || !indexes.has(item.name))
  const ownIndexes = grammar.indexes.filter(({ name }) => !indexed.has(name))
  const table: Table = {
    ...truth,
    columns: inOrderOf(
      truth.columns,
      part.list('column', grammar.columns, truth.columns, { join: (g, t) => joinColumns(g, t, { joint, table: grammar }) }),
    ),
    constraints: part.list('constraint', constraints, truth.constraints, { similar: constraintKeys }),
    indexes: part.list('index', ownIndexes, truth.indexes, { similar: indexKeys }),
    triggers: part.list('trigger', grammar.triggers, truth.triggers),
    policies: part.list('policy', grammar.policies, truth.policies),
    rules: part.list('rule', grammar.rules, truth.rules),
  }
  return { ...table, ...kept(grammar, truth, part.hasKept()) }
}

export function joinViews(grammar: View, truth: View, joint: Joint): View {
  const part = parts(grammar, joint, 'views')
  if (grammar.definition !== truth.definition) joint.differences.spell('queries')
  const view: View = {
    ...truth,
    indexes: part.list('index', grammar.indexes, truth.indexes, { similar: indexKeys }),
    triggers: part.list('trigger', grammar.triggers, truth.triggers),
    rules: part.list('rule', grammar.rules, truth.rules),
  }
  return { ...view, ...kept(grammar, truth, part.hasKept()) }
}

/** The order of columns is part of what a table is: PostgreSQL's holds, as long as it knows them all. */
function inOrderOf(truth: readonly Column[], joined: readonly Column[]): readonly Column[] {
  const places = new Map(truth.map(({ name }, place) => [name, place]))
  const placeOf = ({ name }: Column) => places.get(name) ?? 0
  return joined.every(({ name }) => places.has(name)) ? joined.toSorted((a, b) => placeOf(a) - placeOf(b)) : joined
}

/** What PostgreSQL cannot know here: owners are those of the scratch database, and there are no tablespaces. */
function kept<T extends Relation>(
  grammar: T,
  truth: T,
  hasTexts: boolean,
): Pick<Relation, 'owner' | 'comment' | 'tablespace' | 'searchPath'> {
  return {
    owner: grammar.owner,
    comment: truth.comment ?? grammar.comment,
    tablespace: truth.tablespace ?? grammar.tablespace,
    // PostgreSQL's texts say every namespace and mean the same under any path; the grammar's need theirs.
    searchPath: hasTexts ? grammar.searchPath : truth.searchPath,
  }
}

function joinColumns(grammar: Column, truth: Column, { joint, table }: { readonly joint: Joint; readonly table: Table }): Column {
  const { differences, standIns } = joint
  const isStandIn = standIns.has(baseName(grammar.type))
  const type = isStandIn ? grammar.type : truth.type
  const tell = (what: string) => differences.note('columns', table.name, `${displayName(table)}.${grammar.name}`, what)
  if (type !== grammar.type) tell(`its type is ${truth.type}, not ${grammar.type}`)
  if (truth.nullable !== grammar.nullable) tell(truth.nullable ? 'it can be null' : 'it cannot be null')
  const before = isNull(grammar.default) ? null : grammar.default
  if (truth.default !== before) {
    if (truth.default === null || before === null) tell(truth.default === null ? 'it has no default' : `its default is ${truth.default}`)
    else differences.spell('defaults')
  }
  return { ...truth, type, comment: truth.comment ?? grammar.comment }
}

/** DEFAULT NULL is no default. */
const isNull = (text: string | null): boolean => text !== null && /^null(?:::.*)?$/i.test(text)

/** `geometry(Point,4326)[]`, `public.geometry`: geometry. */
const baseName = (type: string): string => (/^(?:.*\.)?"?([^"(.[]+)/.exec(type)?.[1] ?? type).trim()

interface Named {
  readonly name: string
}

interface PartOptions<T extends Named> {
  readonly join?: (grammar: T, truth: T) => T
  readonly similar?: readonly ((item: T) => string | null)[]
}

/** Joins what hangs on a table or view. */
function parts(owner: Relation, { witness, differences }: Joint, list: 'tables' | 'views') {
  let keptAny = false
  const nameOf = (item: Named) => `${displayName(owner)}.${item.name}`
  const onlyGrammar =
    <T extends Named>(kind: string) =>
    (item: T): T | null => {
      const refusal = witness.refusal(owner.name, item.name) ?? witness.refusal(item.name) ?? refusalOfOwner(kind)
      if (refusal === null && witness.mayHaveTaken(item.name)) {
        differences.note(`gone ${kind}`, owner.name, nameOf(item), `the ${kind} is not there any more after all was run`)
        return null
      }
      keptAny = true
      differences.keep(list, nameOf(item), refusal ?? `PostgreSQL does not list this ${kind}`)
      return item
    }
  // A constraint or index without a name of its own is in a statement that names the table alone.
  const refusalOfOwner = (kind: string) => (kind === 'constraint' || kind === 'index' ? witness.refusal(owner.name) : null)
  return {
    list: <T extends Named>(kind: string, grammar: readonly T[], truth: readonly T[], options: PartOptions<T> = {}): readonly T[] =>
      joinLists(grammar, truth, {
        keyOf: ({ name }) => name,
        ...(options.similar && { similar: options.similar }),
        join: (g, t) => {
          if (g.name !== t.name) differences.note(`${kind} names`, owner.name, nameOf(g), `PostgreSQL names this ${kind} ${t.name}`)
          else if (kind !== 'column' && !isEqual(g, t)) differences.spell(`${kind === 'index' ? 'indexe' : kind}s`)
          return options.join ? options.join(g, t) : t
        },
        onlyGrammar: onlyGrammar(kind),
        onlyTruth: (item) => {
          differences.note(`new ${kind}`, owner.name, nameOf(item), `PostgreSQL has this ${kind} too`)
          return item
        },
      }),
    hasKept: () => keptAny,
  }
}

/** A name that PostgreSQL generates: `orders_user_id_fkey`, `orders_check1`. The grammar may have thought of another one. */
export const isGenerated = ({ name }: Named): boolean => /_(?:pkey|key|fkey|check|excl|idx|seq)\d*$/.test(name)

/** What a constraint says, for those whose name is generated. A table has one primary key, whatever its name. */
const constraintKeys: readonly ((item: Constraint) => string | null)[] = [
  (item) => {
    if (item.kind === 'primaryKey') return 'primaryKey'
    if (!isGenerated(item)) return null
    switch (item.kind) {
      case 'unique':
        return JSON.stringify([item.kind, item.columns, item.nullsNotDistinct])
      case 'foreignKey':
        return JSON.stringify([item.kind, item.columns, item.references.namespace, item.references.table])
      case 'check':
        return JSON.stringify([item.kind, wordsOf(item.expression)])
      case 'exclusion':
        return JSON.stringify([item.kind, item.elements.map(({ element, operator }) => [element.column, operator])])
      default:
        return unreachable(item)
    }
  },
  (item) => (item.kind === 'check' && isGenerated(item) ? item.kind : null),
]

const hasIndex = ({ kind }: Constraint): boolean => kind === 'primaryKey' || kind === 'unique' || kind === 'exclusion'

const indexKeys: readonly ((item: Index) => string | null)[] = [
  (item) =>
    isGenerated(item)
      ? JSON.stringify([item.unique, item.method, item.elements.map(({ column }) => column), item.predicate === null])
      : null,
]

/** The names in an expression: what stays when PostgreSQL writes it its way. */
const wordsOf = (expression: string): readonly string[] =>
  [...new Set(expression.toLowerCase().match(/[\p{L}_][\p{L}\p{N}_$]*|'[^']*'/gu) ?? [])].sort()
