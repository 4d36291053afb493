import { quoteName } from '#core/dialects/postgres.ts'

export interface StandIn {
  /** Makes types of the extension's names, so that tables with such columns can be made. */
  readonly sql: string
  /** Their names. */
  readonly types: readonly string[]
}

/** Types of widely used extensions that scratch databases mostly do not have. Nothing can be computed with them. */
const types: Readonly<Record<string, readonly string[]>> = {
  vector: ['vector', 'halfvec', 'sparsevec'],
  postgis: ['geometry', 'geography', 'box2d', 'box3d'],
}

/** A stand-in for an extension that is not there; undefined when we have none. As part of plpgsql its types count as an extension's own. */
export function standInFor(extension: string, namespace: string | null): StandIn | undefined {
  const names = Object.hasOwn(types, extension) ? types[extension] : undefined
  if (!names) return undefined
  const prefix = namespace === null ? '' : `${namespace}.`
  return { sql: names.map((name) => typeSql(prefix, name)).join(';\n'), types: names }
}

function typeSql(prefix: string, name: string): string {
  const type = `${prefix}${quoteName(name)}`
  const [input, output] = [`${prefix}${quoteName(`${name}_in`)}`, `${prefix}${quoteName(`${name}_out`)}`]
  return [
    `CREATE TYPE ${type}`,
    `CREATE FUNCTION ${input}(cstring, oid, integer) RETURNS ${type} LANGUAGE internal IMMUTABLE STRICT AS 'varcharin'`,
    `CREATE FUNCTION ${output}(${type}) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varcharout'`,
    `CREATE TYPE ${type} (INPUT = ${input}, OUTPUT = ${output}, TYPMOD_IN = varchartypmodin, TYPMOD_OUT = varchartypmodout)`,
    `ALTER EXTENSION plpgsql ADD TYPE ${type}`,
    `ALTER EXTENSION plpgsql ADD FUNCTION ${input}(cstring, oid, integer)`,
    `ALTER EXTENSION plpgsql ADD FUNCTION ${output}(${type})`,
  ].join(';\n')
}
