import { createServerFn } from '@tanstack/react-start'
import { z } from 'zod'
import { Colors } from '../canvas/scene/palette.ts'
import { answer } from './request.ts'
import type { EditorFrame, Outcome } from './types.ts'

/** What the editor's page shows before the project is open in the browser. */
export const getEditorFrame = createServerFn({ method: 'GET' })
  .validator(z.strictObject({ projectId: z.string() }))
  .handler(({ data }): Promise<Outcome<EditorFrame>> =>
    answer(async (server, person) => {
      const { id, name } = await server.projects.getById(person, { id: data.projectId })
      const opened = await server.rooms.open(id)
      const tables = await opened?.room.read((view) => {
        const colors = new Colors(view.all('namespace'))
        return view.all('table').map((table) => ({
          id: table.id,
          namespace: table.namespace,
          name: table.name,
          color: colors.of(table),
          columns: view.childrenOf('column', table.id).length,
        }))
      })
      const { sessionId: _, ...viewer } = person
      return { viewer, projectId: id, name, tables: tables ?? [] }
    }),
  )
