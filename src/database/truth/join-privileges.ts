import { DEFAULT_NAMESPACE, identityOf, type Privilege, type Schema } from '#core/schema/index.ts'

/** Grants and revokes as the sources say them, and those of PostgreSQL's that no statement of the sources says: code that ran made them. */
export function joinPrivileges({ privileges: ours, tables, sequences, routines, views }: Schema, truth: Schema): readonly Privilege[] {
  const said = new Set(ours.map((each) => identityOf('privileges', each)))
  const everything = { table: [...tables, ...views], sequence: sequences, function: routines, procedure: routines, routine: routines }
  const covered = new Set(ours.flatMap((each) => atoms(each, everything)))
  const isCovered = (each: Privilege) =>
    said.has(identityOf('privileges', each)) || atoms(each, everything).every((atom) => covered.has(atom))
  return [...ours, ...truth.privileges.filter((each) => !isCovered(each))]
}

type Members = Readonly<Record<string, readonly { readonly namespace: string; readonly name: string }[]>>

/** A privilege on one object for one role, for each of them. ALL is written out by the catalogs, so who got ALL got any. */
function* pairs({ objects, allIn, on, defaults }: Privilege, members: Members): Generator<string> {
  if (defaults) yield JSON.stringify(defaults)
  for (const { namespace, name } of objects) {
    if (!allIn) yield `${namespace ?? DEFAULT_NAMESPACE}.${name}`
    else for (const member of members[on] ?? []) if (member.namespace === name) yield `${member.namespace}.${member.name}`
  }
}

const atoms = (privilege: Privilege, members: Members): readonly string[] =>
  [...pairs(privilege, members)].flatMap((object) =>
    privilege.roles.map((role) => `${privilege.kind} ${groupOf(privilege.on)} ${object} ${role}`),
  )

const groupOf = (on: Privilege['on']): string => (on === 'procedure' || on === 'function' ? 'routine' : on)
