import type { FormatEntry } from '../format.ts'

export const entry: FormatEntry<'drizzle'> = {
  id: 'drizzle',
  title: 'Drizzle',
  extension: 'ts',
  reads: false,
  writes: true,
  language: 'typescript',
  detect: (file) => (file.endsWith('.ts') ? 0.5 : 0),
  load: () => import('./index.ts'),
}
