import { createHighlighterCore, type HighlighterCore, type ThemeRegistration } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import { LONGEST_SHOWN_LINE, tokenKinds, type TokenKind } from './code-line.ts'
import { postgresGrammar } from './postgres-grammar.ts'

/**
 * Colours a text: one list of runs per line (see `CodeLine`). The text must begin where its language's grammar begins: at the start of a
 * statement, not in the middle of a string. Runs in a worker.
 */
export async function highlight(text: string, language: string): Promise<readonly (readonly number[])[]> {
  const shiki = await highlighter()
  const lang = await load(shiki, language)
  const lines = shiki.codeToTokensBase(text, {
    lang,
    theme: theme.name,
    tokenizeMaxLineLength: LONGEST_SHOWN_LINE,
    tokenizeTimeLimit: MOST_TIME,
  })
  return lines.map((tokens) => {
    const runs: number[] = []
    for (const token of tokens) {
      const kind = kindOfColour.get(token.color?.toLowerCase() ?? '') ?? 0
      if (runs.length > 0 && runs.at(-1) === kind) runs[runs.length - 2] = (runs.at(-2) ?? 0) + token.content.length
      else runs.push(token.content.length, kind)
    }
    return runs.length === 2 && runs[1] === 0 ? [] : runs
  })
}

/** Milliseconds per line. Generous: a grammar's first line compiles it, and a line that is given up on is coloured wrongly. */
const MOST_TIME = 5000

/** Scopes by kind, in TextMate's notation. The colours of this theme are only names: the page maps kinds to the design's tokens. */
const scopes: Readonly<Record<Exclude<TokenKind, 'plain'>, readonly string[]>> = {
  keyword: [
    'keyword',
    'entity.name.function.attribute',
    'storage',
    'storage.type',
    'storage.modifier',
    'keyword.operator.new',
    'keyword.operator.expression',
  ],
  type: [
    'type',
    'entity.name.type',
    'entity.name.function',
    'support.function',
    'support.type',
    'support.class',
    'support.type.primitive',
    'support.type.property-name.json',
  ],
  string: ['string', 'punctuation.definition.string'],
  number: ['constant.numeric', 'constant.language', 'constant.language.boolean'],
  comment: ['comment', 'punctuation.definition.comment'],
}
const plainScopes = ['keyword.operator', 'variable.quoted', 'string.template meta.template.expression', 'storage.type.function.arrow']

const colourOf = (kind: TokenKind): string => `#00000${tokenKinds.indexOf(kind)}`
const kindOfColour = new Map(tokenKinds.map((kind, index) => [colourOf(kind), index]))

const theme = {
  name: 'schemaflow',
  type: 'dark',
  colors: { 'editor.foreground': colourOf('plain'), 'editor.background': '#ffffff' },
  settings: [
    { settings: { foreground: colourOf('plain'), background: '#ffffff' } },
    ...tokenKinds.flatMap((kind) => (kind === 'plain' ? [] : [{ scope: [...scopes[kind]], settings: { foreground: colourOf(kind) } }])),
    { scope: plainScopes, settings: { foreground: colourOf('plain') } },
  ],
} satisfies ThemeRegistration

let started: Promise<HighlighterCore> | undefined
const highlighter = (): Promise<HighlighterCore> =>
  (started ??= createHighlighterCore({
    engine: createJavaScriptRegexEngine({ forgiving: true }),
    themes: [theme],
    langs: [postgresGrammar],
  }))

/** Formats name Shiki's languages; plain text needs none. */
async function load(shiki: HighlighterCore, language: string): Promise<string> {
  switch (language) {
    case 'sql':
      return postgresGrammar.name
    case 'typescript':
      await shiki.loadLanguage(import('shiki/langs/typescript.mjs'))
      return 'typescript'
    case 'prisma':
      await shiki.loadLanguage(import('shiki/langs/prisma.mjs'))
      return 'prisma'
    case 'json':
      await shiki.loadLanguage(import('shiki/langs/json.mjs'))
      return 'json'
    default:
      return 'text'
  }
}
