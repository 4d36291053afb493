import type { Limits } from './mutations/mutation.ts'

/** Every figure that bounds what people can do. Counts, unless the name says otherwise. */
export interface AllLimits extends Limits {
  readonly membersPerProject: number
  readonly projectsPerPerson: number
  readonly snapshotsPerProject: number
  readonly undoDepth: number
  readonly presenceIntervalMs: number
  readonly presenceTimeoutMs: number
  readonly mutationsPerMinute: number
  readonly projectCreationsPerHour: number
  readonly invitationsPerHour: number
  readonly exportsPerHour: number
}

/** `default`: for a server of one's own (DESIGN.md, Limits). `hosted`: the figures of the sources (S0 §9.1 and §10.3). */
export const limitProfiles = {
  default: {
    tablesPerProject: 5_000,
    columnsPerTable: 1_600,
    membersPerProject: 100,
    projectsPerPerson: 1_000,
    snapshotsPerProject: 200,
    undoDepth: 50,
    presenceIntervalMs: 100,
    presenceTimeoutMs: 30_000,
    mutationsPerMinute: 6_000,
    projectCreationsPerHour: 1_000,
    invitationsPerHour: 1_000,
    exportsPerHour: 10_000,
  },
  hosted: {
    tablesPerProject: 50,
    columnsPerTable: 100,
    membersPerProject: 5,
    projectsPerPerson: 10,
    snapshotsPerProject: 20,
    undoDepth: 50,
    presenceIntervalMs: 100,
    presenceTimeoutMs: 30_000,
    mutationsPerMinute: 100,
    projectCreationsPerHour: 10,
    invitationsPerHour: 20,
    exportsPerHour: 50,
  },
} as const satisfies Record<string, AllLimits>
export type LimitProfile = keyof typeof limitProfiles

/** What a person's own machine assumes before the server has told its figures. Only the server's bind. */
export const defaultLimits: AllLimits = limitProfiles.default

export interface LimitsReport {
  readonly limits: AllLimits
  /** What could not be used of the environment, one sentence each. */
  readonly problems: readonly string[]
}

/**
 * The limits that an environment asks for: `SCHEMAFLOW_LIMITS` names the profile, `SCHEMAFLOW_LIMIT_TABLES_PER_PROJECT` and its like set one
 * figure each (the field's name in capitals). A value that cannot be used leaves the profile's figure and is reported.
 */
export function limitsFrom(environment: Readonly<Record<string, string | undefined>>): LimitsReport {
  const problems: string[] = []
  const wanted = environment['SCHEMAFLOW_LIMITS'] || 'default'
  const profile: LimitProfile = isProfile(wanted) ? wanted : 'default'
  if (!isProfile(wanted)) {
    problems.push(`SCHEMAFLOW_LIMITS is "${wanted}", but the profiles are ${Object.keys(limitProfiles).join(' and ')}; using default.`)
  }
  const entries = Object.entries<number>(limitProfiles[profile]).map(([field, figure]) => {
    const text = environment[limitVariable(field)]
    if (text === undefined || text === '') return [field, figure] as const
    if (/^[1-9]\d{0,8}$/.test(text)) return [field, Number(text)] as const
    problems.push(`${limitVariable(field)} is "${text}", but must be a whole number from 1 to 999999999; using ${figure}.`)
    return [field, figure] as const
  })
  return { limits: { ...limitProfiles[profile], ...Object.fromEntries(entries) }, problems }
}

/** The environment variable that overrides one figure. */
export const limitVariable = (field: string): string => `SCHEMAFLOW_LIMIT_${field.replace(/[A-Z]/g, '_$&').toUpperCase()}`

const isProfile = (name: string): name is LimitProfile => Object.hasOwn(limitProfiles, name)
