import { DatabaseError } from '../connection.ts'

/** Whether a text names a live database: a `postgres://` url, or `host=… dbname=…` as psql takes it. File names do not. */
export const namesDatabase = (text: string): boolean => /^postgres(?:ql)?:\/\//i.test(text) || keyValue.test(text)

/** The names that begin a string of libpq's key=value form. A file would have to be called `host=…` to be taken for one. */
const keyValue = /^\s*(?:host|hostaddr|port|dbname|user|password|sslmode|passfile|options)\s*=/

/** A connection text as a url. Throws a `DatabaseError` in words, which never repeats the text. */
export function connectionUrl(text: string): string {
  const trimmed = text.trim()
  return keyValue.test(trimmed) ? urlOf(readPairs(trimmed)) : trimmed
}

/** What a form asks for, as a url. */
export interface ConnectionFields {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
  readonly ssl: string
}
export const fieldsUrl = ({ host, port, database, user, password, ssl }: ConnectionFields): string =>
  urlOf(new Map(Object.entries({ host, port: String(port), dbname: database, user, password, sslmode: ssl })))

/** Everything goes into the query, where any character has a place; `connect` reads it from there. */
function urlOf(pairs: ReadonlyMap<string, string>): string {
  const url = new URL('postgres://localhost')
  for (const [name, value] of pairs) if (value !== '' && name !== 'hostaddr') url.searchParams.set(name, value)
  // libpq connects to `hostaddr` whatever `host` says.
  const address = pairs.get('hostaddr')
  if (address) url.searchParams.set('host', address)
  return url.toString()
}

/** libpq's "Keyword/Value Connection Strings": blanks around `=`, values in single quotes, `\` before a quote or backslash. */
function readPairs(text: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>()
  const pair = /\s*(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))(?=\s|$)/gy
  for (let at = 0; text.slice(at).trim() !== ''; at = pair.lastIndex) {
    pair.lastIndex = at
    const found = pair.exec(text)
    if (!found)
      throw new DatabaseError('The connection is not written as key=value pairs.', {
        hint: 'Write it like host=db.example.org dbname=shop user=me, values with blanks in single quotes.',
      })
    const [, name = '', quoted, bare = ''] = found
    pairs.set(name, (quoted ?? bare).replaceAll(/\\(.)/gs, '$1'))
  }
  return pairs
}
