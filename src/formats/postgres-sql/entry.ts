import type { FormatEntry } from '../format.ts'

export const entry: FormatEntry<'postgres-sql'> = {
  id: 'postgres-sql',
  title: 'PostgreSQL SQL',
  extension: 'sql',
  reads: true,
  writes: true,
  language: 'sql',
  detect: (file) => (file.endsWith('.sql') ? 0.5 : 0),
  load: () => import('./index.ts'),
}
