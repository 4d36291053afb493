import type { FormatEntry } from '../format.ts'

export const entry: FormatEntry<'prisma'> = {
  id: 'prisma',
  title: 'Prisma',
  extension: 'prisma',
  reads: false,
  writes: true,
  language: 'prisma',
  detect: (file) => (file.endsWith('.prisma') ? 0.5 : 0),
  load: () => import('./index.ts'),
}
