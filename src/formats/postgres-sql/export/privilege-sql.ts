import { quoteName, quoteNames } from '#core/dialects/postgres.ts'
import type { Privilege, PrivilegeTarget } from '#core/schema/index.ts'
import type { Piece } from './piece.ts'
import { roleSql } from './sql.ts'

/** One and many, as SQL says them. */
const words: Readonly<Record<PrivilegeTarget, readonly [one: string, many: string]>> = {
  table: ['TABLE', 'TABLES'],
  sequence: ['SEQUENCE', 'SEQUENCES'],
  function: ['FUNCTION', 'FUNCTIONS'],
  procedure: ['PROCEDURE', 'PROCEDURES'],
  routine: ['ROUTINE', 'ROUTINES'],
  namespace: ['SCHEMA', 'SCHEMAS'],
  type: ['TYPE', 'TYPES'],
  domain: ['DOMAIN', 'TYPES'],
  language: ['LANGUAGE', 'LANGUAGES'],
  foreignDataWrapper: ['FOREIGN DATA WRAPPER', 'FOREIGN DATA WRAPPERS'],
  foreignServer: ['FOREIGN SERVER', 'FOREIGN SERVERS'],
  database: ['DATABASE', 'DATABASES'],
  tablespace: ['TABLESPACE', 'TABLESPACES'],
  parameter: ['PARAMETER', 'PARAMETERS'],
  largeObject: ['LARGE OBJECT', 'LARGE OBJECTS'],
}

/** GRANT, REVOKE or ALTER DEFAULT PRIVILEGES. They come after everything else, in the model's order. */
export const privilegePiece = (privilege: Privilege, index: number): Piece => ({
  statements: [privilegeSql(privilege)],
  lists: [['privileges', index]],
})

function privilegeSql(privilege: Privilege): string {
  const { kind, grantOption, roles, grantedBy, cascade } = privilege
  const isGrant = kind === 'grant'
  return [
    ...defaultsSql(privilege),
    isGrant ? 'GRANT' : 'REVOKE',
    ...(grantOption && !isGrant ? ['GRANT OPTION FOR'] : []),
    listSql(privilege),
    'ON',
    targetSql(privilege),
    isGrant ? 'TO' : 'FROM',
    roles.map(roleSql).join(', '),
    ...(grantOption && isGrant ? ['WITH GRANT OPTION'] : []),
    ...(grantedBy === null ? [] : [`GRANTED BY ${roleSql(grantedBy)}`]),
    ...(cascade && !isGrant ? ['CASCADE'] : []),
  ].join(' ')
}

function defaultsSql({ defaults }: Privilege): readonly string[] {
  if (!defaults) return []
  return [
    'ALTER DEFAULT PRIVILEGES',
    ...(defaults.roles.length > 0 ? [`FOR ROLE ${defaults.roles.map(roleSql).join(', ')}`] : []),
    ...(defaults.namespaces.length > 0 ? [`IN SCHEMA ${quoteNames(defaults.namespaces)}`] : []),
  ]
}

const listSql = ({ privileges }: Privilege): string =>
  privileges.length === 0
    ? 'ALL'
    : privileges.map(({ name, columns }) => (columns.length > 0 ? `${name} (${quoteNames(columns)})` : name)).join(', ')

function targetSql({ on, objects, allIn, defaults }: Privilege): string {
  const [one, many] = words[on]
  if (defaults) return many
  const names = objects.map(({ namespace, name, arguments: types }) => {
    const own = on === 'largeObject' || on === 'parameter' ? name : quoteName(name)
    return `${namespace === null ? '' : `${quoteName(namespace)}.`}${own}${types === null ? '' : `(${types})`}`
  })
  return allIn ? `ALL ${many} IN SCHEMA ${names.join(', ')}` : `${one} ${names.join(', ')}`
}
