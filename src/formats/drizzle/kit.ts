import { unquoteNames } from '#core/dialects/postgres.ts'
import { DEFAULT_NAMESPACE, type Enum } from '#core/schema/index.ts'
import type { ResolvedType } from '../shared/orm/catalog.ts'
import { Scanner } from '../shared/sql/scanner.ts'

// What drizzle-kit 0.31 does to names and texts on their way to SQL. It packs constraints and indexes into strings with `;`, `,` and `--`
// between their parts, and writes types between double quotes unless they begin with a word it knows. Read from its source, tested in kit.pg.test.ts.

/** Types that drizzle-kit writes as they are: everything that begins with one of these. */
const rawPrefixes = [
  ...['uuid', 'smallint', 'integer', 'bigint', 'boolean', 'text', 'varchar', 'serial', 'bigserial', 'decimal', 'numeric', 'real', 'json'],
  ...['time', 'date', 'interval', 'double precision', 'char', 'vector', 'geometry', 'halfvec', 'sparsevec', 'bit'],
]

/** Whether drizzle-kit writes a type with this name without quotes and without its namespace. */
export const isWrittenRaw = (type: string): boolean => rawPrefixes.some((prefix) => type.startsWith(prefix))

const isSimple = (name: string): boolean => /^[a-z_][a-z0-9_]*$/.test(name)

/**
 * The text to give as a type's name so that drizzle-kit's quotes fall into the right places: `billing"."money` becomes `"billing"."money"`.
 * Undefined for a namespace that drizzle-kit takes for a type it knows and that needs quotes.
 */
export function kitTypeName(namespace: string | null, name: string): string | undefined {
  const escaped = name.replaceAll('"', '""')
  if (namespace === null) return isWrittenRaw(name) && !isSimple(name) ? `public"."${escaped}` : escaped
  if (isWrittenRaw(namespace)) return isSimple(namespace) ? `${namespace}."${escaped}"` : undefined
  return `${namespace.replaceAll('"', '""')}"."${escaped}`
}

/** A type's text with a collation behind it, for `dataType`: where drizzle-kit adds quotes, they fall around the collation's name too. */
export function withCollation(dataType: string, collation: string): string {
  if (isWrittenRaw(dataType)) return `${dataType} COLLATE ${collation}`
  const quoted = unquoteNames(collation).map((name) => `"${name.replaceAll('"', '""')}"`)
  return `${dataType}" COLLATE ${quoted.join('.').slice(0, -1)}`
}

/** Whether drizzle-kit can write a column of the type: its name must survive, and an enum be declared. */
export function isWritableType(type: ResolvedType, isDeclared: (type: Enum) => boolean): boolean {
  if (type.kind === 'builtin') return true
  const { namespace, name } = type.kind === 'domain' ? type.domain : type.kind === 'enum' ? type.enum : type
  if (namespace !== null && namespace in {}) return false
  if (kitTypeName(namespace === DEFAULT_NAMESPACE ? null : namespace, name) === undefined) return false
  if (type.kind === 'domain') return isWritableType(type.base, isDeclared)
  return type.kind !== 'enum' || isDeclared(type.enum)
}

/** Whether drizzle-kit can write a name at all: it does not escape double quotes, and keeps names as keys of plain objects. */
export const canWrite = (name: string): boolean => !name.includes('"') && name !== '__proto__'

/** Column names in the order in which drizzle-kit creates them: as keys of a plain object, whole numbers come first. */
export const keyOrder = (names: readonly string[]): readonly string[] => Object.keys(Object.fromEntries(names.map((name) => [name, true])))

/** Whether a name survives the packing of constraints and indexes. */
export const canPack = (name: string): boolean => canWrite(name) && !/[;,]|--/.test(name)

/** Whether a name may be a key of drizzle-kit's plain objects: it takes `constructor` for one that is there already. */
export const canKey = (name: string): boolean => canPack(name) && !(name in {})

/**
 * The same SQL without the marks that drizzle-kit would split it at, or undefined where they stand outside string literals. `';'` becomes
 * `E'\x3b'`: another spelling of the same value.
 */
export function packable(sql: string, marks: readonly string[]): string | undefined {
  const bare = withoutComments(sql)
  if (!marks.some((mark) => bare.includes(mark))) return bare
  let result = ''
  let at = 0
  const scanner = new Scanner(bare)
  while (scanner.next()) {
    const token = bare.slice(scanner.start, scanner.end)
    result += bare.slice(at, scanner.start) + (token.startsWith("'") ? spelled(token, marks) : token)
    at = scanner.end
  }
  result += bare.slice(at)
  return marks.some((mark) => result.includes(mark)) ? undefined : result
}

function spelled(literal: string, marks: readonly string[]): string {
  if (!marks.some((mark) => literal.includes(mark))) return literal
  const escaped = marks.reduce(
    (text, mark) => text.replaceAll(mark, [...mark].map((char) => `\\x${char.charCodeAt(0).toString(16)}`).join('')),
    literal.replaceAll('\\', '\\\\'),
  )
  return `E${escaped}`
}

/** SQL without its comments: a `--` would hide what drizzle-kit writes after it. */
export function withoutComments(sql: string): string {
  let result = ''
  let at = 0
  const scanner = new Scanner(sql)
  while (scanner.next()) {
    if (scanner.kind !== 'comment') continue
    result += `${sql.slice(at, scanner.start).trimEnd()} `
    at = scanner.end
  }
  return (result + sql.slice(at)).trim()
}
