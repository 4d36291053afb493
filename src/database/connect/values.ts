import { parseArray } from './array.ts'

// Values as both drivers give them: numbers that fit, truth values, lists of texts and JSON as such; everything else as PostgreSQL's own text,
// so that nothing loses precision (int8, numeric, timestamps).

type Parse = (text: string) => unknown

const asText: Parse = (text) => text
const asNumber: Parse = (text) => Number(text)
/** No quotes and hardly ever a NULL: lists of numbers are read faster. */
const asNumbers: Parse = (text) => {
  const inside = text.slice(text.indexOf('{') + 1, -1)
  return inside === '' ? [] : inside.split(',').map((item) => (item === 'NULL' ? null : Number(item)))
}

/** Types by OID. */
const parsers: Readonly<Record<number, Parse>> = {
  16: (text) => text === 't',
  // int2, int4, oid; float4, float8
  21: asNumber,
  23: asNumber,
  26: asNumber,
  700: asNumber,
  701: asNumber,
  // json, jsonb
  114: (text) => JSON.parse(text) as unknown,
  3802: (text) => JSON.parse(text) as unknown,
  // text[], varchar[], name[], "char"[]
  1009: parseArray,
  1015: parseArray,
  1003: parseArray,
  1002: parseArray,
  // int2[], int4[], oid[]
  1005: asNumbers,
  1007: asNumbers,
  1028: asNumbers,
}

/** For package `pg`. */
export const textParser = (oid: number): Parse => parsers[oid] ?? asText

/** For PGlite, which has ideas of its own about some types: those are said to be text. */
export const pgliteParsers: Readonly<Record<number, Parse>> = {
  ...Object.fromEntries([17, 20, 790, 1082, 1083, 1114, 1184, 1186, 1266, 1700].map((oid) => [oid, asText])),
  ...parsers,
}
