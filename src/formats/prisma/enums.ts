import type { Enum } from '#core/schema/index.ts'
import { prismaString } from '../shared/code/literals.ts'
import type { CodeWriter } from '../shared/code/writer.ts'
import { pathOf } from '../shared/orm/catalog.ts'
import { field, gap, writeBlock, writeComment, type Row } from './block.ts'
import { mapLine, schemaLine, target, type Context } from './context.ts'

/** An enum; values that are no identifiers are mapped. */
export function writeEnum(context: Context, code: CodeWriter, type: Enum): void {
  if (type.values.length === 0) {
    context.losses.add('empty-enum', 'enum', pathOf(type), `${target.name} has no enums without values.`)
    return
  }
  if (type.values.some((value) => value.includes("'"))) {
    const message = `${target.name} Migrate writes the quotes of its values without doubling them, so its SQL does not run.`
    context.losses.add('enum-quotes', 'enum', pathOf(type), message, 'Correct the generated migration.')
  }
  const values = type.values.map((value) => {
    const id = context.enumValue(type, value) ?? ''
    return field(id, id === value ? '' : `@map(${prismaString(value)})`)
  })
  const lines = [...mapLine(context.id(type), type.name), ...schemaLine(context, type.namespace)].map((text): Row => ({
    kind: 'line',
    text,
  }))
  code.gap()
  if (type.comment !== null) writeComment(code, type.comment)
  writeBlock(code, `enum ${context.id(type)}`, [...values, gap, ...lines])
}
