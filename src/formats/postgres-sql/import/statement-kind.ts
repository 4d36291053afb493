/** What sort of statement a text is, for people: `CREATE TABLE`, `INSERT`. Read from its first words. */
export function statementKind(sql: string): string {
  if (isAlter.test(sql) && ownership.test(sql.slice(-120))) return 'OWNER TO'
  const [, first, second] = twoWords.exec(sql) ?? []
  if (first === undefined || second === undefined) return slowKind(sql)
  const known = simple.get(`${first} ${second}`)
  if (known !== undefined) return known
  const verb = first.toUpperCase()
  return verbs.has(verb) ? slowKind(sql) : verb
}

const isAlter = /^alter\s/i
const ownership = /\sowner\s+to\s+(?:"(?:[^"]|"")+"|[\w$]+)\s*;?$/i
const twoWords = /^([A-Za-z]+) (?:OR REPLACE |UNIQUE )?([A-Za-z]+)/

/** The commonest kinds, as they are mostly written. */
const simple = new Map(
  ['CREATE', 'ALTER', 'DROP'].flatMap((verb) =>
    ['TABLE', 'INDEX', 'VIEW', 'SEQUENCE', 'FUNCTION', 'TYPE', 'TRIGGER', 'DOMAIN', 'SCHEMA', 'POLICY'].flatMap((object) => {
      const kind = `${verb} ${object}`
      return [
        [kind, kind],
        [kind.toLowerCase(), kind],
      ] as const
    }),
  ),
)

function slowKind(sql: string): string {
  const [verb = 'STATEMENT', ...rest] =
    sql.slice(0, 120).replace(comments, ' ').toUpperCase().match(leadingWords)?.[1]?.split(/\s+/, 6) ?? []
  if (!verbs.has(verb)) return verb
  const objects = rest.filter((word) => !modifiers.has(word))
  const [first = '', second = ''] = objects
  if (pairs.has(`${first} ${second}`)) return `${verb} ${first} ${second}`
  return first === '' ? verb : `${verb} ${first}`
}

const comments = /\/\*[^]*?\*\/|--[^\n]*(?:\n|$)/g
const leadingWords = /^[\s(]*([A-Z]+(?:\s+[A-Z]+)*)/

const verbs = new Set(['CREATE', 'ALTER', 'DROP', 'COMMENT'])
const modifiers = new Set([
  'OR',
  'REPLACE',
  'UNIQUE',
  'UNLOGGED',
  'TEMP',
  'TEMPORARY',
  'GLOBAL',
  'LOCAL',
  'RECURSIVE',
  'CONSTRAINT',
  'TRUSTED',
  'PROCEDURAL',
])
const pairs = new Set([
  'MATERIALIZED VIEW',
  'FOREIGN TABLE',
  'FOREIGN DATA',
  'EVENT TRIGGER',
  'DEFAULT PRIVILEGES',
  'TEXT SEARCH',
  'OPERATOR CLASS',
  'OPERATOR FAMILY',
  'USER MAPPING',
  'ACCESS METHOD',
  'ON TABLE',
  'ON COLUMN',
  'ON FUNCTION',
  'ON SCHEMA',
  'ON EXTENSION',
  'ON TYPE',
  'ON INDEX',
  'ON VIEW',
  'ON TRIGGER',
])
