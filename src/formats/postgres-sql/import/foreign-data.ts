import { aForeignDataWrapper, aForeignServer, aUserMapping } from '#core/schema/index.ts'
import type {
  AlterFdwStmt,
  AlterForeignServerStmt,
  AlterUserMappingStmt,
  CreateFdwStmt,
  CreateForeignServerStmt,
  CreateUserMappingStmt,
  DropUserMappingStmt,
  Node,
  RoleSpec,
} from 'libpg-query'
import { all } from './ast.ts'
import type { Item } from './draft.ts'
import { storedName } from './naming.ts'
import { functionText, namesIn } from './object-names.ts'
import { keepVerbatim } from './opaque.ts'
import { addPlain, byName, isThere } from './plain-objects.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { changedOptions, optionTexts, roleName } from './values.ts'

// Wrappers, servers, and who logs in there as whom.

export function createWrapper(st: Statement, node: CreateFdwStmt): Handled {
  const name = storedName(node.fdwname ?? '')
  isThere(byName(st, 'foreignDataWrappers', name), `foreign-data wrapper "${name}"`, false)
  const wrapper = { ...aForeignDataWrapper({ name, options: optionTexts(node.options) }) } as Item<'foreignDataWrappers'>
  setFunctions(st, wrapper, node.func_options)
  addPlain(st, 'foreignDataWrappers', wrapper)
  return undefined
}

export function alterWrapper(st: Statement, node: AlterFdwStmt): Handled {
  const wrapper = byName(st, 'foreignDataWrappers', node.fdwname)
  if (!wrapper) return elsewhere(st, `foreign-data wrapper "${node.fdwname ?? ''}"`)
  setFunctions(st, wrapper, node.func_options)
  wrapper.options = changedOptions(wrapper.options, node.options, false)
  return undefined
}

function setFunctions(st: Statement, wrapper: Item<'foreignDataWrappers'>, options: readonly Node[] | undefined): void {
  for (const { defname, arg } of all(options, 'DefElem')) {
    const text = arg === undefined ? null : functionText(st, namesIn(arg))
    if (defname === 'handler') wrapper.handler = text
    else if (defname === 'validator') wrapper.validator = text
  }
}

export function createServer(st: Statement, node: CreateForeignServerStmt): Handled {
  const name = storedName(node.servername ?? '')
  if (isThere(byName(st, 'foreignServers', name), `server "${name}"`, node.if_not_exists)) return undefined
  const server = aForeignServer({
    name,
    wrapper: node.fdwname ?? '',
    type: node.servertype ?? null,
    version: node.version ?? null,
    options: optionTexts(node.options),
  })
  addPlain(st, 'foreignServers', { ...server })
  return undefined
}

export function alterServer(st: Statement, node: AlterForeignServerStmt): Handled {
  const server = byName(st, 'foreignServers', node.servername)
  if (!server) return elsewhere(st, `server "${node.servername ?? ''}"`)
  if (node.has_version) server.version = node.version ?? null
  server.options = changedOptions(server.options, node.options, false)
  return undefined
}

export function createUserMapping(st: Statement, node: CreateUserMappingStmt): Handled {
  const server = storedName(node.servername ?? '')
  const user = roleName(node.user)
  if (isThere(mapping(st, node), `user mapping for "${user}" on server "${server}"`, node.if_not_exists)) return undefined
  addPlain(st, 'userMappings', { ...aUserMapping({ user, server, options: optionTexts(node.options) }) })
  return undefined
}

export function alterUserMapping(st: Statement, node: AlterUserMappingStmt): Handled {
  const found = mapping(st, node)
  if (!found) return elsewhere(st, `user mapping for "${roleName(node.user)}"`)
  found.options = changedOptions(found.options, node.options, false)
  return undefined
}

export function dropUserMapping(st: Statement, node: DropUserMappingStmt): Handled {
  const found = mapping(st, node)
  if (found) st.catalog.kinds.remove('userMappings', found)
  else if (!node.missing_ok) return elsewhere(st, `user mapping for "${roleName(node.user)}"`)
  return undefined
}

function mapping(st: Statement, { user, servername }: { user?: RoleSpec; servername?: string }): Item<'userMappings'> | undefined {
  const role = roleName(user)
  return st.catalog.kinds.named('userMappings', storedName(servername ?? '')).find((other) => other.user === role)
}

/** An extension may have brought it; then the change is kept as it is. */
function elsewhere(st: Statement, what: string): Handled {
  if (st.catalog.extensions.size === 0) throw new Refusal('unknown-object', `${what} does not exist`)
  return keepVerbatim(st, 'ALTER', { late: true })
}
