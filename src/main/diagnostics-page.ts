import type { CodeEntry } from '#core/codes/code-entry.ts'
import { diagnosticCodes } from '#core/diagnostic-codes.ts'

/** `docs/diagnostics.md`: what every code means and what to do, by area, each under a heading that can be linked to. */
export function diagnosticsPage(): string {
  const areas = Object.keys(diagnosticCodes) as readonly Area[]
  return [
    '# Diagnostics and losses',
    '',
    '<!-- Written by `npm run docs` from src/core/diagnostic-codes.ts. -->',
    '',
    'Whatever SchemaFlow notices has a code that stays the same from version to version; the message beside it may change. The command line prints it behind the',
    'severity: `schema.sql:12:3 warning inline-index …`. An `error` did not come over, a `warning` did but wants a look, an `info` is good to know.',
    '',
    ...areas.map((area) => `- [${headings[area].title}](#${anchor(headings[area].title)}): ${headings[area].about}`),
    '',
    ...areas.flatMap(section),
  ].join('\n')
}

type Area = keyof typeof diagnosticCodes

const headings: Readonly<Record<Area, { readonly title: string; readonly about: string }>> = {
  reading: { title: 'Reading', about: 'files, SQL and JSON that are imported' },
  writing: { title: 'Writing', about: 'losses: what a target cannot hold, or holds in another way' },
  editing: { title: 'Editing', about: 'why an edit is refused, and what it leaves to look at' },
  running: { title: 'Running', about: 'sessions, sending and limits, between the app and the server' },
}

function section(area: Area): readonly string[] {
  const entries: readonly (readonly [string, CodeEntry])[] = Object.entries(diagnosticCodes[area])
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return [`## ${headings[area].title}`, '', ...sorted.flatMap(([code, entry]) => block(code, entry))]
}

const block = (code: string, { title, means, help }: CodeEntry): readonly string[] => [
  `### ${code}`,
  '',
  `**${title}.** ${means}`,
  '',
  `*What to do:* ${help}`,
  '',
]

/** As GitHub makes anchors of headings. */
const anchor = (title: string): string => title.toLowerCase().replaceAll(' ', '-')
