const figures = new Intl.NumberFormat('en')

/** A figure as people read it: `12,480`. */
export const figure = (value: number): string => figures.format(value)

const irregular: Readonly<Record<string, string>> = {
  index: 'indexes',
  policy: 'policies',
  enum: 'enums',
  unique: 'unique',
  check: 'checks',
}
const plural = (word: string): string => irregular[word] ?? (/[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`)

/** A word in the number that a figure asks for. */
export const inNumber = (value: number, word: string): string => (value === 1 ? word : plural(word))

/** `1 table`, `12 indexes`. */
export const count = (value: number, word: string): string => `${figure(value)} ${inNumber(value, word)}`

const sizes = ['B', 'kB', 'MB', 'GB'] as const

/** A size in bytes as people read it: `17 kB`, `1.6 MB`. */
export function bytes(value: number): string {
  const power = Math.min(sizes.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3))
  const shown = value / 1000 ** power
  return `${shown < 10 && power > 0 ? shown.toFixed(1) : Math.round(shown)} ${sizes[power] ?? 'B'}`
}

/** Milliseconds as people read them: `42 ms`, `1.3 s`. */
export const duration = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.max(1, Math.round(milliseconds))} ms` : `${(milliseconds / 1000).toFixed(1)} s`
