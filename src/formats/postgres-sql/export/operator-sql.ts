import { findType, quoteName, typeParts, unquoteNames } from '#core/dialects/postgres.ts'
import {
  DEFAULT_NAMESPACE,
  nameKey,
  type Cast,
  type ObjectName,
  type Operator,
  type OperatorClass,
  type OperatorClassElement,
  type OperatorFamily,
} from '#core/schema/index.ts'
import { toldSql, type Context } from './context.ts'
import { strength } from './order.ts'
import { keyOf, keyOfNamed, type Piece } from './piece.ts'
import { clauses, commentSql, fullName } from './sql.ts'

// Operators, what indexes know of them, and casts.

/** An operator. Its commutator and negator need not be there: PostgreSQL announces them by itself. */
export function operatorPiece(context: Context, operator: Operator, index: number): Piece {
  const { left, right, function: routine, commutator, negator, restrict, join, hashes, merges, searchPath: path } = operator
  const name = operatorName(operator)
  const type = (each: string): string => context.type(each, path)
  const definition = [
    `FUNCTION = ${routine}`,
    left !== null && `LEFTARG = ${type(left)}`,
    right !== null && `RIGHTARG = ${type(right)}`,
    commutator !== null && `COMMUTATOR = ${commutator}`,
    negator !== null && `NEGATOR = ${negator}`,
    restrict !== null && `RESTRICT = ${restrict}`,
    join !== null && `JOIN = ${join}`,
    hashes && 'HASHES',
    merges && 'MERGES',
  ].filter((part) => part !== false)
  const operands = [left, right].filter((each) => each !== null)
  const target = `${name} (${[left, right].map((each) => (each === null ? 'NONE' : type(each))).join(', ')})`
  return {
    searchPath: path,
    statements: [`CREATE OPERATOR ${name} (\n  ${definition.join(',\n  ')}\n)`, ...toldSql(context, 'OPERATOR', target, operator)],
    makes: [['operator', operator], ...companionOf(operands, path)],
    lists: [['operators', index]],
    needs: [commutator, negator].flatMap((each) => namespaceNeeds(each)),
    uses: [
      ...operands.map((each) => [each, 'type'] as const),
      [routine, 'name:routine'],
      ...[restrict, join].flatMap((each) => (each === null ? [] : [[each, 'name:routine'] as const])),
    ],
  }
}

/** A family, with what belongs to none of its classes. */
export function operatorFamilyPiece(context: Context, family: OperatorFamily, index: number): Piece {
  const path = family.searchPath
  const target = `${fullName(family)} USING ${quoteName(family.method)}`
  const { elements } = family
  return {
    key: keyOf('opfamily', family, family.method),
    searchPath: path,
    statements: [
      `CREATE OPERATOR FAMILY ${target}`,
      ...(elements.length > 0 ? [`ALTER OPERATOR FAMILY ${target} ADD\n${elementLines(context, elements, path)}`] : []),
      ...toldSql(context, 'OPERATOR FAMILY', target, family),
    ],
    makes: [['opfamily', family]],
    lists: [['operatorFamilies', index]],
    needs: [[keyOfNamed('accessMethod', family.method), strength.certain]],
    uses: elementUses(elements),
  }
}

export function operatorClassPiece(context: Context, opclass: OperatorClass, index: number): Piece {
  const { method, type, isDefault, storage, elements, searchPath: path } = opclass
  const name = fullName(opclass)
  const head = clauses([
    `CREATE OPERATOR CLASS ${name}${isDefault ? ' DEFAULT' : ''}`,
    `FOR TYPE ${context.type(type, path)} USING ${quoteName(method)}`,
    opclass.family && `FAMILY ${fullName(opclass.family)}`,
    'AS',
  ])
  const stored = storage === null ? [] : [`  STORAGE ${context.type(storage, path)}`]
  const lines = [...(elements.length > 0 ? [elementLines(context, elements, path)] : []), ...stored]
  // Nothing at all is no definition: the storage of its own type changes nothing.
  const body = lines.length > 0 ? lines.join(',\n') : `  STORAGE ${context.type(type, path)}`
  return {
    key: keyOf('opclass', opclass, method),
    searchPath: path,
    statements: [`${head}\n${body}`, ...toldSql(context, 'OPERATOR CLASS', `${name} USING ${quoteName(method)}`, opclass)],
    makes: [
      ['opclass', opclass],
      ...(opclass.family ? [] : [['opfamily', opclass] as const]),
      ...(isDefault ? companionOf([type], path) : []),
    ],
    lists: [['operatorClasses', index]],
    needs: [
      [keyOfNamed('accessMethod', method), strength.certain],
      [keyOf('opfamily', opclass.family ?? opclass, method), strength.certain],
    ],
    uses: [[type, 'type'], ...(storage === null ? [] : [[storage, 'type'] as const]), ...elementUses(elements)],
  }
}

export function castPiece(context: Context, cast: Cast, index: number): Piece {
  const path = cast.searchPath
  const target = `CAST (${context.type(cast.source, path)} AS ${context.type(cast.target, path)})`
  const how = {
    function: `WITH FUNCTION ${cast.function ?? ''}`,
    inout: 'WITH INOUT',
    binary: 'WITHOUT FUNCTION',
  }[cast.method]
  return {
    searchPath: path,
    statements: [
      clauses([`CREATE ${target}`, how, cast.context !== 'explicit' && `AS ${cast.context.toUpperCase()}`]),
      ...commentSql(target, cast.comment),
    ],
    makes: companionOf([cast.source, cast.target], path),
    lists: [['casts', index]],
    uses: [[cast.source, 'type'], [cast.target, 'type'], ...(cast.function === null ? [] : [[cast.function, 'name:routine'] as const])],
  }
}

/** Operators are spelt with signs, which are never quoted. */
/** An operator's name with its namespace; operators are never quoted. */
export const operatorName = ({ namespace, name }: ObjectName): string => `${quoteName(namespace)}.${name}`

function elementLines(context: Context, elements: readonly OperatorClassElement[], path: string | null): string {
  const lines = elements.map(({ kind, number, name, types, orderBy }) => {
    const operands = types.length > 0 ? ` (${types.map((type) => context.type(type, path)).join(', ')})` : ''
    return kind === 'function'
      ? `  FUNCTION ${number}${operands} ${name}`
      : `  OPERATOR ${number} ${bare(name)}${operands}${orderBy === null ? '' : ` FOR ORDER BY ${orderBy}`}`
  })
  return lines.join(',\n')
}

/** `OPERATOR(public.=)` is an expression's spelling; here the name stands by itself. */
const bare = (name: string): string => /^operator\s*\(\s*(.*?)\s*\)$/i.exec(name)?.[1] ?? name

const elementUses = (elements: readonly OperatorClassElement[]): NonNullable<Piece['uses']> =>
  elements.flatMap(({ kind, name, types, orderBy }) => [
    [name, kind === 'operator' ? 'name:operator' : 'name:routine'] as const,
    ...types.map((type) => [type, 'type'] as const),
    ...(orderBy === null ? [] : [[orderBy, 'name:opfamily'] as const]),
  ])

/** Own types whose values an object compares or converts. */
function companionOf(types: readonly string[], path: string | null): NonNullable<Piece['makes']> {
  const found = new Map<string, ObjectName>()
  for (const type of types) {
    const { name } = typeParts(type)
    if (findType(name)) continue
    const [first = '', second] = unquoteNames(name)
    const [ahead = DEFAULT_NAMESPACE] = path === null ? [] : unquoteNames(path)
    const own = second === undefined ? { namespace: ahead, name: first } : { namespace: first, name: second }
    found.set(nameKey(own), own)
  }
  return [...found.values()].map((own) => ['companion', own] as const)
}

/** PostgreSQL announces an operator that is not there yet, in a namespace that must be there. */
function namespaceNeeds(operator: string | null): NonNullable<Piece['needs']> {
  const before = operator === null ? undefined : /^(?:operator\s*\(\s*)?((?:"(?:[^"]|"")*"|[\w$]+))\s*\./i.exec(operator)?.[1]
  const namespace = before === undefined ? undefined : unquoteNames(before)[0]
  return namespace === undefined ? [] : [[keyOfNamed('namespace', namespace), strength.certain]]
}
