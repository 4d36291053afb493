import type { FormatEntry } from '../format.ts'

export const entry: FormatEntry<'json'> = {
  id: 'json',
  title: 'JSON',
  extension: 'json',
  reads: true,
  writes: true,
  language: 'json',
  detect: (file) => (file.endsWith('.json') ? 0.5 : 0),
  load: () => import('./index.ts'),
}
