import type { ObjectName } from '#core/schema/index.ts'

/** A row of `pg_class` that the model has a place for. */
export interface Relation extends ObjectName {
  readonly oid: number
  /** r table, p partitioned table, f foreign table, v view, m materialized view, S sequence, c composite type. */
  readonly kind: 'r' | 'p' | 'f' | 'v' | 'm' | 'S' | 'c'
  readonly persistence: 'p' | 'u'
  readonly typeOid: number
  readonly rowSecurity: boolean
  readonly forceRowSecurity: boolean
  readonly replicaIdentity: 'd' | 'n' | 'f' | 'i'
  readonly options: readonly string[] | null
  readonly toastOptions: readonly string[] | null
  readonly accessMethod: string | null
  readonly tablespace: string | null
  readonly populated: boolean
  readonly isPartition: boolean
  readonly bound: string | null
  readonly partitionKey: string | null
  readonly ofTypeNamespace: string | null
  readonly ofType: string | null
  readonly server: string | null
  readonly serverOptions: readonly string[] | null
  /** A view's query. */
  readonly definition: string | null
  readonly owner: string | null
}

export const isTable = ({ kind }: Relation): boolean => kind === 'r' || kind === 'p' || kind === 'f'
export const isView = ({ kind }: Relation): boolean => kind === 'v' || kind === 'm'
