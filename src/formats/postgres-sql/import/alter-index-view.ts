import type { AlterTableCmd } from 'libpg-query'
import { as } from './ast.ts'
import type { AnyIndex } from './relation.ts'
import type { ViewDraft } from './draft.ts'
import { attach } from './indexes.ts'
import { keepVerbatim } from './opaque.ts'
import { accessMethodNamed } from './session-settings.ts'
import { Refusal, type Handled, type Statement } from './statement.ts'
import { changedOptions, roleName, valueText } from './values.ts'

/** ALTER INDEX: attach to the parent's, storage, tablespace, statistics targets. */
export function alterIndex(st: Statement, relation: AnyIndex, cmds: readonly AlterTableCmd[]): Handled {
  for (const cmd of cmds) {
    const handled = alterIndexPart(st, relation, cmd)
    if (handled) return handled
  }
  return undefined
}

function alterIndexPart(st: Statement, relation: AnyIndex, cmd: AlterTableCmd): Handled {
  const index = relation.kind === 'index' ? relation.index : 'options' in relation.constraint ? relation.constraint : undefined
  switch (cmd.subtype) {
    case 'AT_AttachPartition': {
      const child = as(cmd.def, 'PartitionCmd')?.name
      const name = st.find(child)
      const found = name && st.catalog.relation(name)
      if (found?.kind !== 'index' && found?.kind !== 'constraintIndex')
        throw new Refusal('unknown-index', `index "${child?.relname ?? ''}" does not exist`, { location: child?.location })
      attach(found, {
        namespace: relation.owner.namespace,
        name: relation.kind === 'index' ? relation.index.name : relation.constraint.name,
      })
      return undefined
    }
    case 'AT_SetRelOptions':
    case 'AT_ResetRelOptions':
      if (index) index.options = changedOptions(index.options, as(cmd.def, 'List')?.items, cmd.subtype === 'AT_ResetRelOptions')
      return undefined
    case 'AT_SetTableSpace':
      if (index) index.tablespace = cmd.name === 'pg_default' ? null : (cmd.name ?? null)
      return undefined
    case 'AT_SetStatistics':
      if (relation.kind !== 'index') return keepVerbatim(st, 'ALTER INDEX', { late: true })
      relation.index.statistics = {
        ...relation.index.statistics,
        [String(cmd.num ?? 0)]: Number(valueText(cmd.def)),
      } as typeof relation.index.statistics
      return undefined
    default:
      return keepVerbatim(st, 'ALTER INDEX', { late: true })
  }
}

/** ALTER VIEW and ALTER MATERIALIZED VIEW. */
export function alterView(st: Statement, view: ViewDraft, cmds: readonly AlterTableCmd[]): Handled {
  for (const cmd of cmds) {
    const handled = alterViewPart(st, view, cmd)
    if (handled) return handled
  }
  return undefined
}

function alterViewPart(st: Statement, view: ViewDraft, cmd: AlterTableCmd): Handled {
  switch (cmd.subtype) {
    case 'AT_ColumnDefault': {
      const keyword = st.tokens.find('default', st.tokens.find('column', 0) + 1)
      setViewDefault(view, cmd.name ?? '', cmd.def ? st.text(keyword + 1, st.tokens.elementEnd(keyword + 1)) : null)
      return undefined
    }
    case 'AT_SetRelOptions':
    case 'AT_ResetRelOptions':
      view.options = changedOptions(view.options, as(cmd.def, 'List')?.items, cmd.subtype === 'AT_ResetRelOptions')
      return undefined
    case 'AT_ClusterOn':
      view.clusteredOn = cmd.name ?? null
      return undefined
    case 'AT_DropCluster':
      view.clusteredOn = null
      return undefined
    case 'AT_SetTableSpace':
      view.tablespace = cmd.name ?? null
      return undefined
    case 'AT_SetAccessMethod':
      view.accessMethod = accessMethodNamed(cmd.name)
      return undefined
    case 'AT_ChangeOwner':
      if (st.session.privileges) view.owner = roleName(cmd.newowner)
      return undefined
    default:
      return keepVerbatim(st, 'ALTER VIEW', { late: true, about: [view] })
  }
}

function setViewDefault(view: ViewDraft, name: string, text: string | null): void {
  const column = view.columns.find((candidate) => candidate.name === name)
  if (column) column.default = text
  else view.columns.push({ name, default: text, comment: null })
}
