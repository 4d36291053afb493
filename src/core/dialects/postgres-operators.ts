/** The names of PostgreSQL's own operators (`SELECT DISTINCT oprname FROM pg_operator`, 13 to 18). */
export const builtinOperators: ReadonlySet<string> = new Set(
  `!! !~ !~* !~~ !~~* # ## #- #> #>> % & && &< &<| &> * *< *<= *<> *= *> *>= + - -> ->> -|- / < <-> << <<= <<| <= <> <@ <^ = > >= >> >>= >^
  ? ?# ?& ?- ?-| ?| ?|| @ @-@ @> @? @@ @@@ ^ ^@ | |&> |/ |>> || ||/ ~ ~* ~<=~ ~<~ ~= ~>=~ ~>~ ~~ ~~*`.split(/\s+/),
)

/** What operators are spelt with. */
export const operatorCharacters = '+-*/<>=~!@#%^&|`?'
