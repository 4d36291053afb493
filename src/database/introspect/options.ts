/** `{fillfactor=70,…}` as name to value, in order. Some minor releases keep `pg_attver` there for themselves: pg_dump hides it, and so do we. */
export function optionsOf(list: readonly string[] | null, prefix = ''): Readonly<Record<string, string>> {
  if (!list || list.length === 0) return none
  const options: [string, string][] = []
  for (const item of list) {
    const at = item.indexOf('=')
    const name = at < 0 ? item : item.slice(0, at)
    if (name !== 'pg_attver') options.push([prefix + name, at < 0 ? 'true' : item.slice(at + 1)])
  }
  return options.length === 0 ? none : Object.fromEntries(options)
}

const none = {}
