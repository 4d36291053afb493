/**
 * PostgreSQL's keywords that are more than plain names, by class (`pg_get_keywords()`), newest server first: PostgreSQL 18 with what 13 to 17 had.
 * `reserved` cannot name anything unquoted; `typeOrFunction` may name types and functions, `columnOrTable` columns and tables.
 * Unreserved keywords are left out: they are good names.
 */
export const keywordClasses = {
  reserved: words(`all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create current_catalog
    current_date current_role current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for
    foreign from grant group having in initially intersect into lateral leading limit localtime localtimestamp not null offset on only or order
    placing primary references returning select session_user some symmetric system_user table then to trailing true union unique user using
    variadic when where window with`),
  typeOrFunction: words(`authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join left like
    natural notnull outer overlaps right similar tablesample verbose`),
  columnOrTable:
    words(`between bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping inout int integer
    interval json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value
    least merge_action national nchar none normalize nullif numeric out overlay position precision real row setof smallint substring time
    timestamp treat trim values varchar xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot
    xmlserialize xmltable`),
} as const

/** Every word that `quoteName` puts in quotes, as PostgreSQL's own `quote_ident` does. */
export const reservedWords: ReadonlySet<string> = new Set(Object.values(keywordClasses).flat())

function words(text: string): readonly string[] {
  return text.split(/\s+/)
}
