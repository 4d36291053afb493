import type { AlterTableCmd } from 'libpg-query'
import { as } from './ast.ts'
import type { Item } from './draft.ts'
import { storedName } from './naming.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { collationText, typeText } from './type-names.ts'
import { roleName } from './values.ts'

/** ALTER TYPE … ADD, DROP, ALTER ATTRIBUTE and OWNER of a composite type. */
export function alterComposite(st: Statement, type: Item<'compositeTypes'>, cmds: readonly AlterTableCmd[]): Handled {
  for (const cmd of cmds) {
    const def = as(cmd.def, 'ColumnDef')
    const found = type.attributes.find(({ name }) => name === cmd.name)
    switch (cmd.subtype) {
      case 'AT_AddColumn':
        type.attributes.push({
          name: storedName(def?.colname ?? ''),
          type: typeText(st, def?.typeName),
          collation: def?.collClause ? collationText(st, def.collClause.collname) : null,
          comment: null,
        })
        break
      case 'AT_DropColumn':
        if (!found && !cmd.missing_ok) throw new Refusal('unknown-column', `attribute "${cmd.name ?? ''}" of "${type.name}" does not exist`)
        type.attributes = type.attributes.filter((attribute) => attribute !== found)
        break
      case 'AT_AlterColumnType':
        if (!found) throw new Refusal('unknown-column', `attribute "${cmd.name ?? ''}" of "${type.name}" does not exist`)
        found.type = typeText(st, def?.typeName)
        found.collation = def?.collClause ? collationText(st, def.collClause.collname) : null
        break
      case 'AT_ChangeOwner':
        if (st.session.privileges) type.owner = roleName(cmd.newowner)
        break
    }
  }
  return undefined
}
