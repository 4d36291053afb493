import { quoteLiteral, quoteName, unquoteNames } from '#core/dialects/postgres.ts'
import { DEFAULT_NAMESPACE, type Extension, type Namespace, type ObjectName, type Opaque, type Statistics } from '#core/schema/index.ts'
import { toldSql, type Context } from './context.ts'
import { strength } from './order.ts'
import { keyOf, keyOfNamed, type Piece } from './piece.ts'
import { makesAnything } from './references.ts'
import { clauses, closed, commentSql, nameSql } from './sql.ts'

// What belongs to the database as a whole, and what is kept verbatim.

/** Every new database has `public`: only what is said of it is written. */
export function namespacePiece(context: Context, namespace: Namespace, index: number): readonly Piece[] {
  const { name } = namespace
  const sql = quoteName(name)
  const told = toldSql(context, 'SCHEMA', sql, namespace)
  const statements = name === DEFAULT_NAMESPACE ? told : [`CREATE SCHEMA ${sql}`, ...told]
  return statements.length === 0 ? [] : [{ key: keyOfNamed('namespace', name), statements, lists: [['namespaces', index]] }]
}

export function extensionPiece({ name, namespace, version, comment }: Extension, index: number): Piece {
  const create = [
    `CREATE EXTENSION IF NOT EXISTS ${quoteName(name)}`,
    namespace !== null && `WITH SCHEMA ${quoteName(namespace)}`,
    version !== null && `VERSION ${quoteLiteral(version)}`,
  ]
  return {
    statements: [create.filter(Boolean).join(' '), ...commentSql(`EXTENSION ${quoteName(name)}`, comment)],
    lists: [['extensions', index]],
    needs: namespace === null ? [] : [[keyOfNamed('namespace', namespace), strength.certain]],
  }
}

export function statisticsPiece(context: Context, statistics: Statistics, index: number): Piece {
  const { table, searchPath: path } = statistics
  const name = nameSql(statistics, path)
  const create = clauses([
    `CREATE STATISTICS ${name}${statistics.kinds.length > 0 ? ` (${statistics.kinds.join(', ')})` : ''}`,
    `ON ${statistics.elements.map(closed).join(', ')}`,
    `FROM ${nameSql(table, path)}`,
  ])
  return {
    searchPath: path,
    statements: [
      create,
      ...(statistics.target === null ? [] : [`ALTER STATISTICS ${name} SET STATISTICS ${statistics.target}`]),
      ...toldSql(context, 'STATISTICS', name, statistics),
    ],
    lists: [['statistics', index]],
    needs: [[keyOf('relation', table), strength.certain]],
    uses: statistics.elements.map((element) => [element, 'expression']),
  }
}

/** Whether a statement kept verbatim calls functions of the schema: what they do, and need for it, cannot all be read off. */
export const callsFunctions = ({ sql }: Opaque): boolean => /^\s*(?:select|call|with|insert|update|delete)\b/i.test(sql)

const isBlock = ({ sql }: Opaque): boolean => /^\s*do\b/i.test(sql)

/** Whether a statement kept verbatim comes last: it says so itself, or nothing can depend on what it makes. */
export const comesLast = ({ sql, late }: Opaque): boolean => late || /^\s*create\s+(?:publication|subscription)\b/i.test(sql)

export function opaquePiece(opaque: Opaque, index: number): Piece {
  const server = /^\s*create\s+server\s+(?:if\s+not\s+exists\s+)?(?:"((?:[^"]|"")+)"|([\w$]+))/i.exec(opaque.sql)
  const name = server?.[1]?.replaceAll('""', '"') ?? server?.[2]?.toLowerCase()
  return {
    ...(name !== undefined && { key: keyOfNamed('server', name) }),
    searchPath: opaque.searchPath,
    statements: [closed(opaque.sql)],
    makes: makesAnything([...opaque.defines, ...createdIn(opaque)]),
    lists: [[comesLast(opaque) ? 'late' : callsFunctions(opaque) ? 'calls' : 'opaque', index]],
    runs: !/^\s*create\s+(?!.*\bas\b)/i.test(opaque.sql),
    // A block that is not late spoke of nothing that was there.
    uses: isBlock(opaque) && !opaque.late ? [] : [[opaque.sql, 'statement']],
  }
}

/** What a DO block, or a function that it makes, creates by statements that stand in it. */
function createdIn({ sql, searchPath }: Opaque): readonly ObjectName[] {
  const [first = DEFAULT_NAMESPACE] = searchPath === null ? [] : unquoteNames(searchPath)
  return [...sql.matchAll(creating)].map(([, names = '']) => {
    const [name = '', second] = unquoteNames(names)
    return second === undefined ? { namespace: first, name } : { namespace: name, name: second }
  })
}
const creating =
  /\bcreate\s+(?:or\s+replace\s+)?(?:unlogged\s+|materialized\s+|recursive\s+)?(?:function|procedure|aggregate|table|view|type|domain|sequence)\s+(?:if\s+not\s+exists\s+)?((?:[\w$]+|"[^"]+")(?:\.(?:[\w$]+|"[^"]+"))?)/gi
