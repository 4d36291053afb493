/** What sort of statement a text is, for people: `CREATE TABLE`, `INSERT`. Read from its first words. */
export function statementKind(sql: string): string {
  const head = sql.slice(0, 200).replace(/\/\*[\s\S]*?\*\/|--[^\n]*(?:\n|$)/g, ' ').toUpperCase()
  const words = head.match(/^\s*\(*\s*([A-Z]+)(?:\s+([A-Z]+))?(?:\s+([A-Z]+))?(?:\s+([A-Z]+))?(?:\s+([A-Z]+))?(?:\s+([A-Z]+))?/)?.slice(1).filter(Boolean) ?? []
  const [verb = 'STATEMENT', ...rest] = words
  if (!verbs.has(verb)) return verb
  const objects = rest.filter((word) => !modifiers.has(word))
  const [first = '', second = ''] = objects
  if (pairs.has(`${first} ${second}`)) return `${verb} ${first} ${second}`
  return first === '' ? verb : `${verb} ${first}`
}

const verbs = new Set(['CREATE', 'ALTER', 'DROP', 'COMMENT'])
const modifiers = new Set(['OR', 'REPLACE', 'UNIQUE', 'UNLOGGED', 'TEMP', 'TEMPORARY', 'GLOBAL', 'LOCAL', 'RECURSIVE', 'CONSTRAINT', 'TRUSTED', 'PROCEDURAL'])
const pairs = new Set([
  'MATERIALIZED VIEW', 'FOREIGN TABLE', 'FOREIGN DATA', 'EVENT TRIGGER', 'DEFAULT PRIVILEGES', 'TEXT SEARCH', 'OPERATOR CLASS', 'OPERATOR FAMILY', 'USER MAPPING', 'ACCESS METHOD',
  'ON TABLE', 'ON COLUMN', 'ON FUNCTION', 'ON SCHEMA', 'ON EXTENSION', 'ON TYPE', 'ON INDEX', 'ON VIEW', 'ON TRIGGER',
])
