import { quoteLiteral, typeParts } from '#core/dialects/postgres.ts'

/** A literal of a type as PostgreSQL prints it: `true`, `5`, `'x'::text`. Undefined where only the server knows how it reads the value. */
export function printConstant(value: string, type: string): string | undefined {
  const { name, modifier, dimensions } = typeParts(type)
  const labelled = `${quoteLiteral(value)}::${type}`
  if (dimensions !== '') return labelled
  const known = Object.hasOwn(readers, name) ? readers[name] : undefined
  if (known === undefined) return labelled
  const text = known(value)
  if (text === undefined) return undefined
  return text.startsWith("'") ? `${text}::${modifier === null ? name : type}` : text
}

/** `t`, `yes`, `1`: every spelling of a boolean that PostgreSQL reads. */
export function readBoolean(value: string): boolean | undefined {
  const text = value.trim().toLowerCase()
  if (text === '') return undefined
  if (text === 'on' || text === '1' || 'true'.startsWith(text) || 'yes'.startsWith(text)) return true
  return ['off', 'of', '0'].includes(text) || 'false'.startsWith(text) || 'no'.startsWith(text) ? false : undefined
}

type Read = (value: string) => string | undefined
const matching =
  (pattern: RegExp): Read =>
  (value) =>
    pattern.test(value) ? quoteLiteral(value) : undefined
const whole: Read = matching(/^-?(?:0|[1-9]\d*)$/)

/** Bare where the printed text stands for itself, in quotes where the type's name follows. */
const readers: Readonly<Record<string, Read>> = {
  boolean: (value) => {
    const read = readBoolean(value)
    return read === undefined ? undefined : String(read)
  },
  integer: (value) => (/^\d+$/.test(value) ? String(Number(value)) : whole(value)),
  smallint: whole,
  bigint: whole,
  numeric: (value) => (/^\d+\.\d+$/.test(value) ? value : matching(/^-?\d+(?:\.\d+)?$/)(value)),
  uuid: (value) => matching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)(value.toLowerCase()),
  date: (value) => matching(/^\d{4}-\d\d-\d\d$/)(value === 'epoch' ? '1970-01-01' : value),
  'time without time zone': (value) => matching(/^\d\d:\d\d:\d\d(?:\.\d*[1-9])?$/)(/^\d\d:\d\d$/.test(value) ? `${value}:00` : value),
  'timestamp without time zone': (value) => {
    const [, day, time = '00:00', seconds = ':00'] =
      /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d(?:\.\d*[1-9])?)?)?(?: ?(?:Z|[-+]\d\d(?::?\d\d)?))?$/.exec(value) ?? []
    if (value === 'epoch') return quoteLiteral('1970-01-01 00:00:00')
    return day === undefined ? undefined : quoteLiteral(`${day} ${time}${seconds}`)
  },
  // Printed in the time zone of whoever asks.
  'timestamp with time zone': matching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d*[1-9])?[-+]\d\d(?::\d\d)?$/),
  'time with time zone': matching(/^\d\d:\d\d:\d\d(?:\.\d*[1-9])?[-+]\d\d(?::\d\d)?$/),
  interval: (value) => {
    const text = interval(value)
    return text === undefined ? undefined : quoteLiteral(text)
  },
  // Printed with another name of the type.
  bit: () => undefined,
  'bit varying': () => undefined,
  // Printed in the currency of the server.
  money: matching(/^-?\$[\d,]+\.\d\d$/),
}

/** One unit, or what PostgreSQL has printed already. */
function interval(value: string): string | undefined {
  if (
    /^(?:\d+ (?:years?|mons?|days?) ?)*(?:\d\d:\d\d:\d\d(?:\.\d*[1-9])?)?$/.test(value) &&
    !/(?:^| )(?:0|1) \w+s\b/.test(value) &&
    value !== ''
  )
    return value.endsWith(' ') ? undefined : value
  const [, digits = '', unit = ''] = /^(\d+) *(year|month|mon|week|day|hour|minute|min|second|sec)s?$/i.exec(value.trim()) ?? []
  const count = Number(digits)
  const many = (n: number, one: string): string => (n === 0 ? '' : `${n} ${one}${n === 1 ? '' : 's'}`)
  const clock = (seconds: number): string =>
    [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')
  switch (unit.toLowerCase()) {
    case 'year':
      return many(count, 'year') || undefined
    case 'mon':
    case 'month':
      return [many(Math.floor(count / 12), 'year'), many(count % 12, 'mon')].filter(Boolean).join(' ') || undefined
    case 'week':
      return many(count * 7, 'day') || undefined
    case 'day':
      return many(count, 'day') || undefined
    case 'hour':
      return clock(count * 3600)
    case 'min':
    case 'minute':
      return clock(count * 60)
    case 'sec':
    case 'second':
      return clock(count)
    default:
      return undefined
  }
}
