/** A map from namespace and name that also knows which bare names are taken in any namespace. */
export class ObjectMap<V> extends Map<string, V> {
  /** How many objects bear a name; counted from the first question on. */
  private names: Map<string, number> | undefined

  override set(key: string, value: V): this {
    if (this.names && !this.has(key)) count(this.names, key, 1)
    return super.set(key, value)
  }

  override delete(key: string): boolean {
    if (this.names && this.has(key)) count(this.names, key, -1)
    return super.delete(key)
  }

  /** True when some namespace has an object of that name. */
  hasName(name: string): boolean {
    if (!this.names) {
      this.names = new Map()
      for (const key of this.keys()) count(this.names, key, 1)
    }
    return this.names.has(name)
  }
}

function count(names: Map<string, number>, key: string, by: 1 | -1): void {
  const name = key.slice(key.indexOf('\u0000') + 1)
  const now = (names.get(name) ?? 0) + by
  if (now > 0) names.set(name, now)
  else names.delete(name)
}
