import { quoteLiteral, quoteName } from '#core/dialects/postgres.ts'
import type { TextSearch, TextSearchConfiguration } from '#core/schema/index.ts'
import { unreachable } from '#core/unreachable.ts'
import { toldSql, type Context } from './context.ts'
import { keyOf, type Piece } from './piece.ts'
import type { Target } from './scan.ts'
import { commentSql, fullName } from './sql.ts'

/** A parser, template, dictionary or configuration of full text search. */
export function textSearchPiece(context: Context, object: TextSearch, index: number): Piece {
  const name = fullName(object)
  const kind = `TEXT SEARCH ${object.kind.toUpperCase()}`
  // Parsers and templates belong to nobody.
  const owned = object.kind === 'dictionary' || object.kind === 'configuration'
  return {
    key: keyOf('textSearch', object, object.kind),
    searchPath: object.searchPath,
    statements: [
      `CREATE ${kind} ${name} (${definitionOf(object).join(', ')})`,
      ...(object.kind === 'configuration' ? mappingSql(name, object) : []),
      ...(owned ? toldSql(context, kind, name, object) : commentSql(`${kind} ${name}`, object.comment)),
    ],
    makes: [[targets[object.kind], object]],
    lists: [['textSearch', index]],
    uses: usesOf(object),
  }
}

const targets = {
  parser: 'tsParser',
  template: 'tsTemplate',
  dictionary: 'tsDictionary',
  configuration: 'tsConfiguration',
} as const satisfies Record<TextSearch['kind'], Target>

function definitionOf(object: TextSearch): readonly string[] {
  switch (object.kind) {
    case 'parser':
    case 'template':
      return Object.entries(object.options).map(([key, value]) => `${key.toUpperCase()} = ${value}`)
    case 'dictionary':
      return [
        `TEMPLATE = ${object.template}`,
        ...Object.entries(object.options).map(([key, value]) => `${quoteName(key)} = ${quoteLiteral(value)}`),
      ]
    case 'configuration':
      return [`PARSER = ${object.parser}`]
    default:
      return unreachable(object)
  }
}

/** Kinds of tokens that follow each other and go to the same dictionaries share a statement. */
function mappingSql(name: string, { mappings }: TextSearchConfiguration): readonly string[] {
  const groups: { readonly tokens: string[]; readonly dictionaries: string }[] = []
  for (const { token, dictionaries } of mappings) {
    const list = dictionaries.join(', ')
    const last = groups.at(-1)
    if (last?.dictionaries === list) last.tokens.push(quoteName(token))
    else groups.push({ tokens: [quoteName(token)], dictionaries: list })
  }
  return groups.map(
    ({ tokens, dictionaries }) => `ALTER TEXT SEARCH CONFIGURATION ${name}\n  ADD MAPPING FOR ${tokens.join(', ')} WITH ${dictionaries}`,
  )
}

function usesOf(object: TextSearch): NonNullable<Piece['uses']> {
  switch (object.kind) {
    case 'parser':
    case 'template':
      return Object.values(object.options).map((routine) => [routine, 'name:routine'])
    case 'dictionary':
      return [
        [object.template, 'name:tsTemplate'],
        // Some templates pass words on to other dictionaries.
        ...Object.values(object.options).map((value) => [value, 'name:tsDictionary'] as const),
      ]
    case 'configuration':
      return [
        [object.parser, 'name:tsParser'],
        ...object.mappings.flatMap(({ dictionaries }) => dictionaries.map((each) => [each, 'name:tsDictionary'] as const)),
      ]
    default:
      return unreachable(object)
  }
}
