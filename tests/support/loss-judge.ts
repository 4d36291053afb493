import type { Loss } from '#formats/format.ts'

// Whether a loss report is true: every difference between two catalogs is explained by an entry that names the object, and every entry
// explains one. Catalogs and differences are those of the acceptance oracle (`acceptance/oracle`).

/** One difference, as the oracle's `catalog-diff` tells it. Names in `id` are quoted where SQL would quote them. */
export interface Difference {
  readonly change: 'missing' | 'extra' | 'changed'
  readonly kind: string
  readonly id: string
  readonly expected?: Readonly<Record<string, unknown>>
  readonly actual?: Readonly<Record<string, unknown>>
  readonly attributes?: Readonly<Record<string, { readonly expected: unknown; readonly actual: unknown }>>
}

export interface Judgement {
  /** Differences that no loss explains. */
  readonly unexplained: readonly string[]
  /** Losses that explain no difference. */
  readonly unfounded: readonly string[]
}

/** What a loss code may explain. `whole`: that the object is not there, with all that is inside it. */
interface Reach {
  readonly whole?: true
  /** Attributes of the object itself, of all kinds. */
  readonly attributes?: readonly string[]
  /** Attributes of what is inside it. */
  readonly inside?: readonly string[]
  /** It may be that nothing differs: the loss tells of the code, or of what must be there before. */
  readonly silent?: true
}

const reaches: Readonly<Record<string, Reach>> = {
  'access-method': { attributes: ['accessMethod'] },
  'access-method-object': { whole: true },
  'after-tables': { whole: true, attributes: ['default', 'generated'] },
  'base-type': { whole: true },
  cast: { whole: true },
  'clustered-on': { attributes: ['clusterOn'] },
  collation: { attributes: ['collation', 'definition'] },
  'collation-object': { whole: true },
  'column-compression': { attributes: ['compression'] },
  'column-options': { attributes: ['options'] },
  'column-order': { attributes: ['columns'] },
  'column-statistics': { attributes: ['statistics'] },
  'column-storage': { attributes: ['storage'] },
  comment: { attributes: ['comment'] },
  'composite-type': { whole: true },
  'constraint-as-index': { whole: true, attributes: ['constraint', 'definition'] },
  'constraint-include': { attributes: ['definition'] },
  conversion: { whole: true },
  deferrable: { attributes: ['definition', 'deferrable', 'deferred'] },
  'delete-columns': { attributes: ['definition'] },
  domain: { whole: true, attributes: ['comment', 'constraints'] },
  'drizzle-kit-marks': { whole: true, attributes: ['default', 'generated'] },
  'empty-enum': { whole: true },
  enum: { whole: true },
  'event-trigger': { whole: true },
  'exclusion-constraint': { whole: true },
  extension: { whole: true },
  'force-row-security': { attributes: ['forceRowSecurity'] },
  'foreign-data-wrapper': { whole: true },
  'foreign-key-target': { whole: true },
  'foreign-server': { whole: true },
  'foreign-table': { whole: true },
  index: { whole: true },
  'index-as-constraint': { whole: true, attributes: ['constraint'] },
  'index-include': { attributes: ['definition'] },
  'index-statistics': { attributes: ['statistics'] },
  inheritance: { attributes: ['inherits', 'columns'], inside: ['inherited'] },
  language: { whole: true },
  match: { attributes: ['definition'] },
  name: { whole: true },
  'no-inherit': { attributes: ['noInherit', 'definition'] },
  'not-enforced': { attributes: ['definition', 'notEnforced'] },
  'not-valid': { attributes: ['notValid', 'definition'] },
  'nulls-not-distinct': { attributes: ['definition'] },
  opaque: { whole: true, silent: true },
  operator: { whole: true },
  'operator-class': { whole: true },
  'operator-family': { whole: true, silent: true },
  partition: { whole: true },
  partitioning: { attributes: ['kind', 'partitionKey'] },
  period: { attributes: ['definition'] },
  privileges: { silent: true },
  publication: { whole: true },
  'range-type': { whole: true },
  'replica-identity': { attributes: ['replicaIdentity'] },
  // Line ends of a body may be others after it stood in a comment.
  routine: { whole: true, attributes: ['definition'] },
  'row-security': { attributes: ['rowSecurity'] },
  rule: { whole: true },
  'sequence-owner': { attributes: ['ownedBy'] },
  'sequence-name': { whole: true },
  'sequence-type': { attributes: ['type', 'min', 'max'] },
  statistics: { whole: true },
  'storage-options': { attributes: ['options', 'toastOptions', 'definition'] },
  tablespace: { attributes: ['tablespace'] },
  'text-search': { whole: true },
  // The oracle does not look at them.
  transform: { whole: true, silent: true },
  trigger: { whole: true },
  'type-modifier': { attributes: ['type'] },
  'typed-table': { attributes: ['ofType'] },
  unlogged: { attributes: ['persistence'] },
  'user-mapping': { whole: true, silent: true },
  'view-column-default': { attributes: ['default'] },
  'view-columns': { silent: true },
  'view-existing': { whole: true },
  'view-index': { whole: true },
  'view-option': { attributes: ['options', 'definition'] },
  'virtual-column': { attributes: ['generated'] },
  'without-overlaps': { attributes: ['definition'] },
  // Prisma's own.
  check: { whole: true, attributes: ['definition'] },
  'domain-type': { attributes: ['type', 'default', 'notNull', 'collation'] },
  'expression-index': { whole: true },
  'foreign-key-types': { whole: true },
  'generated-column': { attributes: ['generated', 'default'] },
  identity: { attributes: ['identity', 'default', 'sequence'] },
  'index-opclass': { attributes: ['definition'] },
  'list-not-null': { attributes: ['notNull'] },
  'nulls-order': { attributes: ['definition'] },
  policy: { whole: true },
  sequence: { whole: true, attributes: ['start', 'increment', 'min', 'max', 'cache', 'cycle', 'type', 'ownedBy'] },
  'sequence-options': { whole: true, attributes: ['default', 'sequence', 'start', 'increment', 'min', 'max', 'cache', 'cycle', 'type'] },
  'serial-nullable': { attributes: ['notNull'] },
  'shared-sequence': { attributes: ['default', 'sequence'] },
  'unbounded-char': { attributes: ['type'] },
  'view-query': { whole: true },
}

type Indexes = Readonly<Record<string, { readonly definition?: string }>>

/** It was made beforehand, as the report asks. */
const isPrerequisite = ({ hint = '' }: Loss): boolean => hint.includes('before its tables') || hint.startsWith('Run CREATE EXTENSION')

/** Holds a loss report against what really differs. `indexes` are those of the wanted catalog: their definitions tell their tables. */
export function judgeLosses(differences: readonly Difference[], losses: readonly Loss[], indexes: Indexes = {}): Judgement {
  const byObject = new Map<string, Loss[]>()
  for (const loss of losses) for (const object of objectsOf(loss)) byObject.set(object, [...(byObject.get(object) ?? []), loss])
  const founded = new Set<Loss>()
  const unexplained: string[] = []
  for (const difference of differences) {
    const paths = pathsOf(difference, indexes)
    const own = [...paths.flatMap((path) => byObject.get(path) ?? []), ...renamedTo(difference, losses)]
    const above = paths.flatMap(prefixes).flatMap((path) => byObject.get(path) ?? [])
    const below =
      difference.kind === 'table' ? losses.filter(({ code, object }) => code === 'name' && object.startsWith(`${paths[0]}.`)) : []
    const reasons = difference.change === 'changed' ? changeReasons(difference, { own, above, below }) : wholeReasons(own, above)
    for (const loss of reasons.found) founded.add(loss)
    // What says something about an object that is lost whole says it in vain, but not falsely.
    if (difference.change !== 'changed') for (const loss of own) founded.add(loss)
    if (!reasons.complete) unexplained.push(told(difference, reasons.rest))
  }
  const unfounded = losses.filter((loss) => !founded.has(loss) && !reaches[loss.code]?.silent && !isPrerequisite(loss))
  return { unexplained, unfounded: unfounded.map(({ code, object, message }) => `${code} ${object}: ${message}`) }
}

interface Reasons {
  readonly found: readonly Loss[]
  readonly complete: boolean
  readonly rest: readonly string[]
}

function wholeReasons(own: readonly Loss[], above: readonly Loss[]): Reasons {
  const found = [...own, ...above].filter(({ code }) => reaches[code]?.whole)
  return { found, complete: found.length > 0, rest: [] }
}

function changeReasons(
  { attributes = {} }: Difference,
  { own, above, below }: Readonly<Record<'own' | 'above' | 'below', readonly Loss[]>>,
): Reasons {
  const found: Loss[] = []
  const rest = Object.keys(attributes).filter((name) => {
    const reasons = [
      ...own.filter(({ code }) => reaches[code]?.attributes?.includes(name)),
      ...above.filter(({ code }) => reaches[code]?.inside?.includes(name)),
      // An index of a partitioned table is printed ON ONLY.
      ...(isOnlyOnly(attributes[name]) ? above.filter(({ code }) => code === 'partitioning') : []),
      ...(name === 'columns' ? below : []),
    ]
    found.push(...reasons)
    return reasons.length === 0
  })
  return { found, complete: rest.length === 0, rest }
}

const isOnlyOnly = (values: { readonly expected: unknown; readonly actual: unknown } | undefined): boolean =>
  String(values?.expected).replace(' ON ONLY ', ' ON ') === values?.actual

/** A sequence that is there under another name: the loss tells which. */
const renamedTo = ({ change, kind, id }: Difference, losses: readonly Loss[]): readonly Loss[] =>
  change === 'extra' && kind === 'sequence'
    ? losses.filter(({ code, message }) => code === 'sequence-name' && message.endsWith(`it is ${parts(id).at(-1)} instead.`))
    : []

/** What a loss names: what a statement defines may be several objects, and a routine's arguments are spelt in many ways. */
function objectsOf({ code, object }: Loss): readonly string[] {
  if (code === 'routine') return [object.replace(/\(.*$/s, '')]
  return code === 'opaque' ? object.split(', ') : [object]
}

/** The object as a loss may name it: without quotes, an index with its table, a routine without its arguments. */
function pathsOf({ kind, id: given, expected, actual, attributes }: Difference, indexes: Indexes): readonly string[] {
  // The oracle numbers what is called like a member of every object.
  const id = given.replace(/ #\d+$/, '')
  if (kind === 'cast' || kind === 'extension' || kind === 'schema') return [id, unquoted(id)]
  const signature = id.indexOf('(')
  if (['function', 'procedure', 'aggregate'].includes(kind)) return [unquoted(id.slice(0, signature))]
  if (kind === 'operator') return [id.replace(/\((.*),(.*)\)$/, '($1, $2)')]
  if (kind === 'operatorClass' || kind === 'operatorFamily') return [id]
  // The sequence of an identity is part of its column.
  if (kind === 'sequence' && expected?.['identity']) return [unquoted(id), unquoted(String(expected['ownedBy']))]
  if (kind !== 'index') return [unquoted(id)]
  const definition = expected?.definition ?? actual?.definition ?? attributes?.definition?.expected ?? indexes[id]?.definition
  const table = / ON (?:ONLY )?((?:"(?:[^"]|"")+"|[^\s."]+)\.(?:"(?:[^"]|"")+"|[^\s."]+)) USING/.exec(String(definition))?.[1]
  const name = parts(id).at(-1) ?? ''
  return table ? [`${unquoted(table)}.${name}`, unquoted(id)] : [unquoted(id)]
}

function parts(id: string): readonly string[] {
  return [...id.matchAll(/"((?:[^"]|"")*)"|[^."]+/g)].map(([whole, quoted]) => quoted?.replaceAll('""', '"') ?? whole)
}
const unquoted = (id: string): string => parts(id).join('.')

/** `a.b.c` -> `a.b`, `a`: dots inside names only make for prefixes that nobody is called. */
function prefixes(path: string): readonly string[] {
  const found: string[] = []
  for (let at = path.lastIndexOf('.'); at > 0; at = path.lastIndexOf('.', at - 1)) found.push(path.slice(0, at))
  return found
}

function told({ change, kind, id, attributes = {} }: Difference, rest: readonly string[]): string {
  const values = rest.map((name) => `${name}: ${JSON.stringify(attributes[name]?.expected)} -> ${JSON.stringify(attributes[name]?.actual)}`)
  return [`${change} ${kind} ${id}`, ...values].join('; ').slice(0, 700)
}
