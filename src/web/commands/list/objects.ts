import { Box, Diamond, Eye, ListOrdered, Puzzle, SquareFunction, Zap, type LucideIcon } from 'lucide-react'
import { inspectNew } from '../../state/inspect.ts'
import { command } from '../command.ts'

const made: readonly (readonly [kind: Parameters<typeof inspectNew>[1], title: string, icon: LucideIcon, words: string])[] = [
  ['view', 'Add a view', Eye, 'query materialized'],
  ['routine', 'Add a function', SquareFunction, 'procedure routine trigger'],
  ['domain', 'Add a domain', Diamond, 'type check'],
  ['compositeType', 'Add a composite type', Diamond, 'record struct attributes'],
  ['rangeType', 'Add a range type', Diamond, ''],
  ['sequence', 'Add a sequence', ListOrdered, 'serial counter'],
  ['extension', 'Add an extension', Puzzle, 'pgcrypto citext postgis'],
  ['namespace', 'Add a schema', Box, 'namespace'],
  ['eventTrigger', 'Add an event trigger', Zap, 'ddl'],
  ['publication', 'Add a publication', Box, 'replication'],
  ['opaque', 'Add a statement', Box, 'sql other'],
]

/** One command per kind of object that is made in the inspector. */
export const addObject = made.map(([kind, title, icon, words]) =>
  command({
    id: `schema.add.${kind}`,
    title,
    group: 'Schema',
    icon,
    words: `new create ${words}`,
    isPossible: ({ editor }) => editor.canEdit,
    run: ({ editor }) => inspectNew(editor, kind),
  }),
)
