import type { z } from 'zod'
import type { Diagnostic } from '../diagnostic.ts'
import type { Change } from '../project/rows.ts'
import type { ProjectStore } from '../project/store.ts'
import { aftercare } from './aftercare.ts'
import { mutations } from './all.ts'
import { Refusal } from './trouble.ts'
import type { Mutation, MutationContext, Role } from './mutation.ts'

/** What running a mutation gave. Refused: nothing changed, and `diagnostics` holds at least one error. */
export type RunResult =
  | { readonly kind: 'done'; readonly changes: readonly Change[]; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }

/** The role is an owner's unless said otherwise. */
export interface RunContext extends MutationContext {
  readonly role?: Role
}

/**
 * Runs a named mutation on a store: the same function at once in the browser and with authority on the server. Never throws: unknown names,
 * wrong arguments, what stands in the way, and even a bug of ours are diagnostics, and then the store is as it was.
 */
export function runMutation(store: ProjectStore, name: string, args: unknown, context: RunContext): RunResult {
  const { role = 'owner' } = context
  const found = mutations.get(name)
  if (!found)
    return refused({ code: 'unknown-mutation', severity: 'error', message: `There is no mutation "${String(name).slice(0, 80)}".` })
  if (!mayRun(found, role)) {
    return refused({
      code: 'forbidden',
      severity: 'error',
      message: `As ${role} you cannot change this project.`,
      hint: `Ask for the role ${found.role}.`,
    })
  }
  const recording = store.record()
  try {
    const parsed = found.args.safeParse(args)
    const diagnostics = parsed.success
      ? (projectMismatch(parsed.data, context) ?? found.apply(store, parsed.data, context))
      : parsed.error.issues.slice(0, 10).map(badArgument)
    if (diagnostics.some(({ severity }) => severity === 'error')) {
      recording.rollback()
      return { kind: 'refused', diagnostics }
    }
    const told = found.name === 'schema.import' ? [] : aftercare(store, recording.changes())
    return { kind: 'done', changes: recording.keep(), diagnostics: [...diagnostics, ...told] }
  } catch (error) {
    recording.rollback()
    return error instanceof Refusal ? { kind: 'refused', diagnostics: error.diagnostics } : refused(internalError(name, error))
  }
}

/** Whether a role suffices for a mutation: an owner may do all, an editor what is for editors, a viewer nothing. */
export function mayRun({ role }: Pick<Mutation, 'role'>, actual: Role): boolean {
  return actual === 'owner' || (actual === 'editor' && role === 'editor')
}

const refused = (diagnostic: Diagnostic): RunResult => ({ kind: 'refused', diagnostics: [diagnostic] })

function badArgument({ path, message }: z.core.$ZodIssue): Diagnostic {
  return { code: 'bad-arguments', severity: 'error', message: path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message }
}

/** `projectId` may be given for the sources' sake; it must be the project that is open. */
function projectMismatch(args: unknown, { projectId }: MutationContext): readonly Diagnostic[] | undefined {
  if (typeof args !== 'object' || args === null || !('projectId' in args)) return undefined
  if (args.projectId === undefined || args.projectId === projectId) return undefined
  return [{ code: 'other-project', severity: 'error', message: 'This edit is meant for another project.' }]
}

function internalError(name: string, error: unknown): Diagnostic {
  const reason = error instanceof Error ? error.message : String(error)
  return {
    code: 'internal-error',
    severity: 'error',
    message: `${name} failed by a bug of ours: ${reason.slice(0, 300)}`,
    hint: 'Nothing was changed. Please report it.',
  }
}
