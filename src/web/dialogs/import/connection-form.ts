import type { DatabaseTarget, SslMode } from '#sync/database-messages.ts'

/** What people have typed so far. */
export interface ConnectionForm {
  readonly host: string
  readonly port: string
  readonly database: string
  readonly user: string
  readonly password: string
  readonly ssl: SslMode
  /** A url instead of fields; null = fields. */
  readonly url: string | null
}
export const emptyForm: ConnectionForm = { host: '', port: '5432', database: '', user: '', password: '', ssl: 'prefer', url: null }

/** TLS in people's words, in the order of the list. */
export const tlsChoices: readonly { readonly mode: SslMode; readonly label: string }[] = [
  { mode: 'prefer', label: 'TLS if there is' },
  { mode: 'require', label: 'TLS always' },
  { mode: 'verify-full', label: 'TLS, certificate checked' },
  { mode: 'disable', label: 'No TLS' },
]

/** What is asked of the server; null while something is missing. */
export function targetOf({ url, port, ssl, password, ...form }: ConnectionForm): DatabaseTarget | null {
  if (url !== null) return url.trim() === '' ? null : { kind: 'text', text: url.trim() }
  const [host, database, user] = [form.host.trim(), form.database.trim(), form.user.trim()]
  const number = Number(port)
  if (!host || !database || !user || !Number.isInteger(number) || number < 1 || number > 65_535) return null
  return { kind: 'fields', host, port: number, database, user, password, ssl }
}

/** A url that was put into a field, as fields; null when it says more than fields can hold, or is none. */
export function formOfUrl(text: string): ConnectionForm | null {
  const trimmed = text.trim()
  if (!/^postgres(?:ql)?:\/\/\S+$/i.test(trimmed)) return null
  try {
    const url = new URL(trimmed.replace(/^postgres(?:ql)?:/i, 'http:'))
    const { sslmode, ...others } = Object.fromEntries(url.searchParams)
    const ssl = tlsChoices.find(({ mode }) => mode === (sslmode ?? 'prefer'))?.mode
    if (!ssl || Object.keys(others).length > 0) return null
    const user = decodeURIComponent(url.username)
    return {
      host: decodeURIComponent(url.hostname),
      port: new URL(trimmed).port || '5432',
      database: decodeURIComponent(url.pathname.slice(1)) || user,
      user,
      password: decodeURIComponent(url.password),
      ssl,
      url: null,
    }
  } catch {
    return null
  }
}
