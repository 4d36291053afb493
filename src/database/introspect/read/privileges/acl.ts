import { aPrivilege, type Privilege } from '#core/schema/index.ts'

// Access control lists as GRANT and REVOKE: what differs from the list an object has by itself, by the rules of pg_dump's `buildACLCommands`.

/** What privileges a list gives to whom, as `aclexplode` tells it: `grantor grantee privilege grantable`, null grantee for PUBLIC. */
export interface AclItem {
  readonly grantor: string
  readonly grantee: string | null
  readonly privilege: string
  readonly grantable: boolean
}

/** An object with its list and the one it had at first. */
export interface AclRow {
  readonly on: Privilege['on']
  readonly namespace: string | null
  readonly name: string
  readonly arguments: readonly string[] | null
  /** Set for a column of a table. */
  readonly column: string | null
  readonly owner: string
  readonly acl: readonly AclItem[]
  readonly base: readonly AclItem[]
}

/** SQL that gives a list of `aclitem` as JSON of `AclItem`s. */
export const aclJson = (list: string): string =>
  `(SELECT COALESCE(json_agg(json_build_object('grantor', pg_get_userbyid(e.grantor)::text, 'grantee', CASE WHEN e.grantee <> 0 THEN pg_get_userbyid(e.grantee)::text END,
    'privilege', e.privilege_type, 'grantable', e.is_grantable)), '[]'::json) FROM aclexplode(${list}) e)`

type Target = Pick<Privilege, 'on' | 'objects' | 'defaults'>

/** The statements that make a list out of its base. */
export function privilegesOf(target: Target, { owner, acl, base, column }: Pick<AclRow, 'owner' | 'acl' | 'base' | 'column'>): Privilege[] {
  const [before, after] = [byRole(base), byRole(acl)]
  const changed = (key: string): boolean => textOf(before.get(key)) !== textOf(after.get(key))
  const revoked = [...before].filter(([key]) => changed(key)).map(([, items]) => revoke(target, items))
  // Everything an owner has by itself is ALL: what a newer server adds is in it.
  const all = new Set((before.get(`${owner}\u0000${owner}`) ?? []).map(({ privilege }) => privilege))
  const granted = [...after].filter(([key]) => changed(key)).flatMap(([, items]) => grants(target, items, column, all))
  return [...revoked, ...granted]
}

function byRole(items: readonly AclItem[]): Map<string, AclItem[]> {
  const groups = new Map<string, AclItem[]>()
  for (const item of items) {
    const key = `${item.grantor}\u0000${item.grantee ?? ''}`
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

const textOf = (items: readonly AclItem[] | undefined): string =>
  (items ?? [])
    .map(({ privilege, grantable }) => `${privilege}${grantable ? '*' : ''}`)
    .sort()
    .join(' ')

const roleOf = (grantee: string | null | undefined): string => grantee ?? 'public'

const revoke = (target: Target, [first]: readonly AclItem[]): Privilege =>
  aPrivilege({ kind: 'revoke', ...target, privileges: [], roles: [roleOf(first?.grantee)] })

function grants(target: Target, items: readonly AclItem[], column: string | null, all: ReadonlySet<string>): Privilege[] {
  const columns = column === null ? [] : [column]
  return [false, true].flatMap((grantOption): Privilege[] => {
    const chosen = items.filter(({ grantable }) => grantable === grantOption)
    if (chosen.length === 0) return []
    const isAll = column === null && all.size > 0 && chosen.length === all.size
    const privileges = isAll ? [] : chosen.map(({ privilege }) => ({ name: privilege, columns }))
    return [aPrivilege({ kind: 'grant', ...target, privileges, grantOption, roles: [roleOf(chosen[0]?.grantee)] })]
  })
}
