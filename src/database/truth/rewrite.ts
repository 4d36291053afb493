import { Tokens } from '#formats/shared/sql/tokens.ts'

// Small changes to statements before they are tried out. Nothing moves: what goes is replaced by spaces, so that places in errors stay.

/** Tablespaces are directories of a server: here there are none. */
export function withoutTablespace(sql: string): string {
  if (!/\btablespace\b/i.test(sql) || !/^\s*(?:create|alter)\s+(?:unique\s+|unlogged\s+|materialized\s+)*(?:table|index|view)\b/i.test(sql))
    return sql
  const tokens = new Tokens(sql)
  let result = sql
  for (let at = 0; at < tokens.length; at += 1) {
    if (tokens.word(at) !== 'tablespace') continue
    // USING INDEX TABLESPACE name, TABLESPACE name; SET TABLESPACE is refused, as it is the whole statement.
    const first = tokens.word(at - 1) === 'index' && tokens.word(at - 2) === 'using' ? at - 2 : at
    if (tokens.word(at - 1) === 'set') continue
    result = blank(result, tokens.list[first]?.start ?? 0, tokens.list[at + 1]?.end ?? sql.length)
  }
  return result
}

/** Types that stand in for those of PostGIS take no words as modifiers: `geometry(Point, 4326)`. */
export function withoutModifiers(sql: string): string {
  if (!/\b(?:geometry|geography)\s*\(/i.test(sql) || !/^\s*(?:create|alter)\b/i.test(sql)) return sql
  const tokens = new Tokens(sql)
  let result = sql
  for (let at = 0; at < tokens.length; at += 1) {
    const word = tokens.word(at)
    if ((word !== 'geometry' && word !== 'geography') || tokens.word(at + 1) !== '(') continue
    result = blank(result, tokens.list[at + 1]?.start ?? 0, tokens.list[tokens.close(at + 1)]?.end ?? sql.length)
  }
  return result
}

const blank = (text: string, start: number, end: number): string => text.slice(0, start) + ' '.repeat(end - start) + text.slice(end)
