import { DEFAULT_NAMESPACE, identityOf, type Privilege, type Schema } from '#core/schema/index.ts'

/** Grants and revokes as the sources say them, and those of PostgreSQL's that no statement of the sources says: code that ran made them. */
export function joinPrivileges({ privileges: ours, tables, sequences, routines, views }: Schema, truth: Schema): readonly Privilege[] {
  const members: Members = { table: [...tables, ...views], sequence: sequences, function: routines, procedure: routines, routine: routines }
  const said = new Set(ours.map((each) => identityOf('privileges', each)))
  const covered = new Set(
    ours.flatMap((each) => subjects(each, members).flatMap((subject) => rights(each).map((right) => `${subject} ${right}`))),
  )
  const covers = (each: Privilege): boolean =>
    subjects(each, members).every(
      (subject) => covered.has(`${subject} ${ALL}`) || rights(each).every((right) => covered.has(`${subject} ${right}`)),
    )
  const isSaid = (each: Privilege): boolean =>
    said.has(identityOf('privileges', each)) ||
    covers(each) ||
    // Without FOR ROLE they are the current role's, which the catalogs name.
    (each.defaults !== null && covers({ ...each, defaults: { ...each.defaults, roles: [] } }))
  return [...ours, ...truth.privileges.filter((each) => !isSaid(each))]
}

type Members = Readonly<Record<string, readonly { readonly namespace: string; readonly name: string }[]>>

const ALL = 'ALL'

/** Who is concerned with what: one text for each object and role. */
function subjects({ kind, on, objects, allIn, roles, defaults, grantOption }: Privilege, members: Members): readonly string[] {
  const names = objects.flatMap(({ namespace, name }) => {
    if (!allIn) return [`${namespace ?? DEFAULT_NAMESPACE}.${name}`]
    return (members[on] ?? []).filter((member) => member.namespace === name).map((member) => `${member.namespace}.${member.name}`)
  })
  const what = defaults ? [JSON.stringify([defaults.roles, defaults.namespaces])] : names
  const group = on === 'procedure' || on === 'function' ? 'routine' : on
  return what.flatMap((object) => roles.map((role) => JSON.stringify([kind, grantOption, group, object, role])))
}

/** Which rights: none named means all of them. */
const rights = ({ privileges }: Privilege): readonly string[] =>
  privileges.length === 0
    ? [ALL]
    : privileges.map(({ name, columns }) => (columns.length === 0 ? name : `${name} ${JSON.stringify(columns.toSorted())}`))
