import type { FormatEntry } from '../format.ts'

export const entry: FormatEntry<'json'> = {
  id: 'json',
  title: 'JSON',
  extension: 'json',
  reads: true,
  writes: true,
  language: 'json',
  detect: (file, head) => {
    if (/^\uFEFF?\s*\{[^]*"format"\s*:\s*"schemaflow"/.test(head)) return 1
    if (!/^\uFEFF?\s*[{[]/.test(head)) return file.endsWith('.json') ? 0.4 : 0
    return file.endsWith('.json') ? 0.6 : 0.3
  },
  load: () => import('./index.ts'),
}
