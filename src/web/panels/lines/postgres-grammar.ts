import type { LanguageRegistration } from 'shiki/core'

// A TextMate grammar of PostgreSQL's SQL, only for colour. Shiki's own `sql` is written for SQL Server: it reads `integer[]` as a bracketed
// name, knows neither dollar quotes nor `timestamptz`, and takes twenty times as long.

const words = (text: string): string => text.trim().split(/\s+/).join('|')

const keywords = words(`
  ACCESS ACTION ADD AFTER AGGREGATE ALL ALTER ALWAYS ANALYZE AND ANY AS ASC ATOMIC ATTACH AUTHORIZATION BEFORE BEGIN BETWEEN BY CACHE CALL CALLED CASCADE
  CASE CAST CHECK CLUSTER COLLATE COLLATION COLUMN COLUMNS COMMENT COMMIT COMMENTS CONCURRENTLY CONFLICT CONSTRAINT CONSTRAINTS CONTINUE CONVERSION COPY
  COST CREATE CROSS CURRENT CURRENT_DATE CURRENT_ROLE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER CYCLE DATABASE DECLARE DEFAULT DEFAULTS DEFERRABLE
  DEFERRED DEFINER DELETE DESC DETACH DICTIONARY DISABLE DISTINCT DO DOMAIN DROP EACH ELSE ELSIF ENABLE END ENFORCED ENUM ESCAPE EVENT EXCEPT EXCEPTION
  EXCLUDE EXECUTE EXISTS EXIT EXTENSION EXTERNAL FALSE FAMILY FETCH FILTER FIRST FOLLOWING FOR FORCE FOREACH FOREIGN FROM FULL FUNCTION FUNCTIONS
  GENERATED GRANT GRANTED GROUP HANDLER HASH HAVING IDENTITY IF ILIKE IMMEDIATE IMMUTABLE IN INCLUDE INCLUDING INCREMENT INDEX INHERIT INHERITS INITIALLY
  INNER INOUT INSERT INSTEAD INTERSECT INTO INVOKER IS ISNULL JOIN KEY LANGUAGE LAST LATERAL LEAKPROOF LEFT LIKE LIMIT LIST LOCAL LOCK LOGGED LOOP MATCH
  MATERIALIZED MAXVALUE MERGE MINVALUE NATURAL NEW NEXT NO NOT NOTHING NOTICE NOTNULL NULL NULLS OF OFF OFFSET OLD ON ONLY OPERATOR OPTION OPTIONS OR ORDER
  ORDINALITY OTHERS OUT OUTER OVER OVERLAPS OVERRIDING OWNED OWNER PARALLEL PARTIAL PARTITION PERFORM PERIOD PERMISSIVE POLICY PRECEDING PRIMARY PRIVILEGES
  PROCEDURE PUBLICATION RAISE RANGE RECURSIVE REFERENCES REFERENCING REFRESH REINDEX RELEASE RENAME REPEATABLE REPLACE REPLICA RESET RESTART RESTRICT
  RESTRICTED RESTRICTIVE RETURN RETURNING RETURNS REVOKE RIGHT ROLE ROLLBACK ROW ROWS RULE SAFE SAVEPOINT SCHEMA SECURITY SELECT SEQUENCE SERVER SESSION
  SESSION_USER SET SETOF SHARE SIMILAR SIMPLE SOME STABLE START STATEMENT STATISTICS STORAGE STORED STRICT SUBSCRIPTION SUPPORT SYMMETRIC SYSTEM TABLE
  TABLESPACE TEMP TEMPLATE TEMPORARY THEN TIES TO TRANSACTION TRIGGER TRUE TRUNCATE TYPE UNBOUNDED UNION UNIQUE UNLOGGED UNSAFE UPDATE USER USING VALID
  VALIDATE VALUE VALUES VARIADIC VERSION VIEW VIRTUAL VOLATILE WHEN WHERE WHILE WINDOW WITH WITHIN WITHOUT WRAPPER ZONE
`)
const types = words(`
  bigint bigserial bit bool boolean box bpchar bytea char character\\s+varying character cidr circle citext cstring date daterange datemultirange decimal
  double\\s+precision event_trigger float float4 float8 geography geometry hstore inet int int2 int4 int8 int4range int8range integer internal interval json jsonb
  jsonpath line lseg ltree macaddr macaddr8 money numeric numrange oid path point polygon real record regclass regproc regtype serial serial4
  serial8 smallint smallserial text(?!\\s+search) timestamptz timestamp timetz time trigger tsquery tsrange tstzrange tsvector uuid varbit varchar vector void xml
`)

export const postgresGrammar: LanguageRegistration = {
  name: 'postgres-sql',
  scopeName: 'source.postgres-sql',
  patterns: [{ include: '#all' }],
  repository: {
    all: {
      patterns: [
        { name: 'comment.line', match: '--.*$' },
        { name: 'comment.line', match: '^\\\\.*$' },
        { include: '#block-comment' },
        { name: 'string.escape', begin: "\\b[eE]'", end: "'(?!')", patterns: [{ match: "\\\\.|''" }] },
        { name: 'string.plain', begin: "(?:\\b[bBnNxX]|\\b[uU]&)?'", end: "'(?!')", patterns: [{ match: "''" }] },
        { name: 'variable.quoted', begin: '(?:\\b[uU]&)?"', end: '"(?!")', patterns: [{ match: '""' }] },
        {
          begin: '(?<![\\w$])(\\$(?:[A-Za-z_\\u0080-\\uffff][\\w\\u0080-\\uffff]*)?\\$)',
          end: '(\\1)',
          beginCaptures: { 1: { name: 'string.dollar' } },
          endCaptures: { 1: { name: 'string.dollar' } },
          patterns: [{ include: '#all' }],
        },
        { name: 'keyword.phrase', match: '(?i)\\b(?:trigger)(?=\\s+[\\w"]+\\s+(?:before|after|instead)\\b)' },
        {
          match: '(?i)\\b(time|timestamp)(\\s*\\(\\s*\\d+\\s*\\))?\\s+(with(?:out)?\\s+time\\s+zone)\\b',
          captures: { 1: { name: 'type' }, 2: { name: 'constant.numeric' }, 3: { name: 'type' } },
        },
        { match: '(?<=\\.)[A-Za-z_\\u0080-\\uffff][\\w$\\u0080-\\uffff]*' },
        {
          match:
            '(?i)\\b(?:name|date|time|text|path|point|line|type|value|values|key|version|action|role|user|owner|data|position|language|first|last|next|no|option|start|end|of|range|list|hash|event|comment|statement|schema|server|session|share|system|template|zone|session_user)(?=\\s+(?:' +
            types +
            ')\\b)',
        },
        { name: 'keyword.trigger', match: '(?i)\\btrigger\\b(?!\\s*(?:\\n|$|language\\b|as\\b))' },
        { name: 'type', match: `(?i)(?<![\\w$])(?:${types})(?![\\w$])` },
        { name: 'keyword', match: `(?i)(?<![\\w$])(?:${keywords})(?![\\w$])` },
        { name: 'constant.numeric', match: '(?<![\\w$])(?:0[xX][\\da-fA-F_]+|\\d[\\d_]*(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)\\b' },
        { match: '[A-Za-z_\\u0080-\\uffff][\\w$\\u0080-\\uffff]*' },
      ],
    },
    'block-comment': { name: 'comment.block', begin: '/\\*', end: '\\*/', patterns: [{ include: '#block-comment' }] },
  },
}
