import type { Column, ObjectName, Table } from '#core/schema/index.ts'
import { pathOf } from '../shared/orm/catalog.ts'
import type { Losses } from '../shared/orm/losses.ts'
import { canWrite } from './kit.ts'

/** What is left out because drizzle-kit cannot write its name, and with it every text that speaks of it. */
export class Omitted {
  private readonly losses: Losses
  private readonly names: string[] = []

  constructor(losses: Losses) {
    this.losses = losses
  }

  keeps(kind: string, object: ObjectName): boolean {
    const isKept = canWrite(object.name) && canWrite(object.namespace) && !(object.namespace in {})
    return isKept || this.leaveOut(kind, object.name, pathOf(object), 'drizzle-kit cannot write such a name, so it is left out.')
  }

  keepsNamespace(name: string): boolean {
    const isKept = canWrite(name) && !(name in {})
    return isKept || this.leaveOut('namespace', name, name, 'drizzle-kit cannot write such a name, so it is left out.')
  }

  withoutColumns(table: Table, hasType: (table: Table, column: Column) => boolean): Table {
    const columns = table.columns.filter((column) => {
      const path = pathOf(table, column.name)
      if (!canWrite(column.name))
        return this.leaveOut('column', column.name, path, 'drizzle-kit cannot write such a name, so it is left out.')
      return (
        hasType(table, column) ||
        this.leaveOut('column', column.name, path, `drizzle-kit cannot write its type ${column.type}, so it is left out.`)
      )
    })
    return columns.length === table.columns.length ? table : { ...table, columns }
  }

  /** Whether a text speaks of nothing that is left out. Careful: a like name elsewhere counts too. */
  allows(sql: string): boolean {
    return !this.names.some((name) => sql.includes(name) || sql.includes(name.replaceAll('"', '""')))
  }

  private leaveOut(kind: string, name: string, path: string, message: string): false {
    this.names.push(name)
    this.losses.add('name', kind, path, message, 'Rename it.')
    return false
  }
}
