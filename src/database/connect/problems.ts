import { codePointOffset } from '#formats/shared/sql/positions.ts'
import { DatabaseError } from '../connection.ts'
import type { Target } from './target.ts'

interface Failure {
  readonly message?: string
  readonly code?: string
  readonly detail?: string
  readonly hint?: string
  readonly position?: string | number
}

/** What a statement's error says, with its place in the statement. */
export function statementProblem(error: unknown, sql: string, target?: Target): DatabaseError {
  if (error instanceof DatabaseError) return error
  const { message = 'unknown error', code, detail, hint, position } = error as Failure
  if (!isSqlState(code)) return target ? connectionProblem(error, target) : new DatabaseError(message)
  return new DatabaseError(message, {
    code,
    detail: detail ?? null,
    hint: hint ?? null,
    position: position === undefined ? null : codePointOffset(sql, Math.max(0, Number(position) - 1)),
  })
}

/** Why no connection was made, or why it broke, in people's words. Neither the password nor the url is in it. */
export function connectionProblem(error: unknown, target: Target): DatabaseError {
  if (error instanceof DatabaseError) return error
  const { message = '', code = '', detail, hint } = error as Failure
  const said = sentences.find(([codes, pattern]) => codes.includes(code) && (pattern === undefined || pattern.test(message)))?.[2]
  const words = said?.(target) ?? byMessage(message, target)
  return new DatabaseError(words.message, {
    code: isSqlState(code) ? code : null,
    detail: detail ?? (words.message.includes(message) ? null : hideSecret(message, target)),
    hint: words.hint ?? hint ?? null,
  })
}

interface Words {
  readonly message: string
  readonly hint?: string
}
type Say = (target: Target) => Words

const at = ({ host, port }: Target): string => (host.startsWith('/') ? host : `${host}:${port}`)

/** By code of Node or SQLSTATE; where one code has several causes, the message tells them apart. */
const sentences: readonly (readonly [codes: readonly string[], pattern: RegExp | undefined, say: Say])[] = [
  [
    ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA'],
    undefined,
    ({ host }) => ({
      message: `The host "${host}" was not found.`,
      hint: 'Check its name; a name that only your network knows is not known here.',
    }),
  ],
  [
    ['ECONNREFUSED', 'ENOENT'],
    undefined,
    (target) => ({
      message: `No server takes connections at ${at(target)}.`,
      hint: 'Check host and port, and that PostgreSQL runs there.',
    }),
  ],
  [
    ['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
    undefined,
    (target) => ({ message: `${at(target)} does not answer.`, hint: 'A firewall may be in the way.' }),
  ],
  [['ECONNRESET', 'EPIPE'], undefined, (target) => ({ message: `${at(target)} broke the connection off.` })],
  [
    ['28P01'],
    undefined,
    ({ user, password }) =>
      password === undefined || password === ''
        ? { message: `The server wants a password for "${user}", and the url has none.` }
        : { message: `The password for "${user}" is wrong, or there is no such user.` },
  ],
  [
    ['28000'],
    /no encryption|SSL off/i,
    (target) => ({ message: `${at(target)} takes this user only over TLS.`, hint: 'Add ?sslmode=require to the url.' }),
  ],
  [['28000'], /role .* does not exist/i, ({ user }) => ({ message: `There is no user "${user}" on the server.` })],
  [
    ['28000'],
    undefined,
    ({ user, database }) => ({
      message: `The server does not let "${user}" into "${database}" from here.`,
      hint: 'Its pg_hba.conf decides that.',
    }),
  ],
  [['3D000'], undefined, ({ database }) => ({ message: `There is no database "${database}" on the server.` })],
  [['42501'], undefined, ({ user, database }) => ({ message: `"${user}" may not connect to "${database}".` })],
  [['53300'], undefined, () => ({ message: 'The server has no connection left.', hint: 'Try again later.' })],
  [['57P03'], undefined, () => ({ message: 'The server is starting up or shutting down.', hint: 'Try again in a moment.' })],
]

function byMessage(message: string, target: Target): Words {
  if (/does not support SSL/i.test(message))
    return {
      message: `${at(target)} has no TLS, which sslmode=${target.sslMode} asks for.`,
      hint: 'Use sslmode=disable if you trust the network.',
    }
  if (/timeout expired|timed out/i.test(message))
    return { message: `${at(target)} does not answer.`, hint: 'A firewall may be in the way.' }
  if (/certificate|altnames|self.signed|unable to verify|ERR_TLS/i.test(message))
    return {
      message: `The certificate of ${at(target)} is not trusted.`,
      hint: 'Name the authority with sslrootcert, or use sslmode=require.',
    }
  if (/terminated|ended|closed/i.test(message)) return { message: 'The connection was lost.' }
  return { message: hideSecret(message, target) || `No connection to ${at(target)} could be made.` }
}

const isSqlState = (code: string | undefined): code is string =>
  code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code)

const hideSecret = (text: string, { password }: Target): string => (password ? text.replaceAll(password, '***') : text)
