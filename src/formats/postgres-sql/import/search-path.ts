import { quoteName } from '#core/dialects/postgres.ts'

const DEFAULT = ['$user', 'public']

/** The search path in force: which namespaces unqualified names are looked up in, and where new objects go. */
export class SearchPath {
  private parts: readonly string[] = DEFAULT
  /** The namespaces in order, without `$user`, which names nobody we know. */
  names: readonly string[] = ['public']

  /** The path as SQL writes it, to be set again for texts that were read under it; null when the default path says the same. */
  get text(): string | null {
    if (this.names.length === 0 || (this.names.length === 1 && this.names[0] === 'public')) return null
    return this.parts.map((name) => (name === '$user' ? '"$user"' : quoteName(name))).join(', ')
  }

  /** To be set again. */
  get state(): readonly string[] {
    return this.parts
  }

  set(parts: readonly string[]): void {
    this.parts = parts
    this.names = parts.filter((name) => name !== '$user' && name !== 'pg_catalog' && name !== '')
  }

  reset(): void {
    this.set(DEFAULT)
  }

  /** The namespace that new objects without one go to: the first of the path. A script that sets a path means what it says, even where the
   * namespace itself was made elsewhere (`CREATE SCHEMA` in another file). */
  get creation(): string | undefined {
    return this.names[0]
  }
}
