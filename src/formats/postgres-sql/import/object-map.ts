/** A map from namespace and name that also knows which bare names are taken in any namespace. */
export class ObjectMap<V> extends Map<string, V> {
  private readonly names = new Map<string, number>()

  override set(key: string, value: V): this {
    if (!this.has(key)) this.count(key, 1)
    return super.set(key, value)
  }

  override delete(key: string): boolean {
    if (this.has(key)) this.count(key, -1)
    return super.delete(key)
  }

  /** True when some namespace has an object of that name. */
  hasName(name: string): boolean {
    return this.names.has(name)
  }

  private count(key: string, by: 1 | -1): void {
    const name = key.slice(key.indexOf('\u0000') + 1)
    const count = (this.names.get(name) ?? 0) + by
    if (count > 0) this.names.set(name, count)
    else this.names.delete(name)
  }
}
