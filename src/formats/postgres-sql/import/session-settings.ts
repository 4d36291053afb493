import { SearchPath } from './search-path.ts'

/** The settings that say what later statements mean. */
interface InForce {
  readonly path: readonly string[]
  readonly unchecked: boolean
  readonly tablespace: string | null
  readonly accessMethod: string | null
}

/**
 * What SET has said and is in force. As in PostgreSQL, SET LOCAL ends with its transaction, and ROLLBACK takes SET back
 * (https://www.postgresql.org/docs/current/sql-set.html).
 */
export class SessionSettings {
  readonly path = new SearchPath()
  /** `check_function_bodies` is off, as pg_dump sets it. */
  unchecked = false
  /** `default_tablespace`; null = the database's. */
  tablespace: string | null = null
  /** `default_table_access_method`; null = heap. */
  accessMethod: string | null = null
  /** What was in force at BEGIN, and what COMMIT leaves. */
  private transaction: { readonly before: InForce; lasting: InForce } | undefined

  get inTransaction(): boolean {
    return this.transaction !== undefined
  }

  /** A new connection begins. */
  reset(): void {
    this.transaction = undefined
    this.path.reset()
    Object.assign(this, { unchecked: false, tablespace: null, accessMethod: null })
  }

  begin(): void {
    const before = this.inForce()
    this.transaction ??= { before, lasting: before }
  }

  commit(): void {
    const { transaction } = this
    this.transaction = undefined
    if (transaction) this.put(transaction.lasting)
  }

  rollback(): void {
    const { transaction } = this
    this.transaction = undefined
    if (transaction) this.put(transaction.before)
  }

  /** Sets one of the settings, or gives it its default back (undefined). Others say nothing about the schema. */
  set(name: string, values: readonly string[] | undefined, isLocal: boolean): void {
    const { transaction } = this
    const lasting = transaction?.lasting
    this.setNow(name, values)
    if (!transaction || !lasting || isLocal) return
    // Also what lasts, which a SET LOCAL before this one did not touch.
    const now = this.inForce()
    this.put(lasting)
    this.setNow(name, values)
    transaction.lasting = this.inForce()
    this.put(now)
  }

  private setNow(name: string, values: readonly string[] | undefined): void {
    const [value = ''] = values ?? []
    if (name === 'search_path') {
      if (values) this.path.set(values)
      else this.path.reset()
    } else if (name === 'check_function_bodies') this.unchecked = /^(?:off|false|no|0)$/i.test(value)
    else if (name === 'default_tablespace') this.tablespace = value === '' || value === 'pg_default' ? null : value
    else if (name === 'default_table_access_method') this.accessMethod = accessMethodNamed(value)
  }

  private inForce(): InForce {
    return { path: this.path.state, unchecked: this.unchecked, tablespace: this.tablespace, accessMethod: this.accessMethod }
  }

  private put({ path, ...rest }: InForce): void {
    this.path.set(path)
    Object.assign(this, rest)
  }
}

/** A table's access method; heap, which is everybody's default, goes without saying. */
export const accessMethodNamed = (name: string | undefined): string | null =>
  name === undefined || name === '' || name === 'heap' ? null : name
