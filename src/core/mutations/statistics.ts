import { statisticsShape } from '../schema/index.ts'
import { plainMutations } from './plain-objects.ts'
import { requireExpression } from './sql-texts.ts'
import { quoted, refuse } from './trouble.ts'

const kinds = ['ndistinct', 'dependencies', 'mcv']

/** `statistics.create`, `.update` and `.delete`: extended statistics on columns or expressions of one table. */
export const statistics = plainMutations('statistics', 'statistics', statisticsShape, {
  sound(draft, row, before) {
    const unknown = row.kinds.find((kind) => !kinds.includes(kind))
    if (unknown !== undefined) refuse('bad-option', `There are no statistics of kind "${unknown}".`, `Choose among ${kinds.join(', ')}.`)
    if (before?.elements === row.elements && before.table === row.table) return row
    const { table } = row
    if (!draft.named(table.name).some(({ kind, id }) => kind === 'table' && draft.get('table', id)?.namespace === table.namespace))
      refuse('not-found', `There is no table ${quoted(table)}.`)
    const elements = row.elements.map((element) => requireExpression(`An element of ${quoted(row)}`, element))
    const isAlone = elements.length === 1 && /^(?:"(?:[^"]|"")+"|\w+)$/.test(elements[0] ?? '')
    if (elements.length === 0 || isAlone)
      refuse('bad-option', `The statistics ${quoted(row)} need two columns, or an expression.`, 'Add another column.')
    return { ...row, elements }
  },
})
