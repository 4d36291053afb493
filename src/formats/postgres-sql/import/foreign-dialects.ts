/** Another database's SQL, recognised by what only it has. */
export interface ForeignDialect {
  readonly name: string
  /** What gave it away. */
  readonly sign: string
  readonly hint: string
}

const MYSQL_HINT = 'Import it as MySQL once that format is there, or convert the dump to PostgreSQL first (pgloader does).'
const SQL_SERVER_HINT = 'Convert the script to PostgreSQL first: it was written for Microsoft SQL Server.'
const SQLITE_HINT = 'Import it as SQLite once that format is there, or remove AUTOINCREMENT.'

const signs: readonly (readonly [pattern: RegExp, name: string, sign: string, hint: string])[] = [
  [/`/, 'MySQL', 'names in backticks', MYSQL_HINT],
  [/\bAUTO_INCREMENT\b/i, 'MySQL', 'AUTO_INCREMENT', MYSQL_HINT],
  [/\)\s*(?:ENGINE|DEFAULT CHARSET)\s*=/i, 'MySQL', 'ENGINE =', MYSQL_HINT],
  [/\b(?:TINY|SMALL|MEDIUM|BIG)?INT(?:\(\d+\))?\s+UNSIGNED\b/i, 'MySQL', 'UNSIGNED', MYSQL_HINT],
  [/^\s*(?:LOCK|UNLOCK)\s+TABLES\b/i, 'MySQL', 'LOCK TABLES', MYSQL_HINT],
  [/^\s*DELIMITER\b/i, 'MySQL', 'DELIMITER', MYSQL_HINT],
  [/\bIDENTITY\s*\(\s*\d+\s*,\s*\d+\s*\)/i, 'SQL Server', 'IDENTITY(1,1)', SQL_SERVER_HINT],
  [/\[[A-Za-z_][\w ]*\]\s*(?:\.\s*\[|\[)/, 'SQL Server', 'names in square brackets', SQL_SERVER_HINT],
  [/\bNVARCHAR\b|\bN?VARCHAR\s*\(\s*MAX\s*\)/i, 'SQL Server', 'NVARCHAR', SQL_SERVER_HINT],
  [/^\s*GO\b/im, 'SQL Server', 'GO', SQL_SERVER_HINT],
  [/^\s*(?:TABLE|CREATE TABLE|ALTER TABLE|INSERT INTO|USE)\s+\[/i, 'SQL Server', 'names in square brackets', SQL_SERVER_HINT],
  [/\bAUTOINCREMENT\b/i, 'SQLite', 'AUTOINCREMENT', SQLITE_HINT],
  [/^\s*PRAGMA\b/i, 'SQLite', 'PRAGMA', SQLITE_HINT],
  [/\b(?:VARCHAR2|NUMBER\s*\(\s*\d+)/i, 'Oracle', 'VARCHAR2 or NUMBER', 'Convert the script to PostgreSQL first (ora2pg does).'],
]

/** The dialect a refused statement is most likely written in; only its part around the error is looked at when it is long. */
export function foreignDialect(sql: string, offset: number): ForeignDialect | undefined {
  const text = sql.length < 20_000 ? sql : sql.slice(Math.max(0, offset - 2000), offset + 4000)
  // What stands in strings proves nothing.
  const bare = text.replace(/'(?:[^']|'')*'/g, "''")
  for (const [pattern, name, sign, hint] of signs) if (pattern.test(bare)) return { name, sign, hint }
  return undefined
}
