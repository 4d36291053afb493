import type { Diagnostic } from '#core/diagnostic.ts'
import { isEqual } from '#core/project/equal.ts'
import { aSchema, displayName, identityOf, schemaLists, type Schema, type SchemaList, type Sequence } from '#core/schema/index.ts'
import { Differences } from './differences.ts'
import { joinLists, type Joining } from './join-lists.ts'
import { joinOpaque } from './join-opaque.ts'
import { joinPrivileges } from './join-privileges.ts'
import { isGenerated, joinTables, joinViews, type Joint } from './join-tables.ts'
import type { Unverified } from './types.ts'
import { noWitness, type Witness } from './witness.ts'

export interface Joined {
  readonly schema: Schema
  readonly unverified: readonly Unverified[]
  /** Where PostgreSQL says otherwise than the grammar read it: information, grouped. */
  readonly diagnostics: readonly Diagnostic[]
}

export interface JoinOptions {
  readonly witness?: Witness
  /** Types that only stand for those of an extension that is not there. */
  readonly standIns?: ReadonlySet<string>
}

/**
 * Joins the grammar's reading of SQL with PostgreSQL's: by identity, and inside tables by name. Order, and what PostgreSQL refused, come from the grammar;
 * everything else from PostgreSQL. Joining a schema with itself gives that schema. An object of either side is in the result, unless the witness
 * knows of code that took it away.
 */
export function joinReadings(grammar: Schema, truth: Schema, { witness = noWitness, standIns = new Set() }: JoinOptions = {}): Joined {
  const differences = new Differences(witness)
  const joint: Joint = { witness, differences, standIns }
  const joined: Record<string, unknown> = { dialect: grammar.dialect }
  for (const list of schemaLists) joined[list] = joinList(list, grammar, truth, joint)
  return { schema: aSchema(joined), unverified: differences.unverified, diagnostics: differences.diagnostics() }
}

function joinList(list: SchemaList, grammar: Schema, truth: Schema, joint: Joint): readonly unknown[] {
  if (list === 'opaque') return joinOpaque(grammar.opaque, truth.opaque, joint.witness)
  if (list === 'privileges') return joinPrivileges(grammar, truth)
  return joinObjects(list, grammar, truth, joint)
}

type ObjectList = Exclude<SchemaList, 'opaque' | 'privileges'>

function joinObjects<L extends ObjectList>(list: L, grammar: Schema, truth: Schema, joint: Joint): readonly Schema[L][number][] {
  type Item = Schema[L][number]
  const ours = grammar[list] as readonly Item[]
  const theirs = truth[list] as readonly Item[]
  const owners = new Set(ours.map(ownerOf))
  const joining: Joining<Item> = {
    keyOf: (item) => keyOf(list, item),
    similar: similarKeys(list),
    join: (g, t) => joinPair(list, g, t, joint),
    onlyGrammar: (item) => onlyGrammar(list, item, joint),
    onlyTruth: (item) => onlyTruth(list, item, { joint, owners }),
  }
  return joinLists(ours, theirs, joining)
}

function onlyTruth<L extends ObjectList>(
  list: L,
  item: Schema[L][number],
  { joint, owners }: { readonly joint: Joint; readonly owners: ReadonlySet<unknown> },
): Schema[L][number] {
  // Said already, where it was put there.
  if (list === 'extensions') return { ...item, version: null, comment: null }
  joint.differences.note(
    `new ${list}`,
    nameOf(item),
    `${words[list]} ${labelOf(item)}`,
    'only PostgreSQL knows of it: code that ran made it',
  )
  // The owner of what code made is whoever owns the scratch database.
  return 'owner' in item && !owners.has(item.owner) ? { ...item, owner: null } : item
}

const ownerOf = (item: object): unknown => ('owner' in item ? item.owner : null)

/** Identity as PostgreSQL has it; where it speaks of types, `public` may be said or not. */
const keyOf = <L extends ObjectList>(list: L, item: Schema[L][number]): string =>
  identityOf(list, item).replaceAll(/(?<![\w"$.])public\./g, '')

function joinPair<L extends ObjectList>(list: L, g: Schema[L][number], t: Schema[L][number], joint: Joint): Schema[L][number] {
  // Each list has its own type; the compiler does not follow that `list` says which.
  const [ours, theirs] = [g, t] as unknown as readonly [never, never]
  switch (list) {
    case 'tables':
      return joinTables(ours, theirs, joint) as Schema[L][number]
    case 'views':
      return joinViews(ours, theirs, joint) as Schema[L][number]
    // Which version, and where to, is the source's business; the comment is the extension's own unless the source says another.
    case 'extensions':
      return g
    default: {
      if (!isEqual(g, t)) joint.differences.spell(words[list] + 's')
      return { ...t, ...('owner' in g && { owner: g.owner }), ...('comment' in t && 'comment' in g && { comment: t.comment ?? g.comment }) }
    }
  }
}

function onlyGrammar<L extends ObjectList>(list: L, item: Schema[L][number], { witness, differences }: Joint): Schema[L][number] | null {
  const name = nameOf(item)
  // It is always there, and never listed.
  if (list === 'extensions' && name === 'plpgsql') return item
  const refusal = witness.refusal(name) ?? refusalOfOwner(list, item, witness)
  if (refusal === null && takable.has(list) && witness.mayHaveTaken(name)) {
    differences.note(`gone ${list}`, name, `${words[list]} ${labelOf(item)}`, 'it is not there any more after all was run')
    return null
  }
  differences.keep(list, labelOf(item), refusal ?? 'PostgreSQL does not list it')
  return item
}

/** The sequence of a serial column comes with its table, whose statement does not name it. */
const refusalOfOwner = <L extends ObjectList>(list: L, item: Schema[L][number], witness: Witness): string | null => {
  const owner = list === 'sequences' ? (item as Sequence).ownedBy : null
  return owner && witness.refusal(owner.table)
}

/** What code is seen to take away. Anything else stays when it is missing: better once too much than lost. */
const takable: ReadonlySet<SchemaList> = new Set(['tables', 'views', 'routines', 'sequences', 'enums', 'domains', 'compositeTypes'])

/** How things whose identity differs are still known to be the same. */
function similarKeys<L extends ObjectList>(list: L): readonly ((item: Schema[L][number]) => string | null)[] {
  // A type may be found in another namespace than the grammar thought.
  if (list === 'routines') return [(item) => identityOf(list, item).replaceAll(/(?:"(?:[^"]|"")+"|[\p{L}\p{N}_$]+)\./gu, '')]
  // The sequence of a serial column, whose name PostgreSQL generates.
  if (list === 'sequences') return [(item) => ownerKey(item as Sequence)]
  return []
}

const ownerKey = (item: Sequence): string | null => (item.ownedBy && isGenerated(item) ? JSON.stringify(item.ownedBy) : null)

const nameOf = (item: object): string => {
  if ('name' in item && typeof item.name === 'string') return item.name
  if ('source' in item && 'target' in item) return String(item.source)
  if ('type' in item) return String(item.type)
  return 'server' in item ? String(item.server) : ''
}

const labelOf = (item: object): string => {
  if ('source' in item && 'target' in item) return `(${String(item.source)} AS ${String(item.target)})`
  const name = nameOf(item)
  return 'namespace' in item && typeof item.namespace === 'string' && 'name' in item
    ? displayName({ namespace: item.namespace, name })
    : name
}

const words: { readonly [L in ObjectList]: string } = {
  namespaces: 'schema',
  extensions: 'extension',
  enums: 'enum',
  domains: 'domain',
  compositeTypes: 'composite type',
  rangeTypes: 'range type',
  baseTypes: 'base type',
  collations: 'collation',
  sequences: 'sequence',
  tables: 'table',
  views: 'view',
  routines: 'routine',
  eventTriggers: 'event trigger',
  statistics: 'statistics object',
  operators: 'operator',
  operatorFamilies: 'operator family',
  operatorClasses: 'operator class',
  casts: 'cast',
  textSearch: 'text search object',
  languages: 'language',
  transforms: 'transform',
  conversions: 'conversion',
  accessMethods: 'access method',
  foreignDataWrappers: 'foreign-data wrapper',
  foreignServers: 'foreign server',
  userMappings: 'user mapping',
  publications: 'publication',
}
