const head = '// drizzle-kit does not create'

/**
 * drizzle-kit's SQL as its reader is told to run it: what the head of the code says must be there goes after namespaces, enums and sequences and
 * before the tables.
 */
export function loadableSql(code: string, sql: string): string {
  const prerequisites = (code.split(`\n${head}`)[1]?.split('\n\n')[0] ?? '')
    .split('\n')
    .slice(1)
    .map((line) => line.replace(/^\/\/ ?/, ''))
  const statements = sql.split(/;\n(?=\n?(?:CREATE|ALTER) )/).map((one) => `${one.trim().replace(/;$/, '')};`)
  const written = statements.map((one) => one.replace(/^CREATE SCHEMA "/, 'CREATE SCHEMA IF NOT EXISTS "')).filter((one) => one !== ';')
  const isEarly = (one: string): boolean => /^CREATE (?:SCHEMA|TYPE|SEQUENCE)/.test(one)
  return [...written.filter(isEarly), ...prerequisites, ...written.filter((one) => !isEarly(one))].join('\n')
}
