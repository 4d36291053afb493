const units = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** "3 hours ago", "yesterday", "just now". Both are ISO 8601; the caller hands in `now`, so that server and browser say the same. */
export function relativeTime(then: string, now: string): string {
  const seconds = (Date.parse(now) - Date.parse(then)) / 1000
  const unit = units.find(([, size]) => seconds >= size)
  return unit ? words.format(-Math.floor(seconds / unit[1]), unit[0]) : 'just now'
}

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
