import type { DatabaseEvent, TruthEvent } from '#sync/database-messages.ts'
import { checkShape, databaseCaps, databaseImportShape, databaseTablesShape, truthShape } from '#sync/database-messages.ts'
import { mayRun } from '#core/mutations/run.ts'
import { IMPORT_MS, LIST_MS, TRUTH_MS } from '../databases/databases.ts'
import { notFound, RequestFailure } from '../failure.ts'
import { requireRole } from '../projects/access.ts'
import { check as checkShapeOf } from '../projects/projects.ts'
import type { Call } from './call.ts'
import { eventStream, WrittenEvent } from './event-stream.ts'
import { json, readJson } from './json.ts'

/** What people ask about databases. Only who may edit the project may; connections that they name are never kept nor logged. */
export const databaseRoutes: readonly (readonly [route: string, answer: (call: Call) => Promise<Response>])[] = [
  ['POST project/check', check],
  ['POST project/truth', truth],
  ['POST project/database/tables', tables],
  ['POST project/database/import', importFrom],
]

async function check(call: Call): Promise<Response> {
  const { services, request, person, projectId } = call
  const role = await requireEditor(call)
  const message = checkShapeOf(checkShape, await readJson(request, databaseCaps.checkBytes))
  const state = async (known: number | undefined) => {
    const opened = await services.rooms.open(projectId)
    if (!opened) throw notFound()
    return opened.room.read((view, seq) => ({ seq, rows: seq === known ? null : JSON.stringify(view.rows()) }))
  }
  const { text, mutations } = message
  const asked = { mutations, ...(text === undefined ? {} : { text }) }
  return json(request, await services.databases.check({ projectId, personId: person.id, role, state }, asked))
}

async function truth(call: Call): Promise<Response> {
  const { services, request, person } = call
  await requireEditor(call)
  const { sources } = checkShapeOf(truthShape, await readJson(request, databaseCaps.truthBytes))
  return eventStream<TruthEvent>(request, {
    done: services.databases.truth.take(person.id, performance.now()),
    limit: TRUTH_MS,
    work: async (tell, signal) => {
      tell({ kind: 'progress', share: 0 })
      const reading = await services.databases.readTruth(sources, { signal, onProgress: (share) => tell({ kind: 'progress', share }) })
      return new WrittenEvent(`{"kind":"done","reading":${reading}}`)
    },
    failed: (error) => ({ kind: 'refused', diagnostics: [services.databases.trouble(error)] }),
  })
}

async function tables(call: Call): Promise<Response> {
  const { services, request, person } = call
  await requireEditor(call)
  const { connection } = checkShapeOf(databaseTablesShape, await readJson(request, databaseCaps.connectionBytes))
  const done = services.databases.live.take(person.id, performance.now())
  try {
    return await json(request, await services.databases.contents(connection, AbortSignal.timeout(LIST_MS)))
  } catch (error) {
    throw services.databases.failure(error)
  } finally {
    done()
  }
}

async function importFrom(call: Call): Promise<Response> {
  const { services, request, person } = call
  await requireEditor(call)
  const asked = checkShapeOf(databaseImportShape, await readJson(request, databaseCaps.connectionBytes))
  return eventStream<DatabaseEvent>(request, {
    done: services.databases.live.take(person.id, performance.now()),
    limit: IMPORT_MS,
    work: async (tell, signal) => {
      tell({ kind: 'progress', share: 0 })
      return new WrittenEvent(await services.databases.import(asked, { signal, onProgress: (share) => tell({ kind: 'progress', share }) }))
    },
    failed: (error) => ({ kind: 'refused', diagnostics: [services.databases.trouble(error)] }),
  })
}

async function requireEditor({ services, person, projectId }: Call) {
  const { role } = await requireRole(services.database.sql, projectId, person.id)
  if (!mayRun({ role: 'editor' }, role))
    throw new RequestFailure(403, 'forbidden', `As ${role} you cannot change this project.`, 'Ask for the role editor.')
  return role
}
