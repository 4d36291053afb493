import { quoteLiteral, quoteName } from '#core/dialects/postgres.ts'
import type { ForeignDataWrapper, ForeignServer, UserMapping } from '#core/schema/index.ts'
import { toldSql, type Context } from './context.ts'
import { strength } from './order.ts'
import { keyOfNamed, type Piece } from './piece.ts'
import { clauses, foreignOptionsSql, roleSql } from './sql.ts'

// Foreign data: wrappers, servers, user mappings. Foreign tables are tables.

export function wrapperPiece(context: Context, wrapper: ForeignDataWrapper, index: number): Piece {
  const name = quoteName(wrapper.name)
  const { handler, validator, options } = wrapper
  const create = clauses([
    `CREATE FOREIGN DATA WRAPPER ${name}`,
    handler !== null && `HANDLER ${handler}`,
    validator !== null && `VALIDATOR ${validator}`,
    foreignOptionsSql(options),
  ])
  return {
    key: keyOfNamed('wrapper', wrapper.name),
    statements: [create, ...toldSql(context, 'FOREIGN DATA WRAPPER', name, wrapper)],
    lists: [['foreignDataWrappers', index]],
    uses: [handler, validator].flatMap((routine) => (routine === null ? [] : [[routine, 'name:routine'] as const])),
  }
}

export function serverPiece(context: Context, server: ForeignServer, index: number): Piece {
  const name = quoteName(server.name)
  const create = clauses([
    `CREATE SERVER ${name}`,
    server.type !== null && `TYPE ${quoteLiteral(server.type)}`,
    server.version !== null && `VERSION ${quoteLiteral(server.version)}`,
    `FOREIGN DATA WRAPPER ${quoteName(server.wrapper)}`,
    foreignOptionsSql(server.options),
  ])
  return {
    key: keyOfNamed('server', server.name),
    statements: [create, ...toldSql(context, 'SERVER', name, server)],
    lists: [['foreignServers', index]],
    needs: [[keyOfNamed('wrapper', server.wrapper), strength.certain]],
  }
}

export const userMappingPiece = ({ user, server, options }: UserMapping, index: number): Piece => ({
  statements: [clauses([`CREATE USER MAPPING FOR ${roleSql(user)} SERVER ${quoteName(server)}`, foreignOptionsSql(options)])],
  lists: [['userMappings', index]],
  needs: [[keyOfNamed('server', server), strength.certain]],
})
