import { qualifierIn } from './qualifier.ts'
import type { Statement } from './statement.ts'

/**
 * The namespace that a statement names something missing in, when an extension of the script may have made it there: a namespace that the script
 * does not make itself (`cron.job` of pg_cron), or one that an extension was put into. In `public` a missing name is more likely a slip.
 */
export function namespaceOfExtension(st: Statement, name: string): string | undefined {
  const { extensions, namespaces } = st.catalog
  const others = [...extensions.values()].filter((extension) => extension.name !== 'plpgsql')
  if (others.length === 0) return undefined
  const namespace = qualifierIn(st.sql, name)
  if (namespace === undefined || namespace === 'public' || /^pg_|^information_schema$/.test(namespace)) return undefined
  const isBrought = !namespaces.has(namespace) || others.some((extension) => extension.namespace === namespace)
  return isBrought ? namespace : undefined
}
