import { canonicalType, findType, shortType, typeParts, typePicker, type TypeCategory } from '#core/dialects/postgres.ts'

/** A line of the type picker. */
export interface TypeChoice {
  /** What will be stored. */
  readonly type: string
  /** What is shown. */
  readonly label: string
  readonly about: string
}
export interface TypeGroup {
  readonly heading: string
  readonly choices: readonly TypeChoice[]
}

const headings: Readonly<Record<TypeCategory, string>> = {
  numeric: 'Numbers',
  text: 'Text',
  boolean: 'Yes or no',
  datetime: 'Date and time',
  uuid: 'Identifiers',
  json: 'JSON',
  array: 'Arrays',
  enum: 'Enums',
  binary: 'Binary',
  network: 'Network',
  geometric: 'Geometry',
  range: 'Ranges',
  search: 'Search',
  other: 'Other',
}

/** A type that the project itself defines. */
export interface OwnType {
  /** As a column's type spells it. */
  readonly type: string
  readonly about: string
}

/**
 * What the picker offers for what is typed: the project's own types first, then PostgreSQL's by category. Modifiers and brackets carry over:
 * `varchar(80)[]` offers `varchar(80)[]`. A type nobody knows is offered as it is, last.
 */
export function typeChoices(query: string, own: readonly OwnType[]): TypeGroup[] {
  const { name, modifier, dimensions } = typeParts(query.trim())
  const sought = name.toLowerCase()
  const tail = `${modifier === null ? '' : `(${modifier})`}${dimensions}`
  const groups = new Map<string, TypeChoice[]>()
  const add = (heading: string, choice: TypeChoice): void => void groups.set(heading, [...(groups.get(heading) ?? []), choice])
  for (const { type, about } of own)
    if (type.toLowerCase().includes(sought)) add('This project', { type: type + dimensions, label: type + dimensions, about })
  for (const { type, short, category, about, aliases, modifier: takes } of typePicker) {
    if (![type, short, ...aliases].some((spelling) => spelling.includes(sought))) continue
    if (modifier !== null && takes === 'none') continue
    const stored = canonicalType(`${short}${tail}`)
    add(headings[category], { type: stored, label: shortType(stored), about })
  }
  const isKnown = findType(sought) !== undefined || own.some(({ type }) => type.toLowerCase() === sought)
  const result = [...groups].map(([heading, choices]) => ({ heading, choices: exactFirst(choices, sought) }))
  result.sort((a, b) => exactness(b, sought) - exactness(a, sought))
  const stored = canonicalType(query)
  return sought === '' || isKnown
    ? result
    : [...result, { heading: 'As typed', choices: [{ type: stored, label: stored, about: 'a type of an extension or your own' }] }]
}

const isExact = ({ type }: TypeChoice, sought: string): boolean => {
  const { name } = typeParts(type)
  return name === sought || findType(name)?.short === sought || (findType(name)?.aliases ?? []).includes(sought)
}
const exactFirst = (choices: readonly TypeChoice[], sought: string): TypeChoice[] =>
  [...choices].sort((a, b) => Number(isExact(b, sought)) - Number(isExact(a, sought)))
const exactness = ({ choices }: TypeGroup, sought: string): number => (choices.some((choice) => isExact(choice, sought)) ? 1 : 0)

/** A type with another modifier (null = none) and with or without brackets. */
export function withTail(type: string, modifier: string | null, isArray: boolean): string {
  const { name, dimensions } = typeParts(type)
  return canonicalType(`${findType(name)?.short ?? name}${modifier ? `(${modifier})` : ''}${isArray ? dimensions || '[]' : ''}`)
}
