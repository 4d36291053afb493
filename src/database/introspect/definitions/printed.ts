/**
 * A text as PostgreSQL prints it, in the one spelling that lasts. `status IN ('a', 'b')` on a `character varying` column is printed as
 * `(ARRAY['a'::character varying, …])::text[]`, but what is read from that text is printed as `ARRAY[('a'::character varying)::text, …]` for ever after:
 * without this, a database and its restored copy would differ. Some texts (CASE) begin on a line of their own.
 */
export function printed(text: string): string {
  if (!text.includes('])::text[]')) return text.trim()
  return text.replace(castArray, (_, items: string) => `ARRAY[${items.replace(item, "('$1'::character varying)::text")}]`).trim()
}

const castArray = /\(ARRAY\[((?:'(?:[^']|'')*'::character varying(?:, )?)+)\]\)::text\[\]/g
const item = /'((?:[^']|'')*)'::character varying/g

/** The same for what may be absent. */
export const printedOrNull = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : printed(text)
